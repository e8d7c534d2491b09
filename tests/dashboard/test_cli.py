"""The command line keeps the promises of contract.md: answers on stdout, words on stderr, exit codes."""

import csv
import io
import json
import shutil
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dashboard.guard import audit
from etl.disk import write_whole
from etl.publish import point_to
from queries.catalog import catalog
from queries.evaluate import evaluate
from queries.filters import Filters
from queries.warehouse import build_path, current_build, digest, notes_path, open_build, read_notes
from tests.dashboard import warehouses

ZHIBEN = Path(sys.executable).with_name("zhiben")
DONE, NOTHING_DONE, MISUSED = 0, 1, 2


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([ZHIBEN, *words], capture_output=True, text=True, encoding="utf-8", check=False)


def test_metrics_as_json_are_the_figures_of_the_queries_unrounded(example: Path) -> None:
    answered = run(
        "metrics",
        *("--warehouse", example, "--as-of", "2026-06-30", "--township", "大箕镇", "--severity", "重大"),
        *("--by", "township", "--metric", "rectification_rate", "--format", "json"),
    )
    assert answered.returncode == DONE
    connection = open_build(example, str(current_build(example)))
    filters = Filters(townships=("大箕镇",), severities=("重大",))
    expected = evaluate(connection, "rectification_rate", date(2026, 6, 30), ("township",), filters)
    assert json.loads(answered.stdout) == [
        {"metric": "rectification_rate", "as_of": "2026-06-30", **row} for row in expected.to_dicts()
    ]


def test_a_second_day_adds_its_figures_and_the_change(example: Path) -> None:
    asked = ("metrics", "--warehouse", example, "--metric", "rectification_rate", "--format", "json")
    (now,) = json.loads(run(*asked, "--as-of", "2026-06-30").stdout)
    (before,) = json.loads(run(*asked, "--as-of", "2025-06-30").stdout)
    (both,) = json.loads(run(*asked, "--as-of", "2026-06-30", "--compare", "2025-06-30").stdout)
    earlier = {f"earlier_{name}": before[name] for name in ("numerator", "denominator", "value")}
    assert both == {**now, **earlier, "change": (now["value"] - before["value"]) * 100}


def test_every_metric_is_answered_when_none_is_named(example: Path) -> None:
    answered = run("metrics", "--warehouse", example, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(answered.stdout)))
    assert [row["metric"] for row in rows] == list(catalog())
    assert {row["as_of"] for row in rows} == {"2026-11-23"}


def test_by_township_every_town_appears_in_official_order(example: Path) -> None:
    answered = run(
        "metrics",
        "--warehouse",
        example,
        "--metric",
        "major_rectification_rate",
        "--by",
        "township",
        "--format",
        "json",
    )
    towns = [row["township"] for row in json.loads(answered.stdout)]
    assert towns[:3] == ["南村镇", "下村镇", "大东沟镇"]
    assert len(towns) == 16


def test_a_dimension_that_makes_no_sense_names_those_that_do(example: Path) -> None:
    answered = run("metrics", "--warehouse", example, "--metric", "overdue", "--by", "period")
    assert answered.returncode == MISUSED
    assert answered.stdout == ""
    assert "township" in answered.stderr


def test_an_unknown_metric_names_the_known_ones(example: Path) -> None:
    answered = run("metrics", "--warehouse", example, "--metric", "happiness")
    assert answered.returncode == MISUSED
    assert "rectification_rate" in answered.stderr


def test_a_filter_that_cannot_apply_is_ignored_with_a_word(example: Path) -> None:
    answered = run(
        "metrics", "--warehouse", example, "--metric", "self_check_rate", "--area", "消防", "--format", "json"
    )
    assert answered.returncode == DONE
    assert "不适用" in answered.stderr
    assert json.loads(answered.stdout)[0]["denominator"] > 0


@pytest.mark.parametrize(
    "kind", ["hazards", "overdue", "duties", "tasks", "actions", "refused", "warnings", "sources"]
)
def test_records_are_listed_by_kind(example: Path, kind: str) -> None:
    answered = run("records", kind, "--warehouse", example, "--format", "json")
    assert answered.returncode == DONE
    assert len(json.loads(answered.stdout)) > 0


def test_a_cell_that_a_spreadsheet_would_run_is_written_as_text(tmp_path: Path) -> None:
    from dashboard.printing import answers  # noqa: PLC0415

    assert answers([{"name": "=1+1"}], "csv").splitlines()[1] == "'=1+1"


def test_nothing_loaded_is_said(tmp_path: Path) -> None:
    answered = run("metrics", "--warehouse", tmp_path)
    assert answered.returncode == NOTHING_DONE
    assert "zhiben load" in answered.stderr


