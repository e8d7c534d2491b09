"""Days out of the text people write: named formats, tried in turn over the distinct texts."""

import re
from typing import NamedTuple

import polars as pl

from etl.misplaced import says_a_word
from etl.numbers import NUMERAL, chinese_number
from etl.words import plain
from queries.each import each

FIRST_SERIAL, LAST_SERIAL = 20000, 54788
"""Excel's numbers for 1954-10-03 and 2050-01-01: five digits outside these are not days."""

CENTURY = 2000
SHORT_YEARS = (20, 39)
"""Years of two digits that can be meant without 年: 24/3/5 is a day, 05/03/24 and 15/03/24 are not clear."""


class Format(NamedTuple):
    """One way to write a day: a pattern with year, month and day, in this order."""

    name: str
    pattern: str


MARKS = r"[-./、。—–·,\s]"
YEAR, MONTH = rf"\s*(?:{MARKS}|年度?)\s*", rf"\s*(?:{MARKS}|月)\s*"
REST = r"(?:[^\d月].*)?$"
"""What may stand behind a day; 2024年3-5月 names months."""

FORMATS = (
    Format("long", rf"^(\d{{4}}){YEAR}(\d{{1,2}}){MONTH}(\d{{1,2}}){REST}"),
    Format("compact", r"^(\d{4})(\d{2})(\d{2})(?:\D.*)?$"),
    Format("named", rf"^(\d{{2}})\s*年度?\s*(\d{{1,2}}){MONTH}(\d{{1,2}}){REST}"),
    Format("short", rf"^(\d{{2}})\s*[-./]\s*(\d{{1,2}})\s*[-./]\s*(\d{{1,2}}){REST}"),
    Format("within", rf"\D((?:19|20)\d{{2}}){YEAR}(\d{{1,2}}){MONTH}(\d{{1,2}})(?:[^\d月]|$)"),
)
SHORT = {"short": SHORT_YEARS, "named": (0, SHORT_YEARS[1])}
SERIAL = r"^(\d{5})(?:\.\d+)?$"
YEARLESS = r"(?:^|[^年\d\s])\s*(\d{1,2})\s*月\s*(\d{1,2})(?:\D|$)"
DAYS = re.compile(rf"[^\d第每]*?(\d{{1,3}}|{NUMERAL})(?:个自然日|天|日内|日之内|个?星期|周)\D*")
NAMED_NUMERAL = re.compile(rf"{NUMERAL}(?=[年月日号])")
WEEKS = re.compile("星期|周")


def read_dates(texts: pl.Series) -> pl.DataFrame:
    """What each distinct text says.

    Columns: text; day (Date) where a whole day is written; month, month_day where the year is missing;
    days where a number of days is written; problem: impossible_date (31 February),
    not_a_day (a word of another column) or unreadable_date.
    """
    distinct = pl.DataFrame({"text": texts.drop_nulls().unique()}, schema={"text": pl.String})
    days = _with_days(distinct.with_columns(_plain(distinct["text"]).alias("plain")))
    return days.with_columns(_problem()).select("text", "day", "month", "month_day", "days", "problem")


def _plain(texts: pl.Series) -> pl.Series:
    """A text in one line, its numbers in digits: 二〇二四年三月五日 is 2024年3月5日."""
    lines = texts.str.normalize("NFKC").str.replace_all(r"\s+", " ").str.strip_chars()
    return each(lines, _in_digits, pl.String)


def _in_digits(text: str) -> str:
    return NAMED_NUMERAL.sub(lambda found: str(chinese_number(found[0])), text)


def _with_days(written: pl.DataFrame) -> pl.DataFrame:
    parts = written.with_columns(
        pl.coalesce(*(_day(form) for form in FORMATS), _serial_day()).alias("day"),
        pl.any_horizontal(*(pl.col("plain").str.contains(form.pattern) for form in FORMATS)).alias(
            "is_dated"
        ),
    )
    unsaid = pl.col("day").is_null() & ~pl.col("is_dated")
    yearless = parts.with_columns(
        pl.when(unsaid).then(pl.col("plain").str.extract(YEARLESS, part).cast(pl.Int32)).alias(name)
        for part, name in ((1, "month"), (2, "month_day"))
    )
    return yearless.with_columns(
        pl.when(unsaid & pl.col("month").is_null())
        .then(each(written["plain"], relative_days, pl.Int32))
        .alias("days")
    )


def _day(form: Format) -> pl.Expr:
    year, month, day = (pl.col("plain").str.extract(form.pattern, part) for part in (1, 2, 3))
    if form.name in SHORT:
        number = year.cast(pl.Int32)
        year = pl.when(number.is_between(*SHORT[form.name])).then((number + CENTURY).cast(pl.String))
    return day_of(year, month, day)


def day_of(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    """The day these texts or numbers name; null where the calendar has no such day."""
    parts = (pl.format("{}", part).str.zfill(width) for part, width in ((year, 4), (month, 2), (day, 2)))
    return pl.concat_str(*parts, separator="-").str.to_date("%Y-%m-%d", strict=False)


def _serial_day() -> pl.Expr:
    serial = pl.col("plain").str.extract(SERIAL, 1).cast(pl.Int32)
    is_day = serial.is_between(FIRST_SERIAL, LAST_SERIAL)
    return pl.when(is_day).then(pl.date(1899, 12, 30) + pl.duration(days=serial))


def _problem() -> pl.Expr:
    said = pl.any_horizontal(pl.col("day", "month", "days").is_not_null())
    broken = (
        pl.when("is_dated")
        .then(pl.lit("impossible_date"))
        .when(says_a_word(pl.col("plain")))
        .then(pl.lit("not_a_day"))
        .otherwise(pl.lit("unreadable_date"))
    )
    return pl.when(~said).then(broken).alias("problem")


def relative_days(text: str) -> int | None:
    """The days in 7天, 限十日内 or 两周内; None where none are said."""
    match = DAYS.fullmatch(plain(text))
    if match is None:
        return None
    number = int(match[1]) if match[1].isascii() else chinese_number(match[1])
    return number * 7 if WEEKS.search(text) else number
