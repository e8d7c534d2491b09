"""What 今日必督 lists and in which order, again by plain loops: on drawn ledgers, on a second campaign."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from queries.records import records
from queries.warehouse import current_build, open_build
from tests.campaigns.ledgers import AS_OF, ROOT
from tests.oracle.actions import Item, Reports, items, order
from tests.oracle.days import PLAN
from tests.oracle.facts import load
from tests.oracle.known import Known
from tests.oracle.ledgers import Ledger, store, warehouse
from tests.oracle.plan import Period, read_plan
from tests.oracle.strategies import HALVES, by_half_year, ledgers, prove
from tests.queries.warehouses import day

ABOUT = {
    "duty_ending": ("duty", "institution", "period"),
    "task_behind": ("task", "unit"),
    "silent_township": (),
}


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse() as con:
        yield con


def agree(con: duckdb.DuckDBPyConnection, known: Known) -> list[Item]:
    """Both list the same, and the product in the written order; what is listed."""
    told = [
        Item(
            row["action"],
            row["due_on"],
            row["county_id"],
            row["township_id"],
            tuple(row[name] for name in ABOUT.get(row["action"], ("hazard_id",))),
        )
        for row in records(con, "actions", known.as_of).iter_rows(named=True)
    ]
    assert set(told) == items(known, _reports(con))
    assert len(told) == len(set(told))
    keys = [order(item, known) for item in told]
    assert keys == sorted(keys)
    return told


def _reports(con: duckdb.DuckDBPyConnection) -> Reports:
    sent = "select township_id, reported_on, from source_files where township_id is not null"
    return con.cursor().execute(sent).fetchall()


@by_half_year
def test_what_to_act_on_agrees(con: duckdb.DuckDBPyConnection, half: Period) -> None:
    met: set[str] = set()

    def claim(ledger: Ledger) -> None:
        store(con, ledger)
        met.update(item.action for item in agree(con, Known(load(con), PLAN, ledger.as_of)))

    prove(claim, ledgers(half), HALVES.index(half))
    assert len(met) >= 5


@pytest.mark.parametrize("as_of", ["2027-05-01", "2028-06-15", str(AS_OF), "2029-06-12"])
def test_what_to_act_on_agrees_under_a_second_campaign(second: Path, as_of: str) -> None:
    with open_build(second, str(current_build(second))) as con:
        assert agree(con, Known(load(con), read_plan(ROOT / "campaign.toml"), day(as_of)))
