"""The key figures that counties, towns, homes are set side by side by: which they are, each one's now."""

from collections.abc import Mapping
from typing import Literal

from dashboard import answers, periods
from dashboard.headline import Value
from dashboard.view import View
from dashboard.words import period
from queries.evaluate import Question

RATES = {"rectification_rate": ("整改率", "hazards"), "on_time_rate": ("按期率", "hazards")}
COUNTS = {"overdue": ("逾期", "overdue"), "major_open": ("重大未改", "hazards")}
DUTIES: dict[str, tuple[str, str, periods.Which]] = {
    "self_check_rate": ("自查", "self_check", "closed"),
    "staff_training_rate": ("培训", "staff_training", "closed"),
    "evacuation_drill_rate": ("演练", "evacuation_drill", "running"),
}
TASKS = {"phase_progress": ("阶段任务", "phases")}
CODES = (*RATES, *COUNTS, *DUTIES, *TASKS)
WORST_SHARE = 0.6
"""Rates at or below this are drawn darkest."""

Values = Mapping[str, Value]
"""A unit's figures by metric."""


def of_units(view: View, by: Literal["county", "township", "institution"]) -> dict[str, dict[str, Value]]:
    """The figures of each county, town or home that has any: two questions, of the day and of periods."""
    held = {code: shown for code in DUTIES if (shown := span(view, code))}
    of_a_day = dict.fromkeys((*RATES, *COUNTS, *TASKS), view.filters)
    of_periods = {code: periods.held(view, shown) for code, shown in held.items()}
    found: dict[str, dict[str, Value]] = {}
    for asked in filter(None, (of_a_day, of_periods)):
        questions = tuple(Question(code, view.as_of, (by,), filters) for code, filters in asked.items())
        for place, unit, *row in answers.answered(view.code, questions).iter_rows():
            numerator, denominator, value = row
            found.setdefault(unit, {})[questions[place].metric] = Value(value, numerator, denominator)
    return found


def span(view: View, code: str) -> periods.Period | None:
    """Of a duty's rate the period that is shown; None where there is none yet, or it is no duty's."""
    if code not in DUTIES:
        return None
    _, duty, which = DUTIES[code]
    return periods.of_duty(view, duty, which)


def is_running(code: str) -> bool:
    """Whether the period shown runs still: what is not met in it has not failed yet."""
    return code in DUTIES and DUTIES[code][2] == "running"


def heads(view: View) -> dict[str, str]:
    """What each figure is called at the head of its column."""
    named = {code: name for code, (name, _) in (RATES | COUNTS).items()}
    for code, (name, _, which) in DUTIES.items():
        shown = span(view, code)
        named[code] = _head(name, shown.code, which) if shown else name
    return named | {code: name for code, (name, _) in TASKS.items()}


def _head(name: str, code: str, which: periods.Which) -> str:
    if which == "running":
        return f"{name}进行中"
    return f"{period(code).partition(' 年')[2] or '年度'}{name}"