def test_data_published_by_another_version_are_said_to_be_so(tmp_path: Path) -> None:
    warehouse = warehouses.empty(tmp_path)
    with duckdb.connect(str(build_path(warehouse, "empty"))) as con:
        con.execute("drop macro campaign_from_on")
    published = {**(read_notes(warehouse, "empty") or {}), "sha256": digest(build_path(warehouse, "empty"))}
    write_whole(notes_path(warehouse, "empty"), published)
    point_to(warehouse, "empty")
    answered = run("metrics", "--warehouse", warehouse)
    assert (answered.returncode, answered.stdout) == (NOTHING_DONE, "")
    assert "另一版本" in answered.stderr
    assert "Traceback" not in answered.stderr


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    answered = run("load", tmp_path / "nowhere", "--warehouse", tmp_path / "warehouse")
    assert answered.returncode == NOTHING_DONE
    assert "nowhere" in answered.stderr
    assert "Traceback" not in answered.stderr


def one_town(shared: Path, folder: Path) -> Path:
    """The ledgers of one of the example's towns, in a folder of their own."""
    folder.mkdir(parents=True)
    for path in warehouses.one_town(shared):
        shutil.copy(path, folder)
    return folder


def test_a_load_reports_as_promised_and_can_be_taken_back(shared: Path, tmp_path: Path) -> None:
    ledgers, warehouse = one_town(shared, tmp_path / "ledgers"), tmp_path / "warehouse"
    first = load(ledgers, warehouse, "2026-11-23")
    assert first["published"] is True
    again = load(ledgers, warehouse, "2026-11-23")
    assert (again["published"], again["build"]) == (False, first["build"])
    later = load(ledgers, warehouse, "2026-11-24")
    assert later["build"] != first["build"]
    assert run("rollback", "--warehouse", warehouse).returncode == DONE
    assert current_build(warehouse) == first["build"]
    assert str(first["build"]) in run("history", "--warehouse", warehouse).stdout
    run("load", ledgers, "--warehouse", warehouse, "--dry-run")
    run("export", "bulletin", "--warehouse", warehouse, "--out", tmp_path / "通报.docx")
    log = audit.read(audit.folder(warehouse)).reverse()
    assert log["event"].to_list() == ["load", "load", "load", "rollback", "export"]
    assert log["what"][3:].to_list() == [f"构建 {first['build']}", "通报.docx"]


def test_what_comes_back_from_a_backup_is_published_and_written_down(shared: Path, tmp_path: Path) -> None:
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    one_town(shared, data / "ledgers")
    load(data / "ledgers", data / "warehouse", "2026-11-23")
    assert run("backup", "--warehouse", data / "warehouse", "--out", tmp_path / "备份.zip").returncode == DONE
    done = run("restore", tmp_path / "备份.zip", "--warehouse", elsewhere / "warehouse")
    assert done.returncode == DONE
    assert "2026-11-23" in done.stderr
    assert current_build(elsewhere / "warehouse") == current_build(data / "warehouse")
    assert audit.read(audit.folder(elsewhere / "warehouse"))["event"].to_list() == ["publish", "load"]
    assert run("doctor", "--warehouse", elsewhere / "warehouse").returncode == DONE


def test_templates_are_written(tmp_path: Path) -> None:
    assert run("templates", "--out", tmp_path).returncode == DONE
    assert len(list(tmp_path.glob("*.xlsx"))) == 9


def test_a_mapping_is_proposed_for_an_unknown_sheet(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("facility,seen on,what\n甲院,2024-03-01,线路老化\n", encoding="utf-8")
    answered = run("mapping", tmp_path / "x.csv")
    assert answered.returncode == DONE
    assert "x.csv" in tomllib.loads(answered.stdout)["ledgers"][0]["file"]


def test_workbooks_with_something_to_mend_are_handed_back(tmp_path: Path) -> None:
    (tmp_path / "机构.csv").write_text(
        "机构名称,所属乡镇\n甲敬老院,南村镇\n乙敬老院,蓬莱镇\n", encoding="utf-8"
    )
    answered = run(
        "load", tmp_path / "机构.csv", "--warehouse", tmp_path / "w", "--returned", tmp_path / "back"
    )
    assert answered.returncode == DONE
    assert [path.name for path in (tmp_path / "back").iterdir()] == ["机构.xlsx"]


def load(ledgers: Path, warehouse: Path, as_of: str) -> dict[str, object]:
    answered = run("load", ledgers, "--warehouse", warehouse, "--as-of", as_of, "--format", "json")
    assert answered.returncode == DONE
    report: dict[str, object] = json.loads(answered.stdout)
    return report


def test_a_pointer_that_cannot_be_read_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "current.json").write_text("{", encoding="utf-8")
    done = run("metrics", "--warehouse", tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "zhiben doctor" in done.stderr
