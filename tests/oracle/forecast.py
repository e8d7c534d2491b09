"""What is left open on the campaign's last day, by loops over days and scipy's distributions."""

from datetime import date, timedelta
from math import exp

from scipy.stats import binom, chi2

from queries.forecast import Forecast
from tests.oracle.hazards import Seen, seen
from tests.oracle.known import Known

Counts = tuple[int, int, int]
"""Open hazards, closings lately, and the days lately on which hazards were open."""


def counts(known: Known, town: str | None = None) -> Counts:
    """Of all towns, or of one."""
    found = [one for one in seen(known) if town in {None, one.dimensions["township"]}]
    lately = [known.as_of - timedelta(days=back) for back in range(known.plan.pace_days)]
    closings = sum(one.is_rectified and one.hazard.rectified_on in lately for one in found)
    open_days = sum(_was_open(one, day) for one in found for day in lately)
    return sum(not one.is_rectified for one in found), closings, open_days


def _was_open(one: Seen, day: date) -> bool:
    last = one.hazard.rectified_on
    return one.hazard.found_on <= day and (last is None or day <= last)


def expected(n_open: int, closings: int, open_days: int, days_left: int) -> Forecast | None:
    if closings == 0 or days_left <= 0:
        return None
    slowest = chi2.ppf(0.025, 2 * closings) / 2 / open_days
    fastest = chi2.ppf(0.975, 2 * closings + 2) / 2 / open_days
    return Forecast(
        n_open * exp(-closings / open_days * days_left),
        int(binom.ppf(0.025, n_open, exp(-fastest * days_left))) if n_open else 0,
        int(binom.ppf(0.975, n_open, exp(-slowest * days_left))) if n_open else 0,
    )
