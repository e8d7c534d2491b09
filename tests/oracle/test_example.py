"""The invented county, whole: what the dashboard shows of it is what the oracle counts."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from etl import load, write_example
from etl.example import frames
from queries.warehouse import open_build
from tests.oracle.answers import EVERYTHING, Answers, Expected, filled, told
from tests.oracle.days import PLAN
from tests.oracle.facts import TABLES
from tests.oracle.ledgers import warehouse
from tests.oracle.metrics import ORACLES, accepting

AS_OF = date(2026, 11, 23)
DAYS = [date(2024, 6, 30), date(2025, 12, 31), AS_OF]


def invented(folder: Path) -> duckdb.DuckDBPyConnection:
    """The true records, put straight into the tables."""
    con = warehouse()
    tables: dict[str, pl.DataFrame] = frames("county", AS_OF)
    for table in TABLES:
        con.register("frame", tables[table])
        con.execute(f"insert into {table} by name select * from frame")
    return con


def loaded(folder: Path) -> duckdb.DuckDBPyConnection:
    """The offices' workbooks, written, read and published, as a page opens them."""
    write_example(folder / "ledgers", "county", AS_OF)
    report = load([folder / "ledgers"], folder / "warehouse", AS_OF)
    return open_build(folder / "warehouse", report.build)


@pytest.fixture(scope="module", params=[invented, loaded], ids=lambda source: source.__name__)
def con(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[duckdb.DuckDBPyConnection]:
    with request.param(tmp_path_factory.mktemp("example")) as con:
        yield con


@pytest.fixture(scope="module", params=DAYS, ids=str)
def expected(con: duckdb.DuckDBPyConnection, request: pytest.FixtureRequest) -> Expected:
    return Expected(con, PLAN, request.param)


def figures(con: duckdb.DuckDBPyConnection, as_of: date, by: tuple[str, ...]) -> Answers:
    answers = told(con, accepting(by), as_of, by, EVERYTHING)
    return filled(answers) if "township" in by else answers


@pytest.mark.parametrize("by", ["", "township", "institution", "township period"])
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
    (figure,) = told(con, [metric], AS_OF, (), EVERYTHING)[metric].values()
    assert figure.value is not None
    assert figure.value > 0
