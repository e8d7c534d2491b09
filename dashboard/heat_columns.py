"""The columns of a heat matrix: their order, their heads, and which of them are still running."""

from collections.abc import Mapping
from datetime import date, timedelta
from textwrap import wrap

import polars as pl

from dashboard import answers
from dashboard.charts import Head
from dashboard.view import View
from dashboard.words import period

MOST_COLUMNS = 36
TIMES = ("month", "quarter", "period")
WORDS = ("area", "kind", "severity", "source", "cause")
VAGUE = ("其他",)
LETTERS_A_LINE = 4
TAILS = {
    "Q1": ("一季", 3),
    "Q2": ("二季", 6),
    "Q3": ("三季", 9),
    "Q4": ("四季", 12),
    "H1": ("上半年", 6),
    "H2": ("下半年", 12),
    "": ("全年", 12),
}
"""What follows the year in a period's code: its short name and last month."""


def heads(view: View, code: str, column: str, names: Mapping[str, str]) -> list[Head]:
    """The columns of a metric by `column`; `names` gives the Chinese of codes."""
    values = _ordered(view, code, column)[-MOST_COLUMNS:]
    if column in TIMES:
        return [time_head(value, view.as_of) for value in values]
    running = _running_phases(view) if column == "phase" else set()
    return [_word_head(value, names.get(value, value), is_running=value in running) for value in values]


def time_head(value: str, as_of: date) -> Head:
    """2026-11, 2026Q4, 2026H2, 2026: the year above, the month or quarter below."""
    is_running = last_day(value) > as_of
    if "-" in value:
        return Head(value, value, str(int(value[5:])), value[:4], is_running)
    return Head(value, period(value), TAILS[value[4:]][0], value[:4], is_running)


def last_day(value: str) -> date:
    """The last day of a month, quarter, half-year or year by its code."""
    year = int(value[:4])
    month = int(value[5:]) if "-" in value else TAILS[value[4:]][1]
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _word_head(value: str, name: str, *, is_running: bool) -> Head:
    return Head(value, name, "<br>".join(wrap(name, LETTERS_A_LINE)), is_running=is_running)


def _running_phases(view: View) -> set[str]:
    phases = answers.phases(view.code, view.as_of)
    return set(phases.filter("is_begun", ~pl.col("is_over"))["phase"])


def _ordered(view: View, code: str, column: str) -> list[str]:
    """Times, phases and duties in their own order; words by how often they occur, the vague ones last."""
    frame = answers.figures(view.code, (code,), view.as_of, (column,), view.filters).drop_nulls(column)
    if column in WORDS:
        vague, weight = pl.col(column).is_in(VAGUE), pl.coalesce("denominator", "value")
        frame = frame.sort(vague, weight, column, descending=[False, True, False])
    return frame[column].to_list()
