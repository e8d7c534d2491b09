"""Known mistakes of the sources are corrected as data; a correction that no longer matches stops by name."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from etl import LoadError, Report, load
from etl.decisions import read_decisions
from tests.etl.workbooks import rows, write_workbook

AS_OF = date(2026, 11, 23)
DATA = Path(__file__).parents[2] / "data"

REGISTER = """
机构名称 | 所属乡镇
松鹤院 | 大阳
晚晴院 | 不明镇
"""
HAZARDS = """
隐患台账
序号 | 编号 | 被检查单位 | 排查时间 | 隐患内容 | 整改期限 | 隐患等级
1 | H1 | 松鹤院 | 2042.3.5 | 漏电 | 2024-04-01 | 一般
2 | H2 | 松鹤院 | 2024.3.6 | 漏水 | 2024-04-01 | 一搬
3 | H3 | 松鹤院 | 2024.3.7 | 缺灯 | 2024-04-01 | 一搬
"""
DECIDED = 'why = "核对过"\ndecided_by = "张三"\ndecided_on = 2026-11-20\n'
YEAR = """
name = "年份"
file = "大阳*.xlsx"
row = 3
field = "排查时间"
was = "2042.3.5"
instead = "2024-03-05"
"""


def corrections(*entries: str) -> str:
    return "\n".join(f"[[corrections]]\n{entry.strip()}\n{DECIDED}" for entry in entries)


Loaded = Callable[..., Report]


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    ledgers, root = tmp_path / "ledgers", tmp_path / "data"
    ledgers.mkdir()
    copytree(DATA / "reference", root / "reference")
    (root / "campaign.toml").write_bytes((DATA / "campaign.toml").read_bytes())
    write_workbook(ledgers / "名册.xlsx", {"机构台账": rows(REGISTER)})
    write_workbook(ledgers / "大阳七月.xlsx", {"隐患台账": rows(HAZARDS)})

    def run(*entries: str) -> Report:
        (root / "corrections.toml").write_text(corrections(*entries), "utf-8")
        return load([ledgers], tmp_path / "warehouse", AS_OF, root=root, dry_run=True)

    return run


def said(report: Report, row: int, path: str = "大阳七月.xlsx") -> list[tuple[str, str, str | None]]:
    entries: list[dict[str, Any]] = report.refusals() + report.warnings()
    return [
        (entry["rule"], entry["column"], entry["value"])
        for entry in entries
        if (entry["path"], entry["row"]) == (path, row)
    ]


def test_without_its_correction_the_row_is_refused(loaded: Loaded) -> None:
    assert said(loaded(), 3) == [("impossible_date", "排查时间", "2042.3.5")]


@pytest.mark.parametrize("field", ["排查时间", "发现日期", "found_on", "排查 时间"])
@pytest.mark.parametrize("file", ["大阳*.xlsx", "大阳七月.xlsx", "*七月*"])
def test_a_corrected_cell_is_taken_and_told(loaded: Loaded, field: str, file: str) -> None:
    entry = YEAR.replace("排查时间", field).replace("大阳*.xlsx", file)
    assert said(loaded(entry), 3) == [("corrected", "排查时间", "2042.3.5")]


def test_the_warning_says_what_stands_there_what_is_taken_and_why(loaded: Loaded) -> None:
    (warning,) = [entry for entry in loaded(YEAR).warnings() if entry["rule"] == "corrected"]
    assert warning["message"] == "“排查时间”写的“2042.3.5”已按更正清单改为“2024-03-05”（年份：核对过）。"


def test_corrections_are_part_of_the_build(loaded: Loaded) -> None:
    assert loaded().build != loaded(YEAR).build == loaded(YEAR).build


def test_a_correction_may_name_the_record(loaded: Loaded) -> None:
    entry = """
