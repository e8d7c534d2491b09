"""Laws that hold on any ledger, whatever a metric means: metrics.md, "What proves them"."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import pytest
from hypothesis import strategies as st

from queries.catalog import catalog
from queries.evaluate import evaluate
from tests.oracle.answers import EVERYTHING, Answers, told
from tests.oracle.drawing import Rows
from tests.oracle.figure import Figure
from tests.oracle.forgetting import forget_after
from tests.oracle.ledgers import Ledger, store, warehouse
from tests.oracle.metrics import accepting
from tests.oracle.plan import Period
from tests.oracle.strategies import HALVES, by_half_year, ledgers, prove

METRICS = list(catalog())
MEDIANS = {metric for metric, one in catalog().items() if one.summary == "survival_median"}
RATES = [metric for metric, one in catalog().items() if one.unit == "percent"]
OF_THE_PLAN = {"phase_progress", "phase_time_gone", "activity_coverage"}
"""Rates of what the plan asks, with ledgers or without."""


@dataclass(frozen=True)
class Told:
    """A ledger, and what the product tells of it: in all, and town by town."""

    ledger: Ledger
    county: Answers
    towns: Answers


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse() as con:
        yield con


@pytest.fixture(scope="module", params=HALVES, ids=lambda half: half.name)
def told_of(con: duckdb.DuckDBPyConnection, request: pytest.FixtureRequest) -> list[Told]:
    """Ledgers of a half-year, each evaluated once for the laws that need no other question."""
    looked_at: list[Told] = []

    def look(ledger: Ledger) -> None:
        store(con, ledger)
        county = told(con, METRICS, ledger.as_of, (), EVERYTHING)
        towns = told(con, accepting(("township",)), ledger.as_of, ("township",), EVERYTHING)
        looked_at.append(Told(ledger, county, towns))

    prove(look, ledgers(request.param), HALVES.index(request.param))
    return looked_at


def test_towns_and_the_group_without_a_town_sum_to_the_county(told_of: list[Told]) -> None:
    for one in told_of:
        for metric in one.towns.keys() - MEDIANS:
            county, towns = one.county[metric].values(), one.towns[metric].values()
            assert _sums(towns) == _sums(county), (metric, one.ledger)


def _sums(figures: Collection[Figure]) -> tuple[int, int, float]:
    numerators, denominators = (
        (one.numerator or 0 for one in figures),
        (one.denominator or 0 for one in figures),
    )
    counts = (one.value or 0 for one in figures if one.denominator is None)
    return sum(numerators), sum(denominators), sum(counts)


def _identities(con: duckdb.DuckDBPyConnection, asked: str, as_of: date) -> set[int]:
    found = con.cursor().execute(f"select hazard_id from {asked}", {"as_of": as_of}).fetchall()
    assert len(found) == len(set(found))
    return {identity for (identity,) in found}


@by_half_year
def test_each_hazard_is_in_exactly_one_of_rectified_open_not_due_and_overdue(
    con: duckdb.DuckDBPyConnection, half: Period
) -> None:
    def claim(ledger: Ledger) -> None:
        store(con, ledger)
        found = _identities(con, "hazards_found($as_of)", ledger.as_of)
        rectified = _identities(con, "rectification_rate($as_of) where numerator", ledger.as_of)
        overdue = _identities(con, "overdue($as_of)", ledger.as_of)
        is_due = "due_on is not null and due_on < $as_of"
        not_due = _identities(con, f"hazards_open($as_of) where not ({is_due})", ledger.as_of)
        assert rectified | overdue | not_due == found
        assert len(rectified) + len(overdue) + len(not_due) == len(found)

    prove(claim, ledgers(half), HALVES.index(half))


@by_half_year
def test_moving_the_day_forward_never_lowers_hazards_found(
    con: duckdb.DuckDBPyConnection, half: Period
) -> None:
    def claim(drawn: tuple[Ledger, int]) -> None:
        ledger, days = drawn
        store(con, ledger)
        before = evaluate(con, "hazards_found", ledger.as_of, ["institution"])
        after = evaluate(con, "hazards_found", ledger.as_of + timedelta(days=days), ["institution"])
        later = dict(after.select("institution", "value").iter_rows())
        assert all(
            later[home] >= number for home, number in before.select("institution", "value").iter_rows()
        )

    prove(claim, st.tuples(ledgers(half), st.integers(1, 400)), HALVES.index(half))


def test_what_happens_after_the_day_changes_nothing(
    con: duckdb.DuckDBPyConnection, told_of: list[Told]
) -> None:
    for one in told_of:
        store(con, forget_after(one.ledger))
        assert told(con, METRICS, one.ledger.as_of, (), EVERYTHING) == one.county, one.ledger


def test_a_rate_lies_within_0_and_1_and_needs_a_denominator(told_of: list[Told]) -> None:
    for one in told_of:
        for metric in RATES:
            for rate in (*one.county[metric].values(), *one.towns.get(metric, {}).values()):
                assert (rate.value is None) == (rate.denominator == 0), (metric, one.ledger)
                assert rate.value is None or 0 <= rate.value <= 1, (metric, one.ledger)


@pytest.mark.parametrize("as_of", [date(2024, 1, 1), date(2024, 6, 30), date(2026, 12, 31)])
def test_the_empty_ledger_gives_no_rate_and_counts_nothing(
    con: duckdb.DuckDBPyConnection, as_of: date
) -> None:
    townships: Rows = [{"township_id": 1, "township": "甲镇", "former_names": []}]
    store(con, Ledger(as_of, {"townships": townships}))
    for metric, groups in told(con, METRICS, as_of, (), EVERYTHING).items():
        if metric not in OF_THE_PLAN | {"tasks_overdue"}:
            assert set(groups.values()) <= {Figure(0, 0, None), Figure(None, None, 0.0)}, metric
