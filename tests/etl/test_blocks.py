"""A block holds the records and nothing but the records, each with its true row."""

import datetime as dt
from pathlib import Path

import pytest

from etl.blocks import Unread, read_blocks
from tests.etl.workbooks import Rows, column, only, read_table, rows, write_workbook

HEADING = "序号 | 机构名称 | 发现日期 | 隐患描述"
RECORD = "1 | 大箕镇敬老院 | 2026-03-05 | 堆物"


def test_a_messy_sheet_gives_its_records_with_their_true_rows(tmp_path: Path) -> None:
    table = """
泽州县大箕镇养老机构隐患台账
填报单位：大箕镇民政办 |  |  | 单位：处

序号 | 机构名称 | 发现日期 | 隐患描述
1 | 大箕镇敬老院 | 2026-03-05 | 堆物

2 |  | 2026-03-06 | 灭火器过期
序号 | 机构名称 | 发现日期 | 隐患描述
3 | 二院 | 2026-03-07 | 线路老化
小计 |  |  | 3
合计 |  |  | 3
填表人：张三 |  | 审核： | 填报日期：2026年3月8日
"""
    block = read_table(tmp_path, table, ["A1:D1", "B5:B7"])
    assert (block.header_row, block.rows["row"].to_list()) == (4, [5, 7, 9])
    assert column(block, "institution") == ["大箕镇敬老院", "大箕镇敬老院", "二院"]
    assert block.reported_on == dt.date(2026, 3, 8)
    assert "大箕镇民政办" in block.origin


@pytest.mark.parametrize(
    "footer",
    [
        "合计 | 17 | |",
        "合计：17处 | | |",
        " | 合计 | | 17",
        "大箕镇小计 | | | 3",
        "3 | 大箕镇 | 小 计 | 3",
        "填表人 | 张三 | 审核人 | 李四",
        "填 表 人：张三 | | |",
        "审核： | | 负责人签字： |",
        "负责人（签字） | | |",
        "联系电话：0356-1234567 | | |",
        "填报日期 | 2026-03-08 | |",
        "2 | | |",
        "填写要求：↵1.逐项填写 | | |",
        "说明：本表每月5日前报送 | | |",
        "填写要求 | | |\n一、逐项填写，不得漏项 | | |\n二、按月报送 | 每月5日 | |",
        " | | | \n | 本表由各镇民政办于每月五日前报送县民政局养老服务股，逾期未报的予以通报 | |",
        " | | | \n | | | 2026年3月8日",
        "以下空白 | | |",
        "本月共计1条隐患 | | |",
        "单位负责人签字： | | |",
        "经办人：王五 | | |",
        "报表日期：2024-05-01 | | |",
        "（盖章） | | |",
        "大箕镇民政办 | | |",
        " | | | 大箕镇人民政府",
    ],
)
def test_what_stands_under_the_records_is_no_record(tmp_path: Path, footer: str) -> None:
    assert read_table(tmp_path, f"{HEADING}\n{RECORD}\n{footer}").rows["row"].to_list() == [2]


def test_a_merged_paragraph_under_the_records_is_no_record(tmp_path: Path) -> None:
    """Trap 2: instructions merged over several rows and all columns, after an empty row."""
    table = f"{HEADING}\n{RECORD}\n\n1.及时填写\n\n\n"
    assert read_table(tmp_path, table, ["A4:D6"]).rows["row"].to_list() == [2]


@pytest.mark.parametrize(
    "record",
    [
        "2 | 二院 | |",
        " | | | 线路老化",
        "2 | 备注养老院 | 2026-03-06 | 说明书缺失",
        "2 | 注册老年公寓 | 2026-03-06 | 堆物",
        "2 | 合计养老院 | 2026-03-06 | 堆物",
    ],
)
def test_a_thin_or_odd_record_is_still_a_record(tmp_path: Path, record: str) -> None:
    assert read_table(tmp_path, f"{HEADING}\n{RECORD}\n{record}").rows["row"].to_list() == [2, 3]


