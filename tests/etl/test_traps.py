"""The traps of one real hazard workbook (reference/ledger-habits.md), each on a workbook of its own."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.etl.messy.quick import load_quickly
from tests.etl.messy.tiny import FUSHOU, SONGHE, Loaded, load_pages, page


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    load_quickly(monkeypatch)


def hazards(loaded: Loaded, *fields: str) -> list[tuple[Any, ...]]:
    rows = loaded.table("hazards", "found_on, hazard_number, description")
    return [tuple(row[field] for field in fields) for row in rows]


def test_trap_1_a_title_and_four_heading_rows_beside_a_sheet_of_two_without_title(tmp_path: Path) -> None:
    first = """
    泽州县养老机构安全隐患排查整治台账
    序号 | 单位名称 | 检查时间 | 隐患问题描述 | 整改责任单位 | | | | 整改期限


    | | | | 建设 | 设计 | 施工 | 监理 |
    1 | 福寿苑老年公寓 | 2025.7.17 | 灭火器过期 | | | 宏远公司 | | 2025.8.1
    2 | 福寿苑老年公寓 | 2025.7.18 | 疏散门上锁 | 院办 | | | 正信监理 | 2025.8.2
    """
    second = """
    单位名称 | 检查时间 | 隐患内容 | 整改 | | 备注
    | | | 责任人 | 期限 |
    福寿苑老年公寓 | 2025年7月19日 | 插座发热 | 张三 | 2025.8.3 | 已拍照
    """
    over_four = ["A1:I1", *(f"{column}2:{column}5" for column in "ABCDI"), "E2:H4"]
    over_two = [*(f"{column}1:{column}2" for column in "ABCF"), "D1:E1"]
    loaded = load_pages(tmp_path, page("一", first, over_four), page("二", second, over_two))
    assert loaded.report["refusals"] == []
    assert hazards(loaded, "found_on", "responsible_unit", "responsible_person", "deadline_on", "remark") == [
        (date(2025, 7, 17), "宏远公司", None, date(2025, 8, 1), None),
        (date(2025, 7, 18), "院办、正信监理", None, date(2025, 8, 2), None),
        (date(2025, 7, 19), None, "张三", date(2025, 8, 3), "已拍照"),
    ]


def test_trap_2_merged_instructions_under_the_data_and_empty_columns_at_the_right(tmp_path: Path) -> None:
    table = """
    机构名称 | 发现日期 | 隐患描述 | | |
    福寿苑老年公寓 | 2025-07-17 | 灭火器过期 | | |

    填写要求：1.发现日期填年月日；↵2.隐患描述写明位置。 | | | | |
    """
    loaded = load_pages(tmp_path, page("隐患台账", table, ["A4:F6"]))
    assert loaded.report["kinds"]["hazards"] == {
        "read": 1,
        "taken": 1,
        "merged": 0,
        "refused": 0,
        "warned": 1,
    }


def test_trap_3_rows_of_the_first_sheet_repeated_in_the_second_under_other_numbers(tmp_path: Path) -> None:
    first = """
    隐患编号 | 机构名称 | 发现日期 | 隐患描述
    1 | 福寿苑老年公寓 | 2025-07-17 | 灭火器过期
    2 | 福寿苑老年公寓 | 2025-07-17 | 疏散门上锁
    3 | 福寿苑老年公寓 | 2025-07-18 | 插座发热
    """
    second = """
    隐患编号 | 机构名称 | 发现日期 | 隐患描述
    1 | 福寿苑老年公寓 | 2025-07-18 | 插座发热。
    2 | 福寿苑老年公寓 | 2025-07-17 | 灭火器 过期
    3 | 福寿苑老年公寓 | 2025-07-20 | 通道堆物
    """
    loaded = load_pages(tmp_path, page("隐患一", first), page("隐患二", second))
    counts = {"read": 6, "taken": 4, "merged": 2, "refused": 0}
    assert loaded.report["kinds"]["hazards"] | counts == loaded.report["kinds"]["hazards"]
    assert [found_on.day for (found_on,) in hazards(loaded, "found_on")] == [17, 17, 18, 20]


SHIFTED = f"""
机构名称 | 发现日期 | 隐患描述 | 责任单位 | 责任人 | 整改完成日期 | 整改状态
{FUSHOU} | 2025-07-17 | 灭火器过期 | 2025-08-01 | 张三 | 2025-07-20 | 已整改
{FUSHOU} | 2025-07-18 | 疏散门上锁 | 院办 | 2025年8月1日 | 2025-07-20 | 已整改
{FUSHOU} | 2025-07-19 | 插座发热 | 院办 | 张三 | 已整改 |
2025-07-20 | {FUSHOU} | 通道堆物 | 院办 | 张三 | |
"""


def test_trap_4_a_date_in_a_company_column_is_set_aside_as_misplaced(tmp_path: Path) -> None:
    loaded = load_pages(tmp_path, page("隐患台账", SHIFTED))
    assert hazards(loaded, "responsible_unit") == [(None,), ("院办",), ("院办",)]
    assert loaded.rules(2, "责任单位") == {"not_a_name"}
    assert "填错列" in loaded.message("warnings", "not_a_name")


def test_trap_4_a_date_in_the_person_column_is_set_aside_as_misplaced(tmp_path: Path) -> None:
    loaded = load_pages(tmp_path, page("隐患台账", SHIFTED))
    assert hazards(loaded, "responsible_person") == [("张三",), (None,), ("张三",)]
    assert loaded.rules(3, "责任人") == {"not_a_name"}


def test_trap_4_a_status_in_the_date_of_completion_is_set_aside_as_misplaced(tmp_path: Path) -> None:
    loaded = load_pages(tmp_path, page("隐患台账", SHIFTED))
    assert [day is None for (day,) in hazards(loaded, "rectified_on")] == [False, False, True]
    (rule,) = loaded.rules(4, "整改完成日期")
    assert "填错列" in loaded.message("warnings", rule)


def test_trap_4_a_row_moved_by_one_column_is_refused_as_misplaced(tmp_path: Path) -> None:
    loaded = load_pages(tmp_path, page("隐患台账", SHIFTED))
    refused = {entry["column"]: entry["message"] for entry in loaded.report["refusals"]}
    assert set(refused) == {"机构名称", "发现日期"}
    assert "填错列" in refused["机构名称"]


def test_trap_5_line_breaks_blanks_a_full_stop_behind_a_name_and_a_dash_for_empty(tmp_path: Path) -> None:
    table = f"""
    机构名称 | 发现日期 | 隐患描述 | 责任人 | 整改措施 | 整改时限
    福寿苑↵老年公寓。 | 2025年↵7月17日 | 一楼走廊↵灭火器过期 | - | 立即↵更换 | -
    {SONGHE} 。 |  2025 年 7 月 18 日 | 插座发热 | 张三 | — | ——
    """
    loaded = load_pages(tmp_path, page("隐患台账", table))
    assert hazards(loaded, "institution", "found_on", "responsible_person", "deadline_on") == [
        (FUSHOU, date(2025, 7, 17), None, None),
        (SONGHE, date(2025, 7, 18), "张三", None),
    ]
    assert [text and text.split() for (text,) in hazards(loaded, "measures")] == [["立即", "更换"], None]


NAMES = (
    SONGHE, "松鹤养老服务中心", "泽州县松鹤养老服务中心", "泽州县大箕镇松鹤养老服务中心",
    "大箕松鹤养老服务中心", "松鹤养老中心", "大箕松鹤", "大箕敬老院", "大箕镇 松鹤（养老服务中心）",
)  # fmt: skip


def test_trap_6_one_unit_under_several_names_with_the_towns_name_within(tmp_path: Path) -> None:
    lines = [[name, f"2025-07-{place:02}", "灭火器过期"] for place, name in enumerate(NAMES, 1)]
    loaded = load_pages(tmp_path, page("隐患台账", [["机构名称", "发现日期", "隐患描述"], *lines]))
    assert hazards(loaded, "institution") == [(SONGHE,)] * len(NAMES)
    rules = {NAMES[row - 2]: rule for row, column, rule in loaded.said("warnings") if column == "机构名称"}
    shortened = ("松鹤养老服务中心", "泽州县松鹤养老服务中心", "松鹤养老中心", "大箕松鹤")
    assert rules == {**dict.fromkeys(shortened, "shortened_name"), "大箕敬老院": "former_name"}


def test_trap_7_several_numbered_hazards_in_a_cell_stay_one_and_several_persons_are_kept(
    tmp_path: Path,
) -> None:
    table = f"""
    机构名称 | 发现日期 | 隐患描述 | 责任人 | 整改时限
    {FUSHOU} | 2025-07-17 | 1、灭火器过期；2、疏散门上锁；3、插座发热 | 张三、李四、王五 | 2025-08-01
    {FUSHOU} | 2025-07-18 | ①灭火器过期↵②疏散门上锁 | 张三 | 2025-08-01
    """
    loaded = load_pages(tmp_path, page("隐患台账", table))
    assert hazards(loaded, "responsible_person") == [("张三、李四、王五",), ("张三",)]
    assert [loaded.rules(row, "隐患描述") for row in (2, 3)] == [{"several_hazards"}] * 2


def test_trap_8_a_description_of_a_major_hazard_while_the_severity_says_general(tmp_path: Path) -> None:
    table = f"""
    机构名称 | 发现日期 | 隐患描述 | 隐患等级 | 整改时限
    {FUSHOU} | 2025-07-17 | 违规使用彩钢板，属生产安全重大事故隐患 | 一般 | 2025-08-01
    {FUSHOU} | 2025-07-18 | 违规使用彩钢板，属生产安全重大事故隐患 | 重大 | 2025-08-01
    """
    loaded = load_pages(tmp_path, page("隐患台账", table))
    assert hazards(loaded, "severity", "is_major") == [("一般", False), ("重大", True)]
    assert [loaded.rules(row, "隐患描述") for row in (2, 3)] == [{"major_in_description"}, set()]
