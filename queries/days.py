"""Days to look at: the ends of months and quarters, the same day a year before."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

Step = Literal["day", "month", "quarter"]


def ends(first: date, last: date, step: Step, most: int | None = None) -> tuple[date, ...]:
    """The last days of the steps that ended before `last`, then `last` itself, in order; none before `first`.

    `most` keeps so many of the latest. The days to give `evaluate.trend`.
    """
    found = [last]
    day = _end_before(last, step)
    while day >= first and (most is None or len(found) < most):
        found.append(day)
        day = _end_before(day, step)
    return tuple(reversed(found))


def _end_before(day: date, step: Step) -> date:
    """The last day of the step before the one a day is in."""
    if step == "day":
        return day - timedelta(days=1)
    month = day.month if step == "month" else day.month - (day.month - 1) % 3
    return date(day.year, month, 1) - timedelta(days=1)


def year_before(day: date) -> date:
    """The same day a year before; of 29 February the 28th."""
    last = monthrange(day.year - 1, day.month)[1]
    return day.replace(year=day.year - 1, day=min(day.day, last))
