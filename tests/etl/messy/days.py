"""Days as people write them: true dates, serials, and every kind of text."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from tests.etl.messy.dice import Dice
from tests.etl.messy.numerals import WIDE, numeral

ORIGIN = date(1899, 12, 30)
NEAR = timedelta(days=120)
"""How near its neighbours a day without a year is unambiguous."""
COUNTED = 60
CLEAR_YEAR = 2020
"""From here on 24/3/5 can only begin with its year."""


class Written(NamedTuple):
    """A cell, and the rule of the warning it must bring, if any."""

    cell: object
    rule: str | None = None


def write_day(
    dice: Dice, day: date, is_event: bool, is_typed: bool, near: date | None, start: date | None
) -> Written:
    """Write a day. near: a day beside it, where one is; start: the day a deadline counts from.

    is_event: whether it says that something happened; is_typed: whether the file can hold a date.
    """
    if near and abs(day - near) <= NEAR and dice.mess("day without a year", 0.08):
        return Written(dice.choice(_yearless(day, is_event)), "year_supplied")
    if start and 0 < (day - start).days <= COUNTED and dice.mess("deadline in days", 0.15):
        return Written(dice.choice(_counted((day - start).days)))
    if is_typed and dice.random() < 0.4:
        return Written(dice.pick(_typed(dice, day)))
    sentence = "已于{}年{}月{}日完成" if is_event else "要求{}年{}月{}日前完成"
    within: dict[str, object] = {"day within a sentence": sentence.format(day.year, day.month, day.day)}
    return Written(dice.pick(_texts(day) | within | (_short(day) if day.year >= CLEAR_YEAR else {})))


def write_plain_day(dice: Dice, day: date, is_typed: bool) -> object:
    """Write a day so that days beside it can lean on it."""
    return day if is_typed and dice.random() < 0.5 else day.isoformat()


def _typed(dice: Dice, day: date) -> dict[str, object]:
    return {
        "true date": day,
        "date with a time of day": datetime.combine(day, time(dice.randint(1, 23), 30)),
        "Excel serial": (day - ORIGIN).days,
        "day as one number": int(f"{day:%Y%m%d}"),
    }


def _texts(day: date) -> dict[str, object]:
    year, month, number = day.year, day.month, day.day
    return {
        "2024年3月5日": f"{year}年{month}月{number}日",
        "2024年03月05日": f"{year}年{month:02}月{number:02}日",
        "2024.3.5": f"{year}.{month}.{number}",
        "2024-3-5": f"{year}-{month}-{number}",
        "2024-03-05": f"{day:%Y-%m-%d}",
        "2024/3/5": f"{year}/{month}/{number}",
        "20240305": f"{day:%Y%m%d}",
        "serial as text": str((day - ORIGIN).days),
        "2024-03-05 10:30:00": f"{day:%Y-%m-%d} 10:30:00",
        "2019年1月15日15:30–15:50": f"{year}年{month}月{number}日15:30–15:50",
        "full-width day": f"{year}-{month}-{number}".translate(WIDE),
        "day with blanks": f"{year} 年 {month} 月 {number} 日",
        "day with a line break": f"{year}年\n{month}月{number}日",
        "full stop behind a day": f"{year}年{month}月{number}日。",
    }


def _short(day: date) -> dict[str, object]:
    year = day.year % 100
    return {
        "24/3/5": f"{year}/{day.month}/{day.day}",
        "24.3.5": f"{year}.{day.month}.{day.day}",
        "24年3月5日": f"{year}年{day.month}月{day.day}日",
    }


def _yearless(day: date, is_event: bool) -> list[str]:
    plain = [f"{day.month}月{day.day}日", f"{day.month}月{day.day}号"]
    return plain if is_event else [*plain, f"要求{day.month}月{day.day}日完成整改"]


def _counted(days: int) -> list[str]:
    return [f"{days}天", f"{days}日内", f"限{days}天内", f"{numeral(days)}天"]
