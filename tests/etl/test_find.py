"""Headings are found anywhere and flattened; columns become fields by words, never by silent guesses."""

from pathlib import Path

import pytest

from etl.blocks import Block, Unread, read_blocks
from etl.find import find_headings
from etl.words import words
from tests.etl.workbooks import column, only, read_table, rows, sheet, write_workbook

HAZARDS = "机构名称 | 发现日期 | 隐患描述"


def kinds(table: str, name: str | None = None, file: str = "a.xlsx") -> list[list[str]]:
    found = find_headings(sheet(table, name), file, words(), None)
    return [[columns.kind for columns in one.columns] for one in found]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("整改 期限", "deadline_on"),
        ("整改↵时限", "deadline_on"),
        ("＊整改时限", "deadline_on"),
        ("整改时限：", "deadline_on"),
        ("整改时限（年月日）", "deadline_on"),
        ("【整改时限】", "deadline_on"),
        ("是否整改", "status"),
        ("整改情况", "status"),
        ("整改进度", "status"),
        ("整改要求（措施）", "measures"),
        ("整改完成时间", "rectified_on"),
        ("统一社会信用代码", "credit_code"),
    ],
)
def test_a_heading_is_known_however_it_is_written(tmp_path: Path, heading: str, field: str) -> None:
    block = read_table(tmp_path, f"{HAZARDS} | {heading}\n院 | 2026-03-05 | 堆物 | 值")
    assert column(block, field) == ["值"]
    assert block.headings[field] == heading.replace("↵", "")


@pytest.mark.parametrize("heading", ["发现时间", "排查时间", "排查日期", "检查时间"])
@pytest.mark.parametrize("unit", ["被检查单位", "单位名称", "养老机构名称"])
def test_the_same_word_means_what_its_kind_of_ledger_means(tmp_path: Path, heading: str, unit: str) -> None:
    hazards = read_table(
        tmp_path, f"{unit} | {heading} | 存在问题 | 整改情况\n院 | 2026-03-05 | 堆物 | 已整改"
    )
    assert (hazards.kind, column(hazards, "found_on")) == ("hazards", ["2026-03-05"])


def test_the_time_of_an_inspection_is_its_own_date(tmp_path: Path) -> None:
    block = read_table(
        tmp_path, "被检查单位 | 检查时间 | 检查形式 | 检查人员\n院 | 2026-03-05 | 四不两直 | 王五"
    )
    assert (block.kind, set(block.headings)) == (
        "inspections",
        {"institution", "inspected_on", "inspection_type", "inspectors"},
    )


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("机构名称 | 所属乡镇 | 床位数（张） | 入住老人数", "institutions"),
        ("机构名称 | 检查日期 | 检查类型 | 发现隐患数", "inspections"),
        ("机构名称 | 发现日期 | 隐患描述", "hazards"),
        ("培训日期 | 组织单位 | 机构名称 | 培训内容", "trainings"),
        ("机构名称 | 演练日期 | 演练类型 | 参演老人数", "drills"),
        ("受理日期 | 渠道 | 机构名称 | 反映内容", "complaints"),
        ("日期 | 活动类型 | 单位 | 参与人数", "activities"),
        ("任务编号 | 责任单位 | 责任人 | 完成日期", "task_progress"),
        ("名称 | 单位 | 类别 | 印发日期", "measures"),
    ],
)
def test_each_official_heading_is_of_its_kind(heading: str, kind: str) -> None:
    assert kinds(heading) == [[kind]]


@pytest.mark.parametrize(
    ("name", "title", "file", "kind"),
    [
        ("安全培训", "", "2026年台账.xlsx", "trainings"),
        ("Sheet1", "应急演练", "2026年台账.xlsx", "drills"),
        ("Sheet1", "", "大箕镇培训.xlsx", "trainings"),
        ("培训", "", "大箕镇演练等台账.xlsx", "trainings"),
    ],
)
def test_where_headings_do_not_decide_title_sheet_and_file_name_do(
    name: str, title: str, file: str, kind: str
) -> None:
    assert kinds(f"{title}\n单位名称 | 开展时间 | 内容 | 类型 | 组织单位", name, file) == [[kind]]


@pytest.mark.parametrize(
    ("name", "heading", "kind"),
    [
        ("隐患排查", "机构名称 | 检查日期 | 检查类型 | 发现隐患数 | 结论", "inspections"),
        ("检查记录", "被检查单位 | 检查时间 | 检查人 | 存在问题 | 整改期限 | 整改情况", "hazards"),
    ],
)
def test_required_columns_decide_before_the_sheets_name(name: str, heading: str, kind: str) -> None:
    assert kinds(heading, name) == [[kind]]


