"""The forecast beside loops over days and scipy, its laws, and cases worked by hand."""

from collections.abc import Iterator
from math import exp

import duckdb
import pytest
from hypothesis import strategies as st
from scipy.stats import binom, chi2

from queries.chance import poisson_limits, quantile
from queries.filters import Filters
from queries.forecast import counted, forecast, left_open, together
from tests.oracle.days import PLAN
from tests.oracle.facts import load
from tests.oracle.forecast import counts, expected
from tests.oracle.known import Known
from tests.oracle.ledgers import Ledger, store, warehouse
from tests.oracle.plan import Period
from tests.oracle.strategies import HALVES, by_half_year, ledgers, prove
from tests.queries import warehouses
from tests.queries.warehouses import day, lines

TOLD = ("open", "closings", "open_days", "days_left", "left", "low", "high")
PACES = st.tuples(st.integers(0, 60), st.integers(1, 80), st.integers(80, 5000), st.integers(1, 900))


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse() as con:
        yield con


@by_half_year
def test_the_forecast_agrees_in_all_and_town_by_town(con: duckdb.DuckDBPyConnection, half: Period) -> None:
    def claim(ledger: Ledger) -> None:
        store(con, ledger)
        known = Known(load(con), PLAN, ledger.as_of)
        counts = counted(con, ledger.as_of)
        _agree(left_open(together(counts)).row(0), known, None)
        towns = left_open(counts)
        assert towns["township"].to_list() == [town.township for town in known.facts.townships]
        for town, *told in towns.drop("county").iter_rows():
            _agree(tuple(told), known, town)

    prove(claim, ledgers(half), HALVES.index(half))


def _agree(told: tuple[object, ...], known: Known, town: str | None) -> None:
    counted, days_left = counts(known, town), (known.plan.last - known.as_of).days
    assert told[:4] == (*counted, days_left)
    wanted = expected(*counted, days_left)
    assert told[4:] == (
        (None, None, None) if wanted is None else (pytest.approx(wanted.left), wanted.low, wanted.high)
    )


def test_no_fewer_than_none_and_no_more_than_all_are_left_and_the_range_holds_what_is_expected() -> None:
    def claim(pace: tuple[int, int, int, int]) -> None:
        told = forecast(*pace)
        assert told is not None
        assert 0 <= told.low <= told.high <= pace[0]
        assert told.low - 1 < told.left < told.high + 1

    prove(claim, PACES, 0)


def test_the_more_are_closed_the_fewer_are_left() -> None:
    def claim(pace: tuple[int, int, int, int], more: int) -> None:
        n_open, closings, open_days, days_left = pace
        slow, fast = forecast(*pace), forecast(n_open, closings + more, open_days, days_left)
        assert slow is not None
        assert fast is not None
        assert fast.left <= slow.left
        assert (fast.low, fast.high) <= (slow.low, slow.high)
        assert fast.high <= slow.high

    prove(lambda drawn: claim(*drawn), st.tuples(PACES, st.integers(1, 40)), 0)


# 2026-12-01: 30 days left, and the last 90 days are those from 2026-09-03 on.
BY_HAND = """
    found_on   | rectified_on | open | closings | open_days | because
    2026-12-01 |              | 1    | 0        | 1         | found today, open one day
    2026-11-30 | 2026-12-01   | 0    | 1        | 2         | the day of its closing is one of its days
    2026-12-01 | 2026-12-01   | 0    | 1        | 1         | closed on the day it was found
    2026-01-01 |              | 1    | 0        | 90        | open all the time
    2026-01-01 | 2026-09-03   | 0    | 1        | 1         | closed on the first of the days
    2026-01-01 | 2026-09-02   | 0    | 0        | 0         | closed before
    2026-01-01 | 2026-12-02   | 1    | 0        | 90        | closed later: not known yet
    2026-12-02 |              | 0    | 0        | 0         | found later
"""


@pytest.mark.parametrize(("found", "rectified", "n_open", "closings", "days", "because"), lines(BY_HAND))
def test_what_the_pace_is_taken_from(
    found: str, rectified: str, n_open: str, closings: str, days: str, because: str
) -> None:
    con = warehouses.warehouse(hazards=f"found_on | rectified_on\n{found} | {rectified}")
    told = together(counted(con, day("2026-12-01"))).row(0)
    assert told == (int(n_open), int(closings), int(days), 30), because


def test_a_pace_of_one_in_a_hundred_days_worked_by_hand() -> None:
    told = forecast(10, 1, 100, 30)
    assert told is not None
    assert told.left == pytest.approx(10 * exp(-0.3))
    assert (told.low, told.high) == (0, 10)


def test_without_a_closing_no_pace_is_seen_and_after_the_last_day_nothing_is_told() -> None:
    assert forecast(10, 0, 900, 30) is None
    assert forecast(10, 5, 900, 1) is not None
    assert forecast(10, 5, 900, 0) is None
    assert forecast(10, 5, 900, -1) is None


def test_only_what_is_chosen_counts_and_the_window_does_not_matter() -> None:
    con = warehouses.warehouse(
        institutions="institution | township_id\n甲院 | 1\n乙院 | 2",
        hazards="""
            institution_id | found_on   | rectified_on | severity
            1              | 2026-11-01 | 2026-11-05   | 一般
            1              | 2026-11-01 |              | 重大
            2              | 2026-11-01 |              | 一般
        """,
    )
    chosen = Filters(townships=("甲镇",), since=day("2026-11-15"))
    assert together(counted(con, day("2026-12-01"), chosen)).row(0)[:3] == (1, 1, 36)
    majors = counted(con, day("2026-12-01"), Filters(severities=("重大",)))
    assert together(majors).row(0)[:3] == (1, 0, 31)


@pytest.mark.parametrize("events", [0, 1, 2, 5, 40, 700, 20_000])
def test_the_limits_of_a_count_agree_with_scipy(events: int) -> None:
    low = chi2.ppf(0.025, 2 * events) / 2 if events else 0
    assert poisson_limits(events) == pytest.approx((low, chi2.ppf(0.975, 2 * events + 2) / 2), rel=1e-9)


def test_the_quantiles_agree_with_scipy() -> None:
    def claim(trials: int, share: float, chance: float) -> None:
        assert quantile(chance, trials, share) == max(binom.ppf(chance, trials, share), 0)

    drawn = st.tuples(st.integers(0, 3000), st.floats(0, 1), st.sampled_from([0.025, 0.5, 0.975]))
    prove(lambda one: claim(*one), drawn, 0)