@pytest.mark.parametrize(
    "table",
    [
        """
隐患描述 | 机构名称 | 发现日期 | 整改时限
负责人签字栏空白 | 院 | 2026-03-05 | 2026-04-05
审核人未签字 | 院 | 3月5日 |
灭火器数量合计 | 院 | 46086 |
联系电话：未公示 | 院 | 2026-03-05 |
""",
        """
名称 | 单位 | 印发日期
负责人签字制度 | 大箕镇 | 2026-03-05
备注 | 大箕镇 | 2026-03-05
审核人管理办法 | 大箕镇 | 2026-03-05
说明：安全制度 | 大箕镇 | 2026-03-05
""",
        """
签字确认 | 检查日期 | 检查类型 | 机构名称
签字 | 2026-03-05 | 四不两直 | 院
是 | 2026-03-06 | 县局检查 | 院
签字 | 2026-03-07 | 县局检查 | 院
签字 | 2026-03-08 | 县局检查 | 院
""",
        """
签字确认 | 检查日期 | 检查类型 | 机构名称 | 统一社会信用代码
签字 | 2026-03-05 | 四不两直 | | 52140525MJ00000011
签字 | 2026-03-06 | 四不两直 | 院 |
""",
    ],
)
def test_a_row_that_holds_all_its_kind_requires_is_never_a_footer(tmp_path: Path, table: str) -> None:
    block = read_table(tmp_path, table.strip())
    assert block.rows["row"].to_list() == list(range(2, len(rows(table)) + 1))


@pytest.mark.parametrize(
    ("heading", "footer"),
    [
        ("机构名称 | 发现日期 | 隐患描述", "填表人：张三 | 2026-03-08 | 审核：李四"),
        ("机构名称 | 发现日期 | 隐患描述", "大箕镇小计 | 3 | 5"),
        ("机构名称 | 所属乡镇 | 床位数", "大箕镇小计 | 3家 | 50"),
        ("机构名称 | 所属乡镇 | 床位数", "填报人 | 张三 | 2026-03-08"),
    ],
)
def test_a_footer_that_fills_the_row_is_still_a_footer(tmp_path: Path, heading: str, footer: str) -> None:
    assert read_table(tmp_path, f"{heading}\n{footer}").rows["row"].to_list() == []


def test_a_paragraph_ends_where_a_complete_record_stands(tmp_path: Path) -> None:
    lines = ["注：以下为二月份", "2 | 二院 | 2026-03-06 | 堆物", "3 | 三院 | |"]
    block = read_table(tmp_path, "\n".join([HEADING, RECORD, *lines]))
    assert block.rows["row"].to_list() == [2, 4, 5]


def test_records_under_a_signature_are_still_read(tmp_path: Path) -> None:
    table = f"{HEADING}\n{RECORD}\n填表人：张三 | | |\n2 | 二院 | 2026-03-06 | 堆物"
    assert read_table(tmp_path, table).rows["row"].to_list() == [2, 4]


def test_a_title_printed_again_with_its_heading_is_no_record(tmp_path: Path) -> None:
    page = f"隐患台账\n{HEADING}\n{RECORD}"
    assert read_table(tmp_path, f"{page}\n{page}").rows["row"].to_list() == [3, 6]


@pytest.mark.parametrize(
    ("written", "reported_on"),
    [
        ("填报日期：2026年3月5日 | | |", dt.date(2026, 3, 5)),
        ("填 报 日 期 ： 2026 年 3 月 5 日 | | |", dt.date(2026, 3, 5)),
        ("填报日期 | 2026-03-05 | |", dt.date(2026, 3, 5)),
        ("填报时间： | | | 2026.3.5", dt.date(2026, 3, 5)),
        ("填报日期 | 46086 | |", dt.date(2026, 3, 5)),
        ("填表人：张三　日期：2026/3/5 | | |", dt.date(2026, 3, 5)),
        ("填报单位：大箕镇 | | | 2026年3月5日", dt.date(2026, 3, 5)),
        ("填报日期：2026年3月 | | |", None),
        ("填报日期：2026年2月31日 | | |", None),
        ("填报日期：　年　月　日 | | |", None),
        ("整改截止2026年3月5日 | | |", None),
    ],
)
@pytest.mark.parametrize("place", ["head", "foot"])
def test_the_day_of_reporting_is_read_around_the_records(
    tmp_path: Path, written: str, reported_on: dt.date | None, place: str
) -> None:
    lines = [written, HEADING, RECORD] if place == "head" else [HEADING, RECORD, written]
    assert read_table(tmp_path, "\n".join(lines)).reported_on == reported_on


def test_the_day_of_reporting_may_be_a_true_date(tmp_path: Path) -> None:
    lines: Rows = [["填报日期：", dt.date(2026, 3, 5)], *rows(HEADING), *rows(RECORD)]
    path = write_workbook(tmp_path / "20260401.xlsx", {"一": lines})
    assert only(read_blocks(path, path.name)).reported_on == dt.date(2026, 3, 5)


