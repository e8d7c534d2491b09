"""Workbooks in, a warehouse and the report of contract.md out."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from etl import LoadError, Report, load, summary
from queries.warehouse import fetch, open_build
from tests.etl.workbooks import rows, write_workbook

AS_OF = date(2026, 11, 23)
REAL = Path(__file__).parents[3] / "shared" / "real"
NURSING_HOMES = Path(__file__).parent.parent / "mappings" / "nursing_homes.toml"

REGISTER = """
机构名称 | 统一社会信用代码 | 所属乡镇 | 床位数 | 曾用名
松鹤院 | C1 | 大阳镇 | 100张 | 老松院
鹤年颐养中心 | C2 | 巴公镇 | 五十 |
新院 | C3 | 巴山镇 | 10 |
"""
HAZARDS = """
泽州县大阳镇养老机构隐患台账
填报日期：2024年7月1日
序号 | 隐患编号 | 被检查单位 | 排查时间 | 隐患内容 | 整改期限 | 整改完成日期 | 整改情况
1 | H1 | 松鹤院 | 2024.3.5 | 漏电 | 7天 | 3月9日 | 已销号
2 | H2 | 老松院 | 3月6日 | 漏水 | 2024-04-01 | |
3 | H3 | 乌有院 | 2024-03-06 | 缺灯 | 2024-04-01 | |
4 | H4 | 松鹤院 | 2024-02-30 | 缺灯 | 2024-04-01 | |
合计 | 4 | | | | | |
"""
AGAIN = """
隐患编号 | 机构名称 | 发现日期 | 隐患描述 | 整改完成日期
H2 | 松鹤院 | 2024-03-06 | 漏水 | 2024-08-01
"""


@pytest.fixture
def ledgers(tmp_path: Path) -> Path:
    folder = tmp_path / "ledgers"
    (folder / "机构").mkdir(parents=True)
    write_workbook(folder / "名册.xlsx", {"机构台账": rows(REGISTER)})
    write_workbook(folder / "大阳镇2024-07-01.xlsx", {"隐患台账": rows(HAZARDS)})
    write_workbook(folder / "机构" / "松鹤院2024-09-01.xlsx", {"隐患": rows(AGAIN)})
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04 cut short")
    (folder / "~$名册.xlsx").write_bytes(b"lock")
    return folder


Loader = Callable[..., Report]


@pytest.fixture
def loaded(ledgers: Path, tmp_path: Path) -> Loader:
    return lambda *paths, **options: load(list(paths) or [ledgers], tmp_path / "warehouse", AS_OF, **options)


def test_the_report_has_the_contracts_shape(loaded: Loader) -> None:
    report = loaded().as_dict()
    assert list(report) == ["build", "as_of", "published", "rows", "kinds", "files", "refusals", "warnings"]
    assert (report["as_of"], report["published"]) == ("2026-11-23", True)
    assert list(report["rows"]) == ["read", "taken", "merged", "refused", "warned"]
    assert list(report["files"][0]) == ["path", "sheet", "kind", "header_row", "rows", "reason"]
    assert list(report["refusals"][0]) == ["path", "sheet", "row", "column", "value", "rule", "message"]
    assert list(report["warnings"][0]) == list(report["refusals"][0])
    json.dumps(report)


def test_every_row_read_ends_in_exactly_one_of_taken_merged_refused(loaded: Loader) -> None:
    report = loaded().as_dict()
    for counts in (report["rows"], *report["kinds"].values(), *(file["rows"] for file in report["files"])):
        assert counts["read"] == counts["taken"] + counts["merged"] + counts["refused"]
    assert report["rows"] == {"read": 8, "taken": 4, "merged": 1, "refused": 3, "warned": 3}
    assert report["kinds"]["hazards"] == {"read": 5, "taken": 2, "merged": 1, "refused": 2, "warned": 3}


def test_a_refusal_names_file_sheet_row_and_column_as_excel_shows_them(loaded: Loader) -> None:
    refusals = loaded().as_dict()["refusals"]
    places = {
        (entry["path"], entry["row"], entry["column"], entry["value"], entry["rule"]) for entry in refusals
    }
    assert places == {
        ("名册.xlsx", 4, "所属乡镇", "巴山镇", "township_not_found"),
        ("大阳镇2024-07-01.xlsx", 6, "被检查单位", "乌有院", "institution_not_found"),
        ("大阳镇2024-07-01.xlsx", 7, "排查时间", "2024-02-30", "impossible_date"),
    }


def test_a_file_that_cannot_be_read_is_an_entry_with_a_reason(loaded: Loader) -> None:
    (broken,) = [file for file in loaded().as_dict()["files"] if file["reason"]]
    assert (broken["path"], broken["kind"], broken["rows"]["read"]) == ("坏.xlsx", None, 0)


def test_loading_the_same_again_publishes_nothing(loaded: Loader) -> None:
    first, second = loaded().as_dict(), loaded().as_dict()
    assert (first.pop("published"), second.pop("published")) == (True, False)
    assert first == second


def test_a_dry_run_reports_and_publishes_nothing(loaded: Loader, tmp_path: Path) -> None:
    report = loaded(dry_run=True).as_dict()
    assert (report["published"], report["rows"]["taken"]) == (False, 4)
    assert not (tmp_path / "warehouse").exists()
    assert report["build"] == loaded().build


def test_the_order_of_the_paths_does_not_matter(ledgers: Path, tmp_path: Path) -> None:
    files = sorted(file for file in ledgers.rglob("*.xlsx") if "~" not in file.name)
    forth = load(files, tmp_path / "forth", AS_OF)
    back = load(files[::-1], tmp_path / "back", AS_OF)
    assert forth.build == back.build
    for table in ("institutions", "hazards", "record_sources", "refused_rows", "source_files"):
        frames = [
            fetch(open_build(tmp_path / side, forth.build), f"from {table}") for side in ("forth", "back")
        ]
        assert frames[0].equals(frames[1]), table


def test_the_warehouse_holds_what_the_report_says(loaded: Loader, tmp_path: Path) -> None:
    build = loaded().build
    with open_build(tmp_path / "warehouse", build) as con:
        hazards = fetch(
            con, "select hazard_number, found_on, deadline_on, rectified_on from hazards order by all"
        )
        refused = fetch(con, "select rule, cells from refused_rows where rule = 'institution_not_found'")
        sources = fetch(con, "from source_files order by block_id")
    assert hazards.rows() == [
        ("H1", date(2024, 3, 5), date(2024, 3, 12), date(2024, 3, 9)),
        ("H2", date(2024, 3, 6), date(2024, 4, 1), date(2024, 8, 1)),
    ]
    assert json.loads(refused["cells"][0])["隐患内容"] == "缺灯"
    towns = dict(sources.select("path", "township_id").iter_rows())
    assert towns == {
        "名册.xlsx": None,
        "大阳镇2024-07-01.xlsx": 10,
        "坏.xlsx": None,
        "机构/松鹤院2024-09-01.xlsx": 10,
    }


def test_refused_rows_come_back_as_a_workbook_of_plain_text(ledgers: Path, tmp_path: Path) -> None:
    table = HAZARDS.replace("乌有院", "=1+1")
    write_workbook(ledgers / "大阳镇2024-07-01.xlsx", {"隐患台账": rows(table)})
    load([ledgers], tmp_path / "warehouse", AS_OF, refused=tmp_path / "refused.xlsx")
    lines = CalamineWorkbook.from_path(tmp_path / "refused.xlsx").get_sheet_by_index(0).to_python()
    assert lines[0] == ["文件", "工作表", "行", "列", "所填", "原因与处理办法", "整行内容"]
    assert ["大阳镇2024-07-01.xlsx", "隐患台账", 6.0, "被检查单位"] in [line[:4] for line in lines]
    assert any("隐患内容：缺灯" in str(line[6]) for line in lines[1:])


def test_a_mix_of_example_and_real_ledgers_is_not_loaded(ledgers: Path, loaded: Loader) -> None:
    write_workbook(ledgers / "例.xlsx", {"隐患台账": rows(f"示例数据{HAZARDS}")})
    with pytest.raises(LoadError, match="示例数据与真实台账不能放在一起"):
        loaded()


def test_ledgers_all_marked_as_examples_make_an_example_build(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "示例数据.xlsx", {"机构台账": rows(REGISTER)})
    report = load([path], tmp_path / "warehouse", AS_OF)
    with open_build(tmp_path / "warehouse", report.build) as con:
        assert fetch(con, "from build").row(0, named=True) == {
            "build": report.build,
            "as_of": AS_OF,
            "county": "泽州县民政局",
            "is_example": True,
        }


def test_nothing_to_load_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="里没有台账文件"):
        load([tmp_path], tmp_path / "warehouse", AS_OF)
    with pytest.raises(LoadError, match="找不到"):
        load([tmp_path / "nowhere"], tmp_path / "warehouse", AS_OF)


def test_a_load_of_which_nothing_is_taken_leaves_the_old_build(ledgers: Path, loaded: Loader) -> None:
    loaded()
    report = loaded(ledgers / "大阳镇2024-07-01.xlsx")
    assert (report.is_published, report.counts()["refused"]) == (False, 4)


def test_another_day_or_ledger_is_another_build(ledgers: Path, tmp_path: Path) -> None:
    builds = {load([ledgers], tmp_path, day, dry_run=True).build for day in (AS_OF, date(2026, 11, 22))}
    (ledgers / "坏.xlsx").unlink()
    builds.add(load([ledgers], tmp_path, AS_OF, dry_run=True).build)
    assert len(builds) == 3


def test_the_summary_counts_and_names_what_is_left_out(loaded: Loader) -> None:
    text = summary(loaded())
    assert "读到 8 行：计入 4，并入 1，未计入 3；有提醒 3 行。" in text
    assert "未读入：坏.xlsx" in text
    assert "大阳镇2024-07-01.xlsx 隐患台账 第6行" in text


@pytest.mark.skipif(not REAL.exists(), reason="the public records are not part of the project")
def test_another_authoritys_records_load_by_a_mapping_alone(tmp_path: Path) -> None:
    report = load([REAL], tmp_path, date(2022, 1, 1), mappings=[NURSING_HOMES])
    assert report.as_dict()["kinds"]["hazards"]["read"] == 649 + 1008
    assert report.counts()["refused"] == 0
    set_aside = report.issues.filter(effect="set_aside").select("path", "column", "rule")
    assert set_aside.rows() == [("health-citations.csv", "correction_date", "before_start")]
    with open_build(tmp_path, report.build) as con:
        fire = fetch(
            con,
            """
            select count(*) as found, count(*) filter (where rectified_on is null) as unrectified
            from hazards
            join record_sources on record_sources.kind = 'hazards' and record_id = hazard_id
            join source_files using (block_id)
            where path = 'fire-safety-citations.csv'
            """,
        )
    assert fire.rows() == [(649, 40)]


def test_a_file_named_twice_is_read_once_and_namesakes_are_told_apart(ledgers: Path, tmp_path: Path) -> None:
    for folder in ("甲", "乙"):
        (tmp_path / folder).mkdir()
        write_workbook(tmp_path / folder / "名册.xlsx", {"机构台账": rows(REGISTER)})
    named = load([ledgers, ledgers / "机构"], tmp_path / "w", AS_OF, dry_run=True).as_dict()["files"]
    assert len(named) == 4
    both = [tmp_path / "乙" / "名册.xlsx", tmp_path / "甲" / "名册.xlsx"]
    paths = [file["path"] for file in load(both, tmp_path / "w", AS_OF, dry_run=True).as_dict()["files"]]
    assert paths == ["乙/名册.xlsx", "甲/名册.xlsx"]


def test_each_file_is_announced(ledgers: Path, tmp_path: Path) -> None:
    heard: list[str] = []
    load([ledgers], tmp_path / "w", AS_OF, dry_run=True, progress=heard.append)
    assert heard == ["名册.xlsx", "坏.xlsx", "大阳镇2024-07-01.xlsx", "机构/松鹤院2024-09-01.xlsx"]
