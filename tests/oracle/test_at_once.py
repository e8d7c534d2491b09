"""Questions put in one statement are answered as one by one: other days, other filters, every metric."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import duckdb
import polars as pl
import pytest
from hypothesis import strategies as st

from queries.catalog import DIMENSIONS, catalog
from queries.evaluate import Question, answered, dimensions, evaluate
from queries.filters import Filters
from tests.oracle.ledgers import Ledger, store, warehouse
from tests.oracle.plan import Period
from tests.oracle.strategies import HALVES, by_half_year, filtered, prove
from tests.oracle.test_snapshots import keeping


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse() as con:
        yield con


def asked(
    con: duckdb.DuckDBPyConnection, ledger: Ledger, by: tuple[str, ...], chosen: Filters
) -> list[Question]:
    """Every metric that the dimensions tell: on the day under the filters, on an earlier one under more."""
    earlier = ledger.as_of - timedelta(days=30)
    more = replace(chosen, picked=(*chosen.picked, ("severity", "一般"), ("period", "2024Q1")))
    return [
        Question(code, day, by, filters)
        for code in catalog()
        if {*by} <= {*dimensions(con, code)}
        for day, filters in ((ledger.as_of, chosen), (earlier, more))
    ]


def check(con: duckdb.DuckDBPyConnection, questions: list[Question], alone: list[pl.DataFrame]) -> None:
    together = answered(con, questions)
    for place, expected in enumerate(alone):
        found = together.filter(place=place).drop("place")
        assert found.equals(expected), questions[place]
    assert together["place"].is_sorted()


@by_half_year
def test_at_once_as_one_by_one(con: duckdb.DuckDBPyConnection, half: Period) -> None:
    def claim(drawn: tuple[Ledger, Filters], by: tuple[str, ...]) -> None:
        ledger, chosen = drawn
        store(con, ledger)
        questions = asked(con, ledger, by, chosen)
        alone = [evaluate(con, each.metric, each.as_of, each.by, each.filters) for each in questions]
        check(con, questions, alone)
        with keeping(con):
            check(con, questions, alone)

    groups = [(), *((name,) for name in sorted(DIMENSIONS)), ("township", "period")]
    drawn = st.tuples(filtered(half), st.sampled_from(groups))
    prove(lambda question: claim(*question), drawn, HALVES.index(half))
