"""What a build holds once installed, and how builds are opened."""

import json
import subprocess
import sys
from pathlib import Path
from typing import get_args

import duckdb
import pytest

from queries import plan
from queries.campaign import read_campaign
from queries.evaluate import evaluate
from queries.install import AS_OF, WORKED_OUT, install
from queries.parts import ActionCode, Duty, Evidence
from queries.warehouse import build_path, create, current_build, fetch, open_build
from tests.queries.warehouses import SCHEMA, day, warehouse


def published(folder: Path, build: str) -> Path:
    """An empty but complete build, and the pointer to it."""
    build_path(folder, build).parent.mkdir(parents=True)
    con = create(build_path(folder, build))
    con.execute(SCHEMA.read_text(encoding="utf-8"))
    install(con, read_campaign())
    con.close()
    (folder / "current.json").write_text(json.dumps({"build": build, "sha256": ""}))
    return folder


def test_every_table_column_and_macro_has_a_comment() -> None:
    con = warehouse()
    bare = """
        select table_name as name from duckdb_tables() where comment is null
        union all select table_name || '.' || column_name from duckdb_columns()
        where comment is null and not internal
        union all select function_name from duckdb_functions()
        where comment is null and function_type in ('macro', 'table_macro') and not internal
    """
    assert fetch(con, bare)["name"].to_list() == []


def test_any_client_can_ask_the_overdue_of_a_day() -> None:
    con = warehouse(hazards="found_on | deadline_on\n2024-05-01 | 2024-05-10\n2024-05-01 | 2024-12-31")
    assert sorted(con.execute("select hazard_id from overdue(DATE '2026-11-23')").fetchall()) == [(1,), (2,)]
    assert con.execute("select hazard_id from overdue('2024-05-11')").fetchall() == [(1,)]


def test_a_build_says_what_the_plan_says() -> None:
    con = warehouse()
    campaign = read_campaign()
    assert plan.outline(con) == campaign.outline
    assert plan.settings(con) == campaign.settings
    assert set(fetch(con, "from tasks")["task"]) == {task.task for task in campaign.tasks}
    assert fetch(con, "from duty_rules").height == len(campaign.duties)
    assert plan.thresholds(con, day("2024-01-01")).height == len(campaign.thresholds)
    assert plan.thresholds(con, day("2023-12-31")).height == 0
    assert plan.phases(con, day("2024-02-29"))["days_left"].to_list() == [0, 671, 944, 1036]
    assert plan.townships(con)["township"].to_list() == ["甲镇", "乙镇"]
    running = plan.duty_periods(con, day("2024-06-29")).filter(duty="self_check")
    assert dict(running.select("period", "is_running").iter_rows()) == {"2024Q1": False, "2024Q2": True}


def test_the_pointer_names_the_current_build(tmp_path: Path) -> None:
    assert current_build(tmp_path) is None
    assert current_build(published(tmp_path, "b1")) == "b1"


def test_a_reader_can_neither_write_nor_reach_files_nor_unlock(tmp_path: Path) -> None:
    con = open_build(published(tmp_path, "b1"), "b1")
    assert fetch(con, "from overdue($d)", {"d": day("2024-06-30")}).height == 0
    for forbidden in (
        "delete from hazards",
        "select * from read_text('/etc/hostname')",
        "set enable_external_access = true",
        "set memory_limit = '9GB'",
        "set temp_directory = '/tmp'",
    ):
        with pytest.raises(duckdb.Error):
            con.execute(forbidden)


def test_what_does_not_fit_goes_to_a_folder_that_ends_with_the_process() -> None:
    asked = """
import os
from queries.warehouse import create, lock
con = create()
lock(con, is_small=True)
settings = "select current_setting('memory_limit'), current_setting('temp_directory')"
limit, folder = con.execute(settings).fetchone()
print(limit, os.path.isdir(folder), folder)
"""
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
    limit, was_there, folder = told.rsplit(maxsplit=2)
    assert (limit, was_there, Path(folder).exists()) == ("2.7 GiB", "True", False)


def test_a_build_that_is_not_there_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(duckdb.IOException):
        open_build(tmp_path, "nothing")


@pytest.mark.parametrize(
    ("names", "path"),
    [
        (get_args(Evidence), AS_OF / "evidence_as_of.sql"),
        (get_args(ActionCode), AS_OF / "actions_as_of.sql"),
        (get_args(Duty), WORKED_OUT / "duties_met.sql"),
    ],
)
def test_every_name_the_plan_may_use_is_one_the_queries_know(names: tuple[str, ...], path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [name for name in names if name != "none" and f"'{name}'" not in text] == []


def test_two_readers_of_one_build_do_not_disturb_each_other(tmp_path: Path) -> None:
    folder = published(tmp_path, "one")
    with open_build(folder, "one") as first, open_build(folder, "one") as second:
        for reader in (first, second, first):
            assert evaluate(reader, "overdue", day("2026-01-01"))["value"].to_list() == [0]
