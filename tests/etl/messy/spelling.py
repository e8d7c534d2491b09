"""One cell of a row: a typed value in the way somebody might write it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from etl.ledgers import Field
from tests.etl.messy.county import County, Town
from tests.etl.messy.days import NEAR, Written, write_day, write_plain_day
from tests.etl.messy.dice import Dice
from tests.etl.messy.naming import write_home, write_organiser, write_task, write_town, write_unit
from tests.etl.messy.numerals import WIDE, write_count, write_minutes
from tests.etl.messy.wording import NO, PLACEHOLDERS, YES, doubtful_ways, ways

PROSE = {"description", "measures", "conclusion", "topic", "content", "problem", "interim_control", "remark"}
SIGNED = "签字"
START = {"deadline_on": "found_on", "due_on": "received_on"}


@dataclass(frozen=True)
class Context:
    """What surrounds a row: who sent it, what the file can hold, the day plainly written a row before."""

    county: County
    sender: Town | None
    is_typed: bool
    event: str | None
    before: date | None = None
    is_exact: bool = False


def write_value(dice: Dice, field: Field, values: dict[str, Any], context: Context) -> Written:
    """Write the value of a field; None becomes a blank or what stands for it."""
    value = values[field.name]
    if value is None or value == []:
        return Written(_blank(dice, field))
    if field.name in NAMED:
        return NAMED[field.name](dice, value, context)
    if field.type in ("date", "event"):
        return _day(dice, field, values, context)
    return _written(dice, field, value, context)


def _blank(dice: Dice, field: Field) -> str:
    if field.type == "flag" or not dice.mess("placeholder", 0.25):
        return ""
    return dice.choice(PLACEHOLDERS)


def _day(dice: Dice, field: Field, values: dict[str, Any], context: Context) -> Written:
    day, own = values[field.name], values.get(context.event or "")
    is_own = field.name == context.event
    if is_own and is_leaned_on(own):
        return Written(write_plain_day(dice, day, context.is_typed))
    near = own if is_leaned_on(own) else context.before if is_own and _is_close(values, day) else None
    start = values.get(START.get(field.name, ""))
    return write_day(dice, day, field.type == "event", context.is_typed, near, start)


def is_leaned_on(day: object) -> bool:
    """Tell whether a row's own day is written so that days beside it may lack the year: every other one."""
    return isinstance(day, date) and day.day % 2 == 0


def _is_close(values: dict[str, Any], day: date) -> bool:
    """Tell whether no other day of the row could lead a reader to another year."""
    return all(abs(other - day) <= NEAR for other in values.values() if isinstance(other, date))


def _written(dice: Dice, field: Field, value: Any, context: Context) -> Written:
    writers: dict[str, Callable[[], Written]] = {
        "text": lambda: Written(_text(dice, field, value, context)),
        "count": lambda: Written(write_count(dice, field.name, value)),
        "minutes": lambda: Written(write_minutes(dice, value)),
        "flag": lambda: Written(_flag(dice, value, context)),
        "choice": lambda: _choice(dice, field, value),
        "choices": lambda: Written(_choices(dice, field, value)),
        "names": lambda: Written("、".join(value)),
    }
    return writers[field.type]()


def _text(dice: Dice, field: Field, text: str, context: Context) -> object:
    if field.name == "hazard_number" and text.isdigit() and context.is_typed:
        return int(text)
    if field.name not in PROSE or context.is_exact or dice.random() < 0.6:
        return text
    middle = len(text) // 2
    return dice.pick(
        {
            "line break in a text": f"{text[:middle]}\n{text[middle:]}",
            "blanks around a text": f"  {text} ",
            "full-width blank in a text": f"{text[:middle]}　{text[middle:]}",
            "full stop behind a text": f"{text}。",
            "full-width digits in a text": text.translate(WIDE),
        }
    )


def _flag(dice: Dice, value: bool, context: Context) -> object:
    number: dict[str, object] = {"flag as a number": int(value), "true flag": value}
    others = [word for word in (YES if value else NO) if word != SIGNED]
    words: dict[str, object] = {"flag in other words": dice.choice(others), "flag": "是" if value else "否"}
    signed: dict[str, object] = {"yes by 签字": SIGNED} if value else {}
    return dice.pick(words | signed | (number if context.is_typed else {}))


def _choice(dice: Dice, field: Field, word: str) -> Written:
    doubtful = [way for way, meant in doubtful_ways(field.word_list).items() if meant == word]
    if doubtful and dice.mess("word of another scale", 0.2):
        way = dice.choice(doubtful)
        return Written(int(way) if way.isdigit() and dice.random() < 0.5 else way, "converted_word")
    return Written(dice.choice(ways(field.word_list, word)) if dice.mess("other word", 0.5) else word)


def _choices(dice: Dice, field: Field, words: list[str]) -> str:
    written = [dice.choice(ways(field.word_list, word)) for word in words]
    return dice.choice(("、", "，", ",", " ", "\n")).join(written)


NAMED: dict[str, Callable[[Dice, Any, Context], Written]] = {
    "institution": lambda dice, home, context: write_home(dice, context.county, home, context.sender),
    "unit": lambda dice, unit, context: write_unit(dice, context.county, unit, context.sender),
    "organiser": lambda dice, unit, context: write_organiser(dice, context.county, unit, context.sender),
    "township": lambda dice, town, context: Written(write_town(dice, town)),
    "task": lambda dice, code, context: Written(write_task(dice, code)),
}
