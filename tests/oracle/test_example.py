"""The invented county, whole: what the dashboard shows of it is what the oracle counts."""

from collections.abc import Iterator
from datetime import date

import duckdb
import polars as pl
import pytest

from etl.example import frames
from tests.oracle.answers import EVERYTHING, Answers, Expected, filled, told
from tests.oracle.days import PLAN
from tests.oracle.facts import TABLES
from tests.oracle.ledgers import warehouse
from tests.oracle.metrics import ORACLES, accepting

DAYS = [date(2024, 6, 30), date(2025, 12, 31), date(2026, 11, 23)]


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse() as con:
        tables: dict[str, pl.DataFrame] = frames("county")
        for table in TABLES:
            con.register("frame", tables[table])
            con.execute(f"insert into {table} by name select * from frame")
        yield con


@pytest.fixture(scope="module", params=DAYS, ids=str)
def expected(con: duckdb.DuckDBPyConnection, request: pytest.FixtureRequest) -> Expected:
    return Expected(con, PLAN, request.param)


def figures(con: duckdb.DuckDBPyConnection, as_of: date, by: tuple[str, ...]) -> Answers:
    answers = told(con, accepting(by), as_of, by, EVERYTHING)
    return filled(answers) if "township" in by else answers


@pytest.mark.parametrize("by", ["", "township", "institution", "township period", "month", "phase unit"])
def test_the_county_is_told_as_the_oracle_counts_it(
    con: duckdb.DuckDBPyConnection, expected: Expected, by: str
) -> None:
    group = tuple(by.split())
    counted = expected.answers(accepting(group), group, EVERYTHING)
    assert figures(con, expected.known.as_of, group) == counted


@pytest.mark.parametrize("metric", ORACLES)
def test_the_county_has_something_for_every_metric_to_count(
    con: duckdb.DuckDBPyConnection, metric: str
) -> None:
    (figure,) = told(con, [metric], DAYS[-1], (), EVERYTHING)[metric].values()
    assert figure.value is not None
    assert figure.value > 0
