"""The command line on a lake, from its making to its figures."""

import json
from pathlib import Path
from shutil import copytree

import docx
import openpyxl
import pytest
from typer.testing import CliRunner

from dashboard.cli import app
from etl import lake as lakes
from queries.lake import Lake
from tests.dashboard import warehouses
from tests.lake.catalogue import server
from tests.lake.counties import AS_OF, EARLIER, ZEZHOU, warehouse


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == code, (result.output, result.exception)
    return result.stdout


@pytest.fixture
def loaded(shared: Path, tmp_path: Path) -> Lake:
    """A lake that holds the example, as does the county's own warehouse."""
    lake = server().lake()
    run("lake", "init", lake.dsn, "--data", str(tmp_path / "lake"))
    copytree(warehouses.example(shared), tmp_path / "own")
    lakes.push(lake, ZEZHOU.code, tmp_path / "own")
    return lake


def test_figures_lists_and_documents_are_those_of_the_countys_own(loaded: Lake, tmp_path: Path) -> None:
    own, there = ("--warehouse", str(tmp_path / "own")), ("--lake", loaded.dsn, "--county", "140525")
    for asked in (
        ("metrics", "--format", "json"),
        ("metrics", "--by", "township", "--metric", "overdue", "--as-of", "2026-06-30", "--format", "json"),
        ("records", "overdue", "--format", "csv", "--township", "大箕镇"),
    ):
        assert _same(run(*asked, *there)) == _same(run(*asked, *own))
    for place, where in (("own", own), ("lake", there)):
        run("export", "bulletin", "--out", str(tmp_path / f"{place}.docx"), *where)
    assert (tmp_path / "lake.docx").stat().st_size > 10_000


def _same(text: str) -> object:
    """Without the numbers of records, which are others in the lake."""
    if text.startswith("["):
        return json.loads(text)
    heads, *lines = text.splitlines()
    dropped = [place for place, head in enumerate(heads.split(",")) if head.endswith(("_id", "_id_1"))]
    return [[cell for place, cell in enumerate(line.split(",")) if place not in dropped] for line in lines]


def test_what_counties_published_and_the_way_back(loaded: Lake, shared: Path) -> None:
    lakes.push(loaded, ZEZHOU.code, warehouse(shared, ZEZHOU, EARLIER))
    told = run("lake", "history", loaded.dsn)
    assert told.count("泽州县") == 2
    assert "当前" in told
    run("lake", "rollback", loaded.dsn, "--county", "140525")
    assert "（回退）" in run("lake", "history", loaded.dsn, "--county", "140525")
    run("lake", "verify", loaded.dsn)
    run("lake", "expire", loaded.dsn, "--keep", "1", "--days", "0")
    assert run("lake", "history", loaded.dsn).count("泽州县") == 2, "the load gone back to, published twice"


def test_a_lost_file_is_said_and_what_to_do(loaded: Lake, tmp_path: Path) -> None:
    (lost,) = (tmp_path / "lake" / "main" / "hazards").rglob("*.parquet")
    lost.unlink()
    assert f"（正在使用）：hazards 的文件丢失：{lost}" in run("lake", "verify", loaded.dsn, code=1)


def one_town(shared: Path, tmp_path: Path) -> tuple[str, ...]:
    """The command that loads the ledgers of one of the example's towns."""
    ledgers = map(str, warehouses.one_town(shared))
    return "load", *ledgers, "--warehouse", str(tmp_path / "town"), "--as-of", str(AS_OF)


def test_a_load_is_shown_in_the_lake_and_loading_again_says_so(
    lake: Lake, shared: Path, tmp_path: Path
) -> None:
    load = one_town(shared, tmp_path)
    assert "--county" in CliRunner().invoke(app, [*load, "--lake", lake.dsn]).stderr
    run(*load, "--lake", lake.dsn, "--county", "140525")
    asked = ("metrics", "--metric", "hazards_found", "--format", "json")
    there = run(*asked, "--lake", lake.dsn)
    assert json.loads(there)[0]["value"] > 0
    assert there == run(*asked, "--warehouse", str(tmp_path / "town"))
    result = CliRunner().invoke(app, [*load, "--lake", lake.dsn, "--county", "140525"])
    assert "数据湖里已是这份数据" in result.stderr


def test_the_countys_own_warehouse_is_published_though_the_lake_is_away(shared: Path, tmp_path: Path) -> None:
    load = one_town(shared, tmp_path)
    away = "host=127.0.0.1 port=1 dbname=lake password=hunter2 connect_timeout=2"
    result = CliRunner().invoke(app, [*load, "--lake", away, "--county", "140525"])
    assert result.exit_code == 1
    assert "本县的数据仓库已更新，数据湖没有" in result.stderr
    assert "hunter2" not in result.output
    assert "rectification_rate" in run("metrics", "--warehouse", str(tmp_path / "town"), "--format", "csv")


def test_documents_of_many_counties_speak_of_counties(both: Lake, tmp_path: Path) -> None:
    bulletin, sheets = tmp_path / "通报.docx", tmp_path / "总表.xlsx"
    run("export", "bulletin", "--out", str(bulletin), "--lake", both.dsn)
    run("export", "xlsx", "--out", str(sheets), "--lake", both.dsn)
    told = "\n".join(each.text for each in docx.Document(str(bulletin)).paragraphs)
    assert "各县（市、区）民政局：" in told
    assert "二、各县区情况" in told
    book = openpyxl.load_workbook(sheets, read_only=True)
    assert {"各县区指标", "各镇指标"} <= {*book.sheetnames}
    assert book["各县区指标"]["B1"].value == "县区"
