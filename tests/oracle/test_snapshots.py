"""What is kept of a day answers as the plain form does: every metric by every dimension, lists too."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta

import duckdb
import polars as pl
import pytest
from hypothesis import strategies as st

from queries import warehouse as opened
from queries.catalog import DIMENSIONS, catalog
from queries.evaluate import dimensions, evaluate_many
from queries.filters import Filters
from queries.records import kinds, records
from queries.snapshots import MOST_DAYS, Snapshots
from tests.oracle.ledgers import Ledger, store, warehouse
from tests.oracle.plan import Period
from tests.oracle.strategies import HALVES, by_half_year, filtered, prove


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse() as con:
        yield con


@contextmanager
def keeping(con: duckdb.DuckDBPyConnection) -> Iterator[Snapshots]:
    """Days are kept as long as the block runs."""
    opened.keep_days(con)
    yield opened._days[con]
    con.execute(f"detach {opened._days.pop(con).name}")


def told(con: duckdb.DuckDBPyConnection, ledger: Ledger, by: str, chosen: Filters) -> list[pl.DataFrame]:
    """Every metric as a whole and, where it names it, by a dimension; every list of records."""
    codes = list(catalog())
    able = [code for code in codes if by in dimensions(con, code)]
    whole = evaluate_many(con, codes, ledger.as_of, (), chosen)
    lists = [records(con, kind, ledger.as_of, chosen) for kind in kinds()]
    return [whole, evaluate_many(con, able, ledger.as_of, (by,), chosen), *lists]


@by_half_year
def test_a_day_kept_answers_as_the_plain_form(con: duckdb.DuckDBPyConnection, half: Period) -> None:
    def claim(drawn: tuple[Ledger, Filters], by: str) -> None:
        ledger, chosen = drawn
        store(con, ledger)
        plain = told(con, ledger, by, chosen)
        with keeping(con):
            kept = told(con, ledger, by, chosen)
        for answer, expected in zip(kept, plain, strict=True):
            assert answer.equals(expected)

    questions = st.tuples(filtered(half), st.sampled_from(sorted(DIMENSIONS)))
    prove(lambda question: claim(*question), questions, HALVES.index(half))


def test_many_days_asked_about_at_once_make_room_for_each_other(con: duckdb.DuckDBPyConnection) -> None:
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(3 * MOST_DAYS)]

    def ask(day: date) -> pl.DataFrame:
        return evaluate_many(con, ["rectification_rate", "self_check_rate"], day, ("township",))

    plain = [ask(day) for day in days]
    with keeping(con) as snapshots, ThreadPoolExecutor(8) as pool:
        for answer, expected in zip(pool.map(ask, days), plain, strict=True):
            assert answer.equals(expected)
        assert len(snapshots.days) <= MOST_DAYS + 8
