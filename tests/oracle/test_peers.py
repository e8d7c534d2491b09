"""The Kaplan–Meier median against statsmodels: the oracle's on any lives, the product's on any ledger."""

from collections.abc import Iterator

import duckdb
import numpy as np
import pytest
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from tests.oracle.answers import EVERYTHING, Expected, told
from tests.oracle.complaints import days_unchecked, is_checked
from tests.oracle.days import PLAN
from tests.oracle.figure import Figure, median
from tests.oracle.hazards import seen
from tests.oracle.ledgers import Ledger, store, warehouse
from tests.oracle.plan import Period
from tests.oracle.strategies import HALVES, by_half_year, ledgers, prove

Lives = list[tuple[int, bool]]

lives = st.lists(st.tuples(st.integers(0, 12), st.booleans()), max_size=14)
"""Few days, so that many end on one day and half of them often exactly."""


def peer(lives: Lives) -> Figure:
    """The first day on which statsmodels' curve is at or below a half, within what floats can tell."""
    events = sum(is_ended for _, is_ended in lives)
    if not events:
        return Figure(events, len(lives), None)
    days, ended = np.array(lives, dtype=int).T
    curve = SurvfuncRight(days, ended)
    reached = curve.surv_times[curve.surv_prob <= 0.5 + 1e-9]
    return Figure(events, len(lives), float(reached[0]) if reached.size else None)


@pytest.mark.parametrize("part", range(10))
def test_the_oracles_median_is_that_of_statsmodels(part: int) -> None:
    def claim(drawn: Lives) -> None:
        assert median(drawn) == peer(drawn)

    prove(claim, lives, part)


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse() as con:
        yield con


@by_half_year
def test_the_median_days_are_those_of_statsmodels(con: duckdb.DuckDBPyConnection, half: Period) -> None:
    def claim(ledger: Ledger) -> None:
        store(con, ledger)
        known = Expected(con, PLAN, ledger.as_of).known
        rectified = [
            (one.days_open, one.is_rectified) for one in seen(known) if one.hazard.found_on >= PLAN.first
        ]
        checked = [
            (days_unchecked(one, known), is_checked(one, known))
            for one in known.facts.complaints
            if PLAN.first <= one.received_on <= known.as_of
        ]
        answers = told(con, ["days_to_rectify", "days_to_check"], ledger.as_of, (), EVERYTHING)
        assert answers["days_to_rectify"] == {(): peer(rectified)}
        assert answers["days_to_check"] == {(): peer(checked)}

    prove(claim, ledgers(half), HALVES.index(half))
