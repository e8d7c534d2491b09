"""Corners too rare to draw: every number of days overdue, every word for who inspected."""

from collections.abc import Iterator
from datetime import date, timedelta

import duckdb
import pytest

from tests.oracle.answers import EVERYTHING, agree
from tests.oracle.days import PLAN
from tests.oracle.drawing import AUTHORITIES, WORDS, Row, Rows
from tests.oracle.ledgers import Ledger, store, warehouse

AS_OF = date(2025, 6, 30)
TOWNS: Rows = [{"township_id": 1, "township": "甲镇", "former_names": []}]
HOMES: Rows = [{"institution_id": 1, "institution": "松院", "township_id": 1, "former_names": []}]
REGISTER = {"townships": TOWNS, "institutions": HOMES}


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse() as con:
        yield con


def overdue(days: int) -> Row:
    return {
        "hazard_id": days,
        "institution_id": 1,
        "found_on": AS_OF - timedelta(days=120),
        "is_found_by_county": False,
        "is_comparable": False,
        "severity": WORDS["severity"]["general"],
        "is_major": False,
        "description": "隐患",
        "deadline_on": AS_OF - timedelta(days=days),
    }


def inspected(code: str, day: date) -> Row:
    return {
        "inspection_id": 1,
        "institution_id": 1,
        "inspected_on": day,
        "inspection_type": WORDS["inspection_type"][code],
        "inspection_code": code,
        "is_authority": code in AUTHORITIES,
        "is_unannounced": code in {"surprise", "covert"},
        "areas": [],
        "area_codes": [],
    }


def reported_done(task: str) -> Row:
    return {
        "task_progress_id": 1,
        "task": task,
        "unit": "甲镇",
        "unit_code": "township",
        "township_id": 1,
        "done_on": AS_OF,
    }


@pytest.mark.parametrize("days", [0, 1, 7, 8, 30, 31, 90, 91])
def test_the_age_of_what_is_overdue_agrees(con: duckdb.DuckDBPyConnection, days: int) -> None:
    ledger = Ledger(AS_OF, {**REGISTER, "hazards": [overdue(days)]})
    store(con, ledger)
    agree(con, PLAN, ledger, ("age",), EVERYTHING)


@pytest.mark.parametrize("code", WORDS["inspection_type"])
@pytest.mark.parametrize("day", [date(2023, 12, 31), PLAN.first, AS_OF], ids=str)
def test_what_bears_out_that_a_town_inspected_its_homes_agrees(
    con: duckdb.DuckDBPyConnection, code: str, day: date
) -> None:
    (task,) = (task.code for task in PLAN.tasks if task.evidence == "inspected")
    records = {"inspections": [inspected(code, day)], "task_progress": [reported_done(task)]}
    ledger = Ledger(AS_OF, REGISTER | records)
    store(con, ledger)
    agree(con, PLAN, ledger, ("phase",), EVERYTHING)
