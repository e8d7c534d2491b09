"""Rows of a build lie together by home, and in each run of homes by day."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from etl import example, layout
from etl.publish import build
from queries.campaign import read_campaign
from queries.warehouse import create

AS_OF = date(2026, 11, 23)
ROWS = 500


@pytest.mark.parametrize(("table", "day"), [("hazards", "found_on"), ("inspections", "inspected_on")])
def test_rows_lie_in_runs_of_few_homes_by_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str, day: str
) -> None:
    monkeypatch.setattr(layout, "ROWS", ROWS)
    frames = example.frames("county", AS_OF, 1)
    build(tmp_path / "county.duckdb", frames, read_campaign())
    with create(tmp_path / "county.duckdb") as con:
        lying = con.execute(f"select institution_id, {day} from {table} order by rowid").fetchall()
    assert sorted(lying) == sorted(frames[table].select("institution_id", day).iter_rows())
    runs = len(lying) // ROWS + 1
    assert sum(later < earlier for (_, earlier), (_, later) in pairwise(lying)) <= runs
    homes = len({home for home, _ in lying})
    in_one = max(len({home for home, _ in lying[at : at + ROWS]}) for at in range(0, len(lying), ROWS))
    assert in_one <= 2 * -(-homes // runs) < homes