def test_a_heading_of_two_kinds_is_not_read_but_said(tmp_path: Path) -> None:
    path = write_workbook(
        tmp_path / "a.xlsx", {"Sheet1": [["单位", "日期", "类型"], ["院", "2026-03-05", "其他"]]}
    )
    (unread,) = read_blocks(path, "a.xlsx")
    assert isinstance(unread, Unread)
    assert "第 1 行的表头分不清" in unread.reason


@pytest.mark.parametrize(
    "table",
    [
        "通知 | 各镇民政办",
        "姓名 | 电话 | 职务\n张三 | 13800000000 | 院长",
        "填报单位 | 大箕镇 | 填报日期 | 2026-03-05",
        "乡镇 | 隐患数 | 整改率\n大箕镇 | 3 | 100%",
    ],
)
def test_what_is_no_ledger_has_no_heading(table: str) -> None:
    assert kinds(table) == []


def test_a_two_row_heading_is_flattened_with_or_without_merged_cells(tmp_path: Path) -> None:
    table = """
培训日期 | 组织单位 | 机构名称 | 机构负责人 |  | 一线职工 |
 |  |  | 应训 | 实训 | 应训 | 实训
2026-03-05 | 县民政局 | 院 | 1 | 1 | 9 | 8
"""
    merges = ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1"]
    for block in (read_table(tmp_path, table), read_table(tmp_path, table, merges)):
        assert (block.header_row, block.rows["row"].to_list()) == (1, [3])
        assert block.headings["attended_principals"] == "机构负责人 › 实训"
        assert column(block, "attended_frontline_staff") == ["8"]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_three_row_heading_without_merged_cells_is_flattened_each_time_it_stands(
    tmp_path: Path, suffix: str
) -> None:
    page = """机构名称,培训日期,组织单位,参训情况,,,
,,,实训,,应训,
,,,机构负责人,护理人员,机构负责人,护理人员
院,2024-12-25,县民政局,2,9,3,10
"""
    path = tmp_path / f"培训.{suffix}"
    if suffix == "csv":
        path.write_text(page * 2, "utf-8")
    else:
        write_workbook(path, {"Sheet1": [line.split(",") for line in (page * 2).splitlines()]})
    block = only(read_blocks(path, path.name))
    assert (block.header_row, block.rows["row"].to_list()) == (1, [4, 8])
    assert block.headings["expected_principals"] == "参训情况 › 应训 › 机构负责人"
    assert [column(block, f"{role}_principals")[0] for role in ("attended", "expected")] == ["2", "3"]
    assert column(block, "expected_care_staff") == ["10", "10"]


@pytest.mark.parametrize(
    "heading",
    ["应训一线职工", "一线职工应训", "应训人数（一线职工）", "一线职工（应训）", "一线员工应训人数"],
)
def test_expected_and_attended_are_known_in_one_heading_too(tmp_path: Path, heading: str) -> None:
    block = read_table(tmp_path, f"培训日期 | 组织单位 | 机构名称 | {heading}\n2026-03-05 | 院 | 院 | 9")
    assert column(block, "expected_frontline_staff") == ["9"]


def test_the_responsible_units_under_one_heading_are_joined(tmp_path: Path) -> None:
    """Trap 1: a heading merged over four rows, its second level over the lower two."""
    table = """
专项整治隐患台账
序号 | 机构名称 | 发现日期 | 隐患描述 | 整改责任单位 |  |  |
 |
 |  |  |  | 建设 | 设计 | 施工 | 监理
 |
1 | 院 | 2026-03-05 | 堆物 | 甲公司 |  | 乙公司 |
"""
    merges = ["A1:H1", "A2:A5", "B2:B5", "C2:C5", "D2:D5", "E2:H3", "E4:E5", "F4:F5", "G4:G5", "H4:H5"]
    block = read_table(tmp_path, table, merges)
    assert (block.header_row, block.rows["row"].to_list()) == (2, [6])
    assert column(block, "responsible_unit") == ["甲公司、乙公司"]
    assert block.cells(6)["整改责任单位 › 施工"] == "乙公司"


