"""The plan is data: under another one, too, the product and the oracle agree."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.oracle.answers import EVERYTHING, agree
from tests.oracle.days import PLAN
from tests.oracle.ledgers import Ledger, store, warehouse
from tests.oracle.plan import CAMPAIGN, Period, Plan, read_plan
from tests.oracle.strategies import HALVES, ledgers, prove

CHANGES = {
    "minimum = 1": "minimum = 2",
    "from = 2026-07-01\nenabled = false": "from = 2025-07-01\nenabled = true",
    "prompt_days = 1 ": "prompt_days = 2 ",
    "recurrence_days = 180": "recurrence_days = 179",
    "outside_trainings_count = false": "outside_trainings_count = true",
}
"""Two self-checks a quarter, the half-yearly drill from mid-2025 on, and the settings moved."""


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    text = CAMPAIGN.read_text(encoding="utf-8")
    for old, new in CHANGES.items():
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path_factory.mktemp("plan") / "campaign.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def con(changed: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse(changed) as con:
        yield con


@pytest.fixture(scope="module")
def plan(changed: Path) -> Plan:
    return read_plan(changed)


def test_the_changed_plan_owes_a_drill_each_half_year_from_its_day_on(plan: Plan) -> None:
    assert {rule.frequency for rule in plan.rules if rule.duty == "evacuation_drill"} == {"year", "half_year"}
    assert len(plan.rules) == len(PLAN.rules) + 1


@pytest.mark.parametrize("half", HALVES[1::2], ids=lambda half: half.name)
def test_figures_agree_under_the_changed_plan(
    con: duckdb.DuckDBPyConnection, plan: Plan, half: Period
) -> None:
    def claim(ledger: Ledger) -> None:
        store(con, ledger)
        agree(con, plan, ledger, ("institution",), EVERYTHING)
        agree(con, plan, ledger, ("institution", "period"), EVERYTHING)

    prove(claim, ledgers(half), HALVES.index(half))
