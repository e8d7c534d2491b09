"""Which period of a duty has just closed, and which one runs."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from dashboard import answers
from dashboard.keeping import kept
from dashboard.view import View
from queries.filters import Filters

PERIODS = """
select distinct duty, period, period_from, period_to, duty_name, is_running,
from duties_as_of($as_of) order by period_to, period_from
"""
Which = Literal["closed", "running"]


@dataclass(frozen=True)
class Period:
    """A period of a duty, and the duty's name under the rule it is judged by."""

    code: str
    first: date
    last: date
    name: str


def of_duty(view: View, duty: str, which: Which) -> Period | None:
    """The last closed or the running period of a duty as of the view's day; None where there is none.

    Of two that end together, as in the year in which a duty became half-yearly, the one of the newer rule.
    """
    return _last_of_each(view.code, view.as_of).get((duty, which == "running"))


@kept
def _last_of_each(build: str, as_of: date) -> dict[tuple[str, bool], Period]:
    known = answers.ask(build, PERIODS, as_of=as_of).iter_rows(named=True)
    return {
        (row["duty"], row["is_running"]): Period(
            row["period"], row["period_from"], row["period_to"], row["duty_name"]
        )
        for row in known
    }


def held(view: View, span: Period) -> Filters:
    """The view's filters, and one period of a duty."""
    return replace(view.filters, picked=(*view.filters.picked, ("period", span.code)))