def test_a_row_of_group_names_belongs_to_the_heading(tmp_path: Path) -> None:
    table = """
序号 | 隐患情况 |  |  | 整改 |
 | 机构名称 | 发现日期 | 隐患描述 | 期限 | 完成时间
1 | 院 | 2026-03-05 | 堆物 | 2026-03-10 | 2026-03-09
"""
    block = read_table(tmp_path, table, ["A1:A2", "B1:D1", "E1:F1"])
    assert block.header_row == 1
    assert (column(block, "deadline_on"), column(block, "rectified_on")) == (["2026-03-10"], ["2026-03-09"])


def test_a_title_and_a_unit_beside_it_are_not_a_level_of_the_heading(tmp_path: Path) -> None:
    block = read_table(tmp_path, f"隐患台账 |  | 单位：处\n{HAZARDS}\n院 | 2026-03-05 | 堆物")
    assert (block.header_row, block.headings["description"]) == (2, "隐患描述")


def test_a_row_of_units_under_the_heading_belongs_to_it(tmp_path: Path) -> None:
    block = read_table(tmp_path, "机构名称 | 所属乡镇 | 床位数\n | | （张）\n院 | 大箕镇 | 30")
    assert (column(block, "beds"), block.headings["beds"]) == (["30"], "床位数 › （张）")


@pytest.mark.parametrize("heading", ["整改时间", "上报时间", "核查日期"])
def test_a_heading_of_two_meanings_is_left_open_and_named(tmp_path: Path, heading: str) -> None:
    block = read_table(tmp_path, f"{HAZARDS} | {heading}\n院 | 2026-03-05 | 堆物 | 2026-03-09")
    assert set(block.headings) == {"institution", "found_on", "description"}
    assert block.ambiguous == (heading,)
    assert block.cells(2)[heading] == "2026-03-09"


def test_the_official_heading_wins_over_other_words_without_a_question(tmp_path: Path) -> None:
    block = read_table(tmp_path, f"{HAZARDS} | 检查时间\n院 | 2026-03-05 | 堆物 | 2026-03-01")
    assert (column(block, "found_on"), block.ambiguous) == (["2026-03-05"], ())


def test_of_two_other_words_the_earlier_is_taken_and_the_later_named(tmp_path: Path) -> None:
    block = read_table(
        tmp_path, "机构名称 | 检查时间 | 发现时间 | 隐患描述\n院 | 2026-03-01 | 2026-03-05 | 堆物"
    )
    assert (column(block, "found_on"), block.ambiguous) == (["2026-03-05"], ("检查时间",))


def test_a_task_is_known_by_number_or_by_name(tmp_path: Path) -> None:
    block = read_table(tmp_path, "任务名称 | 任务编号 | 责任单位\n动员 | T1 | 大箕镇\n自查 | | 大箕镇")
    assert column(block, "task") == ["T1", "自查"]


def test_ledgers_below_one_another_are_each_found(tmp_path: Path) -> None:
    table = """
大箕镇隐患台账
机构名称 | 发现日期 | 隐患描述
院 | 2026-03-05 | 堆物

大箕镇演练记录
机构名称 | 演练日期 | 演练类型
院 | 2026-04-05 | 疏散
二院 | 2026-04-06 | 灭火
"""
    path = write_workbook(tmp_path / "a.xlsx", {"Sheet1": rows(table)})
    blocks = [block for block in read_blocks(path, "a.xlsx") if isinstance(block, Block)]
    assert [(block.kind, block.header_row, block.rows["row"].to_list()) for block in blocks] == [
        ("hazards", 2, [3]),
        ("drills", 6, [7, 8]),
    ]
    assert ["隐患" in block.origin for block in blocks] == [True, False]


def test_a_heading_after_thousands_of_rows_is_found(tmp_path: Path) -> None:
    records = [[f"院{place}", "2026-03-05", f"堆物{place}"] for place in range(2_500)]
    lines = [rows(HAZARDS)[0], *records, rows(HAZARDS)[0], ["末院", "2026-03-06", "末条"]]
    block = only(read_blocks(write_workbook(tmp_path / "a.xlsx", {"一": lines}), "a.xlsx"))
    assert (block.rows.height, block.rows["row"][-1]) == (2_501, 2_503)


def test_a_record_with_blanks_in_front_is_no_third_heading_row(tmp_path: Path) -> None:
    table = """
评估总结 | 基本信息 | | 发现问题 | 演练日期 | 机构名称
| 疏散时间 | 演练类型 | | |
| | 灭火 | 135 | | 怡和敬老院
是 | 5 | 疏散 | 0 | 2026-01-10 | 金秋敬老院
"""
    block = read_table(tmp_path, table)
    assert (block.kind, block.rows["row"].to_list()) == ("drills", [3, 4])
