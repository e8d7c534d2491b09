"""Days out of the text people write: named formats, tried in turn over the distinct texts."""

import re
from typing import NamedTuple

import polars as pl

from etl.numbers import NUMERAL, chinese_number
from etl.words import plain

FIRST_SERIAL, LAST_SERIAL = 20000, 54788
"""Excel's numbers for 1954-10-03 and 2050-01-01: five digits outside these are not days."""

CENTURY = 2000
SHORT_YEARS = (15, 39)
"""Years written in two digits that can be meant: 24/3/5 is a day, 05/03/24 is not clear."""


class Format(NamedTuple):
    """One way to write a day: a pattern with year, month and day, in this order."""

    name: str
    pattern: str


FORMATS = (
    Format("long", r"^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})(?:\D.*)?$"),
    Format("compact", r"^(\d{4})(\d{2})(\d{2})(?:\D.*)?$"),
    Format("short", r"^(\d{2})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})(?:\D.*)?$"),
    Format("within", r"\D((?:19|20)\d{2})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})(?:\D|$)"),
)
SERIAL = r"^(\d{5})(?:\.\d+)?$"
YEARLESS = r"(?:^|[^年\d\s])\s*(\d{1,2})\s*月\s*(\d{1,2})(?:\D|$)"
DAYS = re.compile(rf"[^\d第每]*?(\d{{1,3}}|{NUMERAL})(?:个自然日|天|日内|日之内|个?星期|周)\D*")
WEEKS = re.compile("星期|周")


def read_dates(texts: pl.Series) -> pl.DataFrame:
    """What each distinct text says.

    Columns: text; day (Date) where a whole day is written; month, month_day where the year is missing;
    days where a number of days is written; problem: unreadable_date or impossible_date (31 February).
    """
    distinct = pl.DataFrame({"text": texts.drop_nulls().unique()}, schema={"text": pl.String})
    written = distinct.with_columns(pl.col("text").str.normalize("NFKC").str.strip_chars().alias("plain"))
    days = _with_days(written)
    return days.with_columns(_problem()).select("text", "day", "month", "month_day", "days", "problem")


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
        .then(pl.col("plain").map_elements(relative_days, return_dtype=pl.Int32))
        .alias("days")
    )


def _day(form: Format) -> pl.Expr:
    year, month, day = (pl.col("plain").str.extract(form.pattern, part) for part in (1, 2, 3))
    if form.name == "short":
        is_meant = year.cast(pl.Int32).is_between(*SHORT_YEARS)
        year = pl.when(is_meant).then((year.cast(pl.Int32) + CENTURY).cast(pl.String))
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
    broken = pl.when("is_dated").then(pl.lit("impossible_date")).otherwise(pl.lit("unreadable_date"))
    return pl.when(~said).then(broken).alias("problem")


def relative_days(text: str) -> int | None:
    """The days in 7天, 限十日内 or 两周内; None where none are said."""
    match = DAYS.fullmatch(plain(text))
    if match is None:
        return None
    number = int(match[1]) if match[1].isascii() else chinese_number(match[1])
    return number * 7 if WEEKS.search(text) else number