@pytest.mark.parametrize(
    ("file", "reported_on"),
    [
        ("大箕镇隐患台账20260305.xlsx", dt.date(2026, 3, 5)),
        ("大箕镇隐患台账2026-03-05.xlsx", dt.date(2026, 3, 5)),
        ("大箕镇隐患台账(2026.3.5).xlsx", dt.date(2026, 3, 5)),
        ("2026年3月5日大箕镇.xlsx", dt.date(2026, 3, 5)),
        ("台账20260305143000.xlsx", dt.date(2026, 3, 5)),
        ("2026-01-01至2026-03-31.xlsx", dt.date(2026, 3, 31)),
        ("大箕镇2026年3月.xlsx", None),
        ("大箕镇2026年第一季度.xlsx", None),
        ("大箕镇20261305.xlsx", None),
        ("电话13820260305.xlsx", None),
    ],
)
def test_else_the_day_of_reporting_is_a_full_day_in_the_files_name(
    tmp_path: Path, file: str, reported_on: dt.date | None
) -> None:
    path = write_workbook(tmp_path / file, {"一": [*rows(HEADING), *rows(RECORD)]})
    assert only(read_blocks(path, file)).reported_on == reported_on


def test_a_day_of_reporting_holds_for_every_ledger_of_the_sheet(tmp_path: Path) -> None:
    drills = "机构名称 | 演练日期 | 演练类型\n院 | 2026-04-05 | 疏散"
    table = f"填报日期：2026年3月5日\n{HEADING}\n{RECORD}\n\n演练\n{drills}"
    path = write_workbook(tmp_path / "a.xlsx", {"一": rows(table)})
    assert [block.reported_on for block in read_blocks(path, "a.xlsx") if not isinstance(block, Unread)] == [
        dt.date(2026, 3, 5)
    ] * 2


@pytest.mark.parametrize(("title", "is_example"), [("示例数据：隐患台账", True), ("隐患台账", False)])
def test_example_records_are_known_by_their_title(tmp_path: Path, title: str, *, is_example: bool) -> None:
    assert read_table(tmp_path, f"{title}\n{HEADING}\n{RECORD}").is_example == is_example


def test_the_cells_of_a_row_are_given_under_their_headings(tmp_path: Path) -> None:
    block = read_table(tmp_path, f"{HEADING} | 经费 | 经费\n{RECORD} | 3 | 4\n2 | 二院 | | 堆物 | |")
    assert block.cells(2) == {
        "序号": "1",
        "机构名称": "大箕镇敬老院",
        "发现日期": "2026-03-05",
        "隐患描述": "堆物",
        "经费": "3",
        "经费（第 6 列）": "4",
    }
    assert block.cells(3) == {"序号": "2", "机构名称": "二院", "隐患描述": "堆物"}
    with pytest.raises(KeyError):
        block.cells(1)


def test_a_heading_with_no_records_is_a_block_of_none(tmp_path: Path) -> None:
    block = read_table(tmp_path, HEADING)
    assert (block.kind, block.rows.height, block.rows.columns) == (
        "hazards",
        0,
        ["row", "institution", "found_on", "description"],
    )


def test_empty_sheets_are_nothing_and_sheets_without_a_ledger_are_named(tmp_path: Path) -> None:
    sheets = {"封面": [["2026年台账"]], "隐患": [*rows(HEADING), *rows(RECORD)], "Sheet3": []}
    cover, block = read_blocks(write_workbook(tmp_path / "a.xlsx", sheets, hidden="隐患"), "镇/a.xlsx")
    assert isinstance(cover, Unread)
    assert (cover.path, cover.sheet) == ("镇/a.xlsx", "封面")
    assert "没有找到认得的表头" in cover.reason
    assert (only([block]).sheet, only([block]).rows.height) == ("隐患", 1)


def test_a_file_that_cannot_be_read_is_one_entry_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_text("<html></html>")
    assert read_blocks(tmp_path / "a.xls", "a.xls") == [
        Unread("a.xls", None, "文件内容其实是网页或 XML，不是表格：请用 Excel 或 WPS 打开后另存为 xlsx")
    ]


@pytest.mark.parametrize("sheets", [{"Sheet1": [], "Sheet2": []}, {"退回说明": [["退回说明"]]}])
def test_a_workbook_that_holds_nothing_is_one_entry_saying_so(
    tmp_path: Path, sheets: dict[str, Rows]
) -> None:
    (unread,) = read_blocks(write_workbook(tmp_path / "a.xlsx", sheets), "a.xlsx")
    assert isinstance(unread, Unread)
    assert (unread.sheet, unread.reason[:4]) == (None, "没有内容")


def test_a_csv_of_blanks_is_one_entry_saying_so(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(",,,\n ,,,\n")
    (unread,) = read_blocks(tmp_path / "a.csv", "a.csv")
    assert isinstance(unread, Unread)
    assert unread.reason.startswith("没有内容")
