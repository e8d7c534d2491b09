"""A build is published whole or not at all."""

import json
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from etl import LoadError, history, load, rollback
from etl.publish import build
from etl.tables import build_table
from queries.campaign import read_campaign
from queries.warehouse import build_path, current_build, fetch, open_build
from tests.etl.workbooks import rows, write_workbook

AS_OF = date(2026, 11, 23)
REGISTER = rows("机构名称 | 所属乡镇\n松鹤院 | 大阳镇\n鹤年院 | 巴公镇")
HAZARDS = (
    "机构名称 | 发现日期 | 隐患描述 | 整改时限 | 隐患等级\n松鹤院 | 2024-03-05 | 漏电 | 2024-04-01 | 一般"
)

STAGES = [
    ("build", "before"),
    ("_insert", "after"),
    ("install", "before"),
    ("_audit", "after"),
    ("_check", "before"),
    ("sync", "before"),
    ("write_whole", "before"),
    ("write_whole", "after"),
    ("point_to", "before"),
    ("point_to", "after"),
]


@pytest.fixture
def ledgers(tmp_path: Path) -> Path:
    folder = tmp_path / "ledgers"
    folder.mkdir()
    write_workbook(folder / "大阳镇.xlsx", {"机构台账": REGISTER, "隐患台账": rows(HAZARDS)})
    return folder


def add_hazard(ledgers: Path) -> None:
    table = f"{HAZARDS}\n鹤年院 | 2024-03-06 | 漏水 | 2024-04-01 | 一般"
    write_workbook(ledgers / "巴公镇.xlsx", {"隐患台账": rows(table)})


def hazards_served(warehouse: Path) -> int:
    served = current_build(warehouse)
    assert served is not None
    with open_build(warehouse, served) as con:
        return int(fetch(con, "select count(*) as hazards from hazards")["hazards"][0])


def kill_at(stage: str, when: str, ledgers: Path, warehouse: Path) -> None:
    command = [sys.executable, "-m", "tests.etl.killed", stage, when, str(ledgers), str(warehouse)]
    finished = subprocess.run(command, capture_output=True, check=False, cwd=Path(__file__).parents[2])
    assert finished.returncode == -signal.SIGKILL, finished.stderr.decode()


@pytest.mark.parametrize(("stage", "when"), STAGES)
def test_a_load_killed_at_any_stage_leaves_a_whole_build_served(
    stage: str, when: str, ledgers: Path, tmp_path: Path
) -> None:
    warehouse = tmp_path / "warehouse"
    before = load([ledgers], warehouse, AS_OF).build
    add_hazard(ledgers)
    kill_at(stage, when, ledgers, warehouse)
    is_done = (stage, when) == ("point_to", "after")
    assert (current_build(warehouse) == before) is not is_done
    assert hazards_served(warehouse) == (2 if is_done else 1)
    again = load([ledgers], warehouse, AS_OF)
    assert (again.is_published, hazards_served(warehouse)) == (not is_done, 2)
    assert not list(warehouse.rglob("*.making*"))


def test_a_first_load_killed_publishes_nothing(ledgers: Path, tmp_path: Path) -> None:
    kill_at("_check", "before", ledgers, tmp_path / "warehouse")
    assert current_build(tmp_path / "warehouse") is None
    assert history(tmp_path / "warehouse") == []


def test_a_damaged_build_is_built_anew(ledgers: Path, tmp_path: Path) -> None:
    first = load([ledgers], tmp_path / "warehouse", AS_OF)
    build_path(tmp_path / "warehouse", first.build).write_bytes(b"cut short")
    assert load([ledgers], tmp_path / "warehouse", AS_OF).is_published
    assert hazards_served(tmp_path / "warehouse") == 1


def test_the_pointer_names_the_build_and_its_hash(ledgers: Path, tmp_path: Path) -> None:
    report = load([ledgers], tmp_path / "warehouse", AS_OF)
    pointer = json.loads((tmp_path / "warehouse" / "current.json").read_text(encoding="utf-8"))
    assert pointer["build"] == report.build
    assert len(pointer["sha256"]) == 64


def test_history_is_newest_first_and_rollback_goes_one_back(ledgers: Path, tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    first = load([ledgers], warehouse, AS_OF).build
    add_hazard(ledgers)
    second = load([ledgers], warehouse, AS_OF).build
    assert [(entry["build"], entry["is_current"]) for entry in history(warehouse)] == [
        (second, True),
        (first, False),
    ]
    assert history(warehouse)[0]["rows"]["read"] == 5
    assert rollback(warehouse) == first
    assert (current_build(warehouse), hazards_served(warehouse)) == (first, 1)
    assert rollback(warehouse, second) == second
    assert hazards_served(warehouse) == 2


def test_a_rollback_to_nothing_says_so(ledgers: Path, tmp_path: Path) -> None:
    load([ledgers], tmp_path / "warehouse", AS_OF)
    with pytest.raises(LoadError, match="没有更早的、完好的构建"):
        rollback(tmp_path / "warehouse")
    with pytest.raises(LoadError, match="没有编号为 abc 的构建"):
        rollback(tmp_path / "warehouse", "abc")


def test_loading_what_was_rolled_back_serves_it_again_without_building(ledgers: Path, tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    load([ledgers], warehouse, AS_OF)
    add_hazard(ledgers)
    second = load([ledgers], warehouse, AS_OF)
    rollback(warehouse)
    written = build_path(warehouse, second.build).stat().st_mtime_ns
    assert load([ledgers], warehouse, AS_OF).is_published
    assert current_build(warehouse) == second.build
    assert build_path(warehouse, second.build).stat().st_mtime_ns == written


def test_an_empty_frame_of_every_table_makes_an_empty_warehouse(tmp_path: Path) -> None:
    path = build_path(tmp_path, "empty")
    path.parent.mkdir(parents=True)
    build(path, {"build": build_table("empty", AS_OF, "泽州县民政局", is_example=False)}, read_campaign())
    with open_build(tmp_path, "empty") as con:
        assert fetch(con, "select count(*) as n from hazards")["n"].to_list() == [0]
        assert fetch(con, "from build").schema["as_of"] == pl.Date
