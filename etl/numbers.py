"""Counts, minutes and yes/no out of the text people write."""

import re
from dataclasses import dataclass

from etl.words import plain

NUMERALS = ("〇零", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
DIGITS = {sign: value for value, signs in enumerate(NUMERALS) for sign in signs}
TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
NUMERAL = f"[{''.join(DIGITS)}{''.join(TENS)}]+"
UNITS = "人次|人|名|张|处|次|个|位|床|项|条|起|件|场|家|户|分钟|分|min"
PLAIN = re.compile(rf"(?:约|共|计)*(-?\d+(?:\.\d+)?|{NUMERAL})(?:{UNITS})?(?:左右)?", re.IGNORECASE)
CLOCK = re.compile(r"(\d+)(?:分钟|分|min|')(\d+)(?:秒|s|'')", re.IGNORECASE)
LONGEST_MINUTES = 600
LARGEST_COUNT = 5000


@dataclass(frozen=True)
class Reading:
    """What a cell says: a value, or the rule it breaks."""

    value: float | None
    problem: str | None = None


def chinese_number(text: str) -> int:
    """The value of a numeral such as 两, 十二 or 一百零五, or of digits read one by one, such as 二〇二四."""
    if not any(sign in TENS for sign in text):
        return int("".join(str(DIGITS[sign]) for sign in text))
    total, digit = 0, 0
    for sign in text:
        if sign in DIGITS:
            digit = DIGITS[sign]
        else:
            total, digit = total + (digit or 1) * TENS[sign], 0
    return total + digit


def read_count(text: str, largest: int = LARGEST_COUNT) -> Reading:
    """A whole number from 0 to `largest`."""
    number = _number(text)
    if number is None or number != int(number):
        return Reading(None, "unreadable_number")
    if not 0 <= number <= largest:
        return Reading(None, "absurd_number")
    return Reading(number)


def read_minutes(text: str) -> Reading:
    """Minutes, whole or not; 5分30秒 is 5.5."""
    clock = CLOCK.fullmatch(plain(text))
    number = int(clock[1]) + int(clock[2]) / 60 if clock else _number(text)
    if number is None:
        return Reading(None, "unreadable_number")
    if not 0 <= number <= LONGEST_MINUTES:
        return Reading(None, "absurd_number")
    return Reading(number)


def _number(text: str) -> float | None:
    match = PLAIN.fullmatch(plain(text).replace(",", ""))
    if match is None:
        return None
    digits = match[1]
    return float(digits) if digits.lstrip("-")[0].isascii() else float(chinese_number(digits))
