"""Numbers as people write them: full width, Chinese numerals, with a unit behind."""

from tests.etl.messy.dice import Dice

SIGNS = "零一二三四五六七八九"
PLACES = ("", "十", "百", "千")
UNITS = {
    "beds": ("张", "个", "床"),
    "hazards_found": ("处", "项", "条", "个"),
    "problems_found": ("个", "处", "条"),
    "participants": ("人", "人次", "名"),
    "extensions": ("次",),
}
WIDE = str.maketrans("0123456789.-/:", "０１２３４５６７８９．－／：")


def write_count(dice: Dice, field: str, number: int) -> object:
    unit = dice.choice(UNITS.get(field, ("人", "名")))
    return dice.pick(
        {
            "plain number": number,
            "number as text": f" {number}",
            "number with a unit": f"{number}{unit}",
            "number with a blank and a unit": f"{number} {unit}",
            "number about": f"约{number}{unit}",
            "full-width number": str(number).translate(WIDE),
            "Chinese numeral": numeral(number),
            "Chinese numeral with a unit": f"{'两' if number == 2 else numeral(number)}{unit}",
        }
    )


def write_minutes(dice: Dice, minutes: float) -> object:
    whole, seconds = int(minutes), round(minutes % 1 * 60)
    return dice.pick(
        {
            "plain minutes": minutes,
            "minutes with a unit": f"{minutes:g}分钟",
            "minutes and seconds": f"{whole}分{seconds}秒",
            "full-width minutes": f"{minutes:g}".translate(WIDE),
        }
    )


def numeral(number: int) -> str:
    """The Chinese numeral: 0 零, 12 十二, 105 一百零五, 300 三百."""
    digits = [int(digit) for digit in str(number)]
    parts = [
        SIGNS[digit] + (PLACES[len(digits) - place - 1] if digit else "")
        for place, digit in enumerate(digits)
    ]
    text = "".join(parts)
    while "零零" in text:
        text = text.replace("零零", "零")
    text = text.rstrip("零") or "零"
    return text.removeprefix("一") if text.startswith("一十") else text
