"""Days to draw from: mostly those on which a rule turns."""

from collections.abc import Iterable
from datetime import date, timedelta

from hypothesis import strategies as st

from tests.oracle.plan import Period, Plan, periods, read_plan

PLAN = read_plan()


def around(days: Iterable[date]) -> set[date]:
    """The days themselves, the day before and the day after each."""
    return {day + timedelta(days=step) for day in days for step in (-1, 0, 1)}


def corners(plan: Plan) -> set[date]:
    """First and last days of phases, quarters, half-years and years, and their neighbours."""
    turns = {day for phase in plan.phases for day in (phase.first, phase.last)}
    for period in periods(plan, "quarter"):
        turns |= {period.first, period.last}
    return around(turns)


CORNERS = sorted(corners(PLAN))
STEPS = (0, 1, -1, 2, -2, -7, -8, -9, -30, -31, -32, -90, -91, -92, -179, -180, -181, -182, 30)
"""Days from the as-of date: where an age, a report or a recurrence turns from one thing to another."""


def days_of(half: Period) -> st.SearchStrategy[date]:
    """Days of a half-year and its neighbours, mostly corners."""
    first, last = half.first - timedelta(days=1), half.last + timedelta(days=1)
    turns = [day for day in CORNERS if first <= day <= last]
    return st.sampled_from(turns) | st.sampled_from(turns) | st.dates(first, last)


def days(as_of: date) -> list[date]:
    """Days on which something may happen, most often the as-of date and those near it."""
    near = [as_of + timedelta(days=step) for step in STEPS]
    return [*[as_of] * 2, *near, *near, *(day for day in CORNERS if day < as_of + timedelta(days=60))]


def after(first: date, as_of: date) -> list[date]:
    """Days for what follows another thing: on its own day at the earliest."""
    offsets = [first + timedelta(days=step) for step in (0, 1, 2, 30, 180)]
    near = [as_of + timedelta(days=step) for step in (-1, 0, 1, 30)]
    return [*offsets, *(day for day in near if day > first)]
