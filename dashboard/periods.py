"""Which period of a duty has just closed, and which one runs."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from dashboard import answers
from dashboard.view import View
from queries.filters import Filters

PERIODS = """
select distinct period, period_from, period_to, duty_name, is_running,
from duties_as_of($as_of) where duty = $duty order by period_to, period_from
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
    known = answers.ask(
        view.code,
        PERIODS,
        as_of=view.as_of,
        duty=duty,
    )
    fitting = [row for row in known.iter_rows(named=True) if row["is_running"] == (which == "running")]
    if not fitting:
        return None
    last = fitting[-1]
    return Period(last["period"], last["period_from"], last["period_to"], last["duty_name"])


def held(view: View, span: Period) -> Filters:
    """The view's filters, and one period of a duty."""
    return replace(view.filters, picked=(*view.filters.picked, ("period", span.code)))