name = "等级"
kind = "hazards"
record = { institution = "松鹤院", found_on = 2024-03-06, description = "漏 水。" }
field = "隐患等级"
was = "一搬"
instead = "一般"
"""
    report = loaded(entry)
    assert said(report, 4) == [("corrected", "隐患等级", "一搬")]
    assert said(report, 5) == [("severity_unclear", "隐患等级", "一搬")]


def test_without_a_row_every_cell_that_says_so_is_corrected(loaded: Loaded) -> None:
    entry = (
        'name = "等级"\nfile = "大阳*"\nsheet = "隐患*"\nfield = "severity"\nwas = "一搬"\ninstead = "一般"'
    )
    report = loaded(entry)
    assert [said(report, row) for row in (4, 5)] == [[("corrected", "隐患等级", "一搬")]] * 2


def test_a_cell_may_be_blanked_and_a_blank_one_filled(loaded: Loaded) -> None:
    blanked = 'name = "a"\nfile = "大阳*"\nrow = 4\nfield = "整改期限"\nwas = "2024-04-01"\ninstead = ""'
    filled = 'name = "b"\nfile = "大阳*"\nrow = 5\nfield = "备注"\nwas = ""\ninstead = "核对过"'
    report = loaded(blanked, filled)
    assert ("deadline_missing", "整改期限", "2024-04-01") in said(report, 4)
    assert ("corrected", "备注", None) in said(report, 5)


def test_a_row_of_the_register_may_be_corrected(loaded: Loaded) -> None:
    entry = 'name = "镇"\nfile = "名册*"\nrow = 3\nfield = "所属乡镇"\nwas = "不明镇"\ninstead = "巴公镇"'
    assert said(loaded(), 3, "名册.xlsx") == [("township_not_found", "所属乡镇", "不明镇")]
    assert said(loaded(entry), 3, "名册.xlsx") == [("corrected", "所属乡镇", "不明镇")]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("2042.3.5", "2043.3.5", "那里写的是“2042.3.5”，不是“2043.3.5”"),
        ("row = 3", "row = 30", "找不到它说的文件、工作表、行或列"),
        ("大阳*", "川底*", "找不到它说的文件、工作表、行或列"),
        ("排查时间", "排查日", "找不到它说的文件、工作表、行或列"),
        ("row = 3", "row = 3\nsheet = '检查*'", "找不到它说的文件、工作表、行或列"),
        ("row = 3", "row = 3\nkind = 'drills'", "找不到它说的文件、工作表、行或列"),
    ],
)
def test_a_correction_that_no_longer_matches_stops_with_its_name(
    loaded: Loaded, old: str, new: str, why: str
) -> None:
    with pytest.raises(LoadError) as raised:
        loaded(YEAR.replace(old, new))
    assert "更正“年份”对不上" in str(raised.value)
    assert why in str(raised.value)


def test_two_corrections_of_one_cell_are_refused(loaded: Loaded) -> None:
    with pytest.raises(LoadError, match="更正“又一条”与另一条更正改的是同一格"):
        loaded(YEAR, YEAR.replace("年份", "又一条"))


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("instead", "insted", "不认识的键 insted"),
        ("row = 3", "row = '3'", "row：应为整数"),
        ('file = "大阳*.xlsx"', "", "要写明 file，或写 kind 与 record"),
        ("row = 3", "kind = 'hazard'", "kind：不认识 hazard"),
        ("row = 3", "record = { found_on = 2024-03-05 }", "写了 record 就要写 kind"),
        ("row = 3", "row = 3\nkind = 'hazards'\nrecord = { found_on = 2024-03-05 }", "row 与 record 只能"),
        ("row = 3", "kind = 'hazards'\nrecord = { found = 2024-03-05 }", "不认识 found"),
        ("row = 3", "kind = 'hazards'\nrecord = { found_on = '2024' }", "found_on：应为日期"),
        ("row = 3", "kind = 'hazards'\nrecord = { description = 3 }", "description：应为文字"),
        ("2024-03-05", " 2042.3.5", "was 与 instead 相同"),
    ],
)
def test_what_a_correction_gets_wrong_is_named(tmp_path: Path, old: str, new: str, named: str) -> None:
    (tmp_path / "corrections.toml").write_text(corrections(YEAR.replace(old, new)), "utf-8")
    with pytest.raises(LoadError) as raised:
        read_decisions(tmp_path)
    assert "corrections.toml 第 1 项" in str(raised.value)
    assert named in str(raised.value)


def test_corrections_have_names_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "corrections.toml").write_text(corrections(YEAR, YEAR), "utf-8")
    with pytest.raises(LoadError, match="有两条更正都叫“年份”"):
        read_decisions(tmp_path)
