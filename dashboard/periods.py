"""Which period of a duty has just closed, and which one runs."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dashboard import answers
from dashboard.view import View

PERIODS = """
select distinct period, period_from, period_to, is_running,
from duties_as_of($as_of) where duty = $duty order by period_to
"""
Which = Literal["closed", "running"]


@dataclass(frozen=True)
class Period:
    code: str
    first: date
    last: date


def of_duty(view: View, duty: str, which: Which) -> Period | None:
    """The last closed or the running period of a duty as of the view's day; None where there is none."""
    known = answers.ask(
        view.code,
        PERIODS,
        as_of=view.as_of,
        duty=duty,
    )
    fitting = [row for row in known.iter_rows(named=True) if row["is_running"] == (which == "running")]
    return (
        Period(fitting[-1]["period"], fitting[-1]["period_from"], fitting[-1]["period_to"])
        if fitting
        else None
    )
