"""The invented county, whole: what the dashboard shows of it is what the oracle counts."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from etl import load, write_example
from etl.example import frames
from queries.forecast import counted, left_open
from queries.install import derive
from queries.records import kinds, records
from queries.warehouse import fetch, open_build
from tests.lake import gathered as lake
from tests.oracle.answers import EVERYTHING, Answers, Expected, filled, told
from tests.oracle.days import PLAN
from tests.oracle.facts import TABLES
from tests.oracle.forgetting import forget_after
from tests.oracle.ledgers import Ledger, warehouse
from tests.oracle.metrics import DIMENSIONS_OF, ORACLES, accepting

AS_OF = date(2026, 11, 23)
DAYS = [date(2024, 6, 30), date(2025, 12, 31), AS_OF]
EARLIER = date(2025, 6, 30)


def invented(folder: Path) -> duckdb.DuckDBPyConnection:
    """The true records, put straight into the tables."""
    con = warehouse()
    tables: dict[str, pl.DataFrame] = frames("county", AS_OF)
    for table in TABLES:
        con.register("frame", tables[table])
        con.execute(f"insert into {table} by name select * from frame")
    derive(con)
    return con


def loaded(folder: Path) -> duckdb.DuckDBPyConnection:
    """The offices' workbooks, written, read and published, as a page opens them."""
    write_example(folder / "ledgers", "county", AS_OF)
    report = load([folder / "ledgers"], folder / "warehouse", AS_OF)
    return open_build(folder / "warehouse", report.build)


def gathered(folder: Path) -> duckdb.DuckDBPyConnection:
    """The same workbooks, published to a lake and read from there."""
    loaded(folder).close()
    return lake.read(folder / "warehouse")


@pytest.fixture(scope="module", params=[invented, loaded, gathered], ids=lambda source: source.__name__)
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
    return filled(answers) if {"township", "county"} & {*by} else answers


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


@pytest.fixture(scope="module")
def earlier(con: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """The same county, had its ledgers been loaded on the earlier day: nothing later has happened."""
    tables = {table: fetch(con, f"from {table}") for table in (*TABLES, "source_files")}
    ended = forget_after(Ledger(EARLIER, {table: frame.to_dicts() for table, frame in tables.items()}))
    with warehouse() as then:
        for table, rows in ended.tables.items():
            sent = pl.DataFrame(rows, schema=tables[table].schema)
            then.register("frame", sent.filter(SENT_BY_THEN) if table == "source_files" else sent)
            then.execute(f"insert into {table} by name select * from frame")
        derive(then)
        yield then


SENT_BY_THEN = pl.col("reported_on").is_null() | (pl.col("reported_on") <= EARLIER)

OF_ITS_OWN = pytest.mark.parametrize(
    "con", [invented, loaded], ids=lambda source: source.__name__, indirect=True
)
"""What is put into another warehouse must be numbered as one."""

SINGLE = sorted(
    {(), *((name,) for names in DIMENSIONS_OF.values() for name in names), ("township", "period")}
)


@OF_ITS_OWN
@pytest.mark.parametrize("by", SINGLE, ids=" ".join)
def test_figures_of_an_earlier_day_are_the_same_had_the_ledgers_ended_then(
    con: duckdb.DuckDBPyConnection, earlier: duckdb.DuckDBPyConnection, by: tuple[str, ...]
) -> None:
    assert figures(con, EARLIER, by) == figures(earlier, EARLIER, by)


@OF_ITS_OWN
def test_lists_of_an_earlier_day_are_the_same_had_the_ledgers_ended_then(
    con: duckdb.DuckDBPyConnection, earlier: duckdb.DuckDBPyConnection
) -> None:
    for kind in [kind for kind, listing in kinds().items() if "$as_of" in listing.source]:
        now, then = records(con, kind, EARLIER), records(earlier, kind, EARLIER)
        assert now.height == then.height, kind
        for column in now.columns:
            assert now[column].equals(then[column], null_equal=True), (kind, column)


@OF_ITS_OWN
def test_the_forecast_of_an_earlier_day_is_the_same_had_the_ledgers_ended_then(
    con: duckdb.DuckDBPyConnection, earlier: duckdb.DuckDBPyConnection
) -> None:
    assert left_open(counted(con, EARLIER)).equals(left_open(counted(earlier, EARLIER)))


@OF_ITS_OWN
def test_there_is_a_later_part_to_be_cut_off(
    con: duckdb.DuckDBPyConnection, earlier: duckdb.DuckDBPyConnection
) -> None:
    for table in ("hazards", "inspections", "trainings", "drills", "complaints", "activities"):
        kept, all_rows = (fetch(each, f"from {table}").height for each in (earlier, con))
        assert 0 < kept < all_rows, table
    late = "from hazards where rectified_on > $as_of and found_on <= $as_of"
    assert not fetch(con, late, {"as_of": EARLIER}).is_empty()
