"""Rows of one record become one, whatever the order they are read in."""

from datetime import date
from itertools import permutations

import pytest

from etl.blocks import Block
from etl.intake import Intake
from tests.etl.judging import block, issues, judged, records

HAZARD = "hazard_number | institution | found_on | description | rectified_on | status"
HOME = "夕阳红养老服务中心"


def hazards(path: str, *rows: str, sheet: str = "隐患", sent_on: date | None = None) -> Block:
    return block("hazards", "\n".join([HAZARD, *rows]), path=path, sheet=sheet, sent_on=sent_on)


def row(
    number: str = "", found: str = "2024-03-05", text: str = "漏电", rectified: str = "", status: str = ""
) -> str:
    return f"{number} | {HOME} | {found} | {text} | {rectified} | {status}"


def fates(intake: Intake, kind: str = "hazards") -> list[bool]:
    return intake.taken[kind].sources["is_winning"].to_list()


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        (row("1"), row("1"), 1),
        (row("1"), row("1", found="2024-03-06"), 1),
        (row("ZZ-1"), row("ZZ-1", text="漏水"), 1),
        (row("ZZ-001"), row("ＺＺ—001", found="2024-03-06"), 1),
        (row("1"), row("1", text="漏水"), 2),
        (row("1", text="三楼东侧应急照明灯不亮"), row("1", text="三楼东侧应急照明灯不亮了"), 1),
        (row("1"), row("9"), 1),
        (row(), row("9"), 1),
        (row(text="漏电。"), row(text="漏 电"), 1),
        (row("1"), row("1", found="2024-03-06", text="漏水"), 2),
        (row("1"), row("2", text="漏水"), 2),
        (row(), row(found="2024-03-06"), 2),
        (row(), row(text="漏水"), 2),
    ],
)
def test_two_of_number_day_and_text_make_one_hazard_in_two_files(one: str, other: str, count: int) -> None:
    assert len(records("hazards", hazards("甲.xlsx", one), hazards("乙.xlsx", other))) == count
    assert (
        len(records("hazards", hazards("甲.xlsx", one), hazards("甲.xlsx", other, sheet="另一表"))) == count
    )


@pytest.mark.parametrize(
    ("other", "count"),
    [(row("1"), 1), (row("2"), 2), (row("1", rectified="2024-03-09"), 2), (row("1", text="漏水"), 2)],
)
def test_in_one_sheet_only_exact_repeats_are_one(other: str, count: int) -> None:
    assert len(records("hazards", hazards("甲.xlsx", row("1"), other))) == count


def test_a_third_row_never_joins_two_of_one_sheet() -> None:
    first = hazards("甲.xlsx", row("1"), row("2"))
    assert len(records("hazards", first, hazards("乙.xlsx", row()))) == 2


def test_the_same_workbook_sent_twice_changes_nothing() -> None:
    lines = (row("1"), row("2"), row(), row(text="漏水"), row(rectified="2024-03-09"))
    assert len(records("hazards", hazards("甲.xlsx", *lines))) == len(
        records("hazards", hazards("甲.xlsx", *lines), hazards("乙.xlsx", *lines))
    )


def test_a_value_beats_a_blank_and_the_later_report_wins() -> None:
    older = hazards("甲.xlsx", row("1", rectified="2024-03-09", status="整改中"), sent_on=date(2024, 4, 1))
    newer = hazards("乙.xlsx", row("1", status="已整改"), sent_on=date(2024, 5, 1))
    (kept,) = records("hazards", older, newer)
    assert (kept["rectified_on"], kept["status"]) == (date(2024, 3, 9), "已整改")
    assert fates(judged(older, newer)) == [False, True]


def test_without_report_dates_the_later_event_wins() -> None:
    older = hazards("丙.xlsx", row("1", status="整改中"))
    newer = hazards("甲.xlsx", row("1", rectified="2024-03-09", status="已整改"))
    assert records("hazards", older, newer)[0]["status"] == "已整改"


def test_a_difference_is_warned_of_on_the_row_that_wins() -> None:
    older = hazards("甲.xlsx", row("H-1", text="漏水"), sent_on=date(2024, 4, 1))
    newer = hazards("乙.xlsx", row("H-1"), sent_on=date(2024, 5, 1))
    intake = judged(older, newer)
    (differing,) = intake.taken["hazards"].issues.filter(rule="rows_differ").to_dicts()
    assert (differing["field"], differing["effect"]) == ("description", "warn")
    assert "漏水" in differing["detail"]
    (winner,) = intake.taken["hazards"].sources.filter("is_winning")["row_id"]
    assert differing["row_id"] == winner


RETURNED = "打回重改"


@pytest.mark.parametrize(
    ("reports", "rectified"),
    [
        ([row("1", rectified="2024-03-09"), row("1", status=RETURNED)], None),
        ([row("1", rectified="2024-03-09"), row("1", rectified="2024-03-09", status=RETURNED)], None),
        (
            [row("1", rectified="2024-03-09"), row("1", status=RETURNED), row("1", rectified="2024-03-20")],
            date(2024, 3, 20),
        ),
        ([row("1", rectified="2024-03-09"), row("1", status="待复查")], date(2024, 3, 9)),
    ],
)
def test_a_later_return_takes_the_rectification_back(reports: list[str], rectified: date | None) -> None:
    sent = [
        hazards(f"{month}.xlsx", line, sent_on=date(2024, month, 1)) for month, line in enumerate(reports, 4)
    ]
    for order in permutations(sent):
        assert records("hazards", *order)[0]["rectified_on"] == rectified


@pytest.mark.parametrize("status", [RETURNED, "复查不合格，打回重改", "打回重改（线路未换）"])
def test_a_row_sent_back_has_no_rectification_of_its_own(status: str) -> None:
    said = hazards("甲.xlsx", row("1", rectified="2024-03-09", status=status))
    (kept,) = records("hazards", said)
    assert (kept["rectified_on"], kept["status"]) == (None, RETURNED)
    assert ("warn", "status", "returned") in issues("hazards", said)


@pytest.mark.parametrize("status", ["打回重改后已整改", "未打回"])
def test_a_row_no_longer_sent_back_keeps_its_rectification(status: str) -> None:
    said = hazards("甲.xlsx", row("1", rectified="2024-03-09", status=status))
    assert records("hazards", said)[0]["rectified_on"] == date(2024, 3, 9)


@pytest.mark.parametrize("paths", [("甲.xlsx", "乙.xlsx"), ("乙.xlsx", "甲.xlsx")])
def test_of_undated_reports_the_one_sent_back_is_the_newer(paths: tuple[str, str]) -> None:
    done, back = (
        hazards(path, line)
        for path, line in zip(
            paths, (row("1", rectified="2024-03-09", status="已整改"), row("1", status=RETURNED)), strict=True
        )
    )
    (kept,) = records("hazards", done, back)
    assert (kept["rectified_on"], kept["status"]) == (None, RETURNED)
    assert ("warn", "status", "returned") in issues("hazards", done, back)


def test_the_order_of_reading_does_not_matter() -> None:
    blocks = [
        hazards("甲.xlsx", row("1"), row("2", text="漏水"), sent_on=date(2024, 4, 1)),
        hazards("乙.xlsx", row("1", found="2024-03-06", rectified="2024-03-09"), sent_on=date(2024, 5, 1)),
        hazards(
            "丙.xlsx", row("", text="漏水", status="整改中"), row("7", text="缺灯"), sent_on=date(2024, 6, 1)
        ),
    ]
    answers = [records("hazards", *order) for order in permutations(blocks)]
    plain = [[{**hazard, "winner": 0, "record": 0} for hazard in answer] for answer in answers]
    assert all(answer == plain[0] for answer in plain)
    assert len(plain[0]) == 3


@pytest.mark.parametrize(
    ("one", "other", "listed"),
    [
        (row("1"), row("1", found="2024-03-06", text="漏水"), True),
        (row("1", text="三楼东侧应急照明灯不亮"), row("2", text="三楼东侧应急照明灯不亮了"), True),
        (row("1", text="三楼东侧应急照明灯不亮"), row("2", text="厨房燃气报警器缺失"), False),
        (row("1", text="三楼东侧应急照明灯不亮"), row("2", text="二楼东侧应急照明灯不亮"), False),
        (row("1", text="三楼东侧应急照明灯不亮"), row("2", text="3楼东侧应急照明灯不亮"), True),
        (row("1", text="三楼东侧应急照明灯不亮"), row("2", text="楼东侧应急照明灯不亮"), True),
        (row("1", text="楼东侧12号应急照明灯不亮"), row("2", text="楼东侧13号应急照明灯不亮"), False),
        (row("1", text="三楼东侧应急照明灯不亮"), row("2", text="三楼西侧应急照明灯不亮"), False),
        (row("1", text="三楼东侧应急照明灯不亮"), row("2", text="三楼应急照明灯不亮"), True),
        (row("1", text="A栋东侧应急照明灯不亮"), row("2", text="b栋东侧应急照明灯不亮"), False),
        (row("1"), row("2", found="2024-03-06"), False),
    ],
)
def test_possible_duplicates_stay_two_and_are_listed(one: str, other: str, listed: bool) -> None:
    blocks = (hazards("甲.xlsx", one, other),)
    assert len(records("hazards", *blocks)) == 2
    assert ("warn", "description", "possible_duplicate") in issues("hazards", *blocks) or not listed
    assert any(rule == "possible_duplicate" for _, _, rule in issues("hazards", *blocks)) == listed


VISIT = "institution | inspected_on | inspection_type | conclusion"


@pytest.mark.parametrize(
    ("kind", "heads", "one", "other", "count"),
    [
        ("inspections", VISIT, f"{HOME} | 2024-03-05 | 自查 | 好", f"{HOME} | 2024.3.5 | 机构自查 |", 1),
        ("inspections", VISIT, f"{HOME} | 2024-03-05 | 自查 |", f"{HOME} | 2024-03-05 | 镇级 |", 2),
        (
            "complaints",
            "received_on | institution | content",
            f"2024-03-05 | {HOME} | 饭冷。",
            f"2024-03-05 | {HOME} | 饭 冷",
            1,
        ),
        (
            "activities",
            "held_on | activity_type | unit",
            "2024-03-05 | 动员会 | 巴公镇",
            "2024-03-05 | 动员部署会 | 巴公镇民政办",
            1,
        ),
        (
            "activities",
            "held_on | activity_type | unit",
            "2024-03-05 | 动员会 | 巴公镇",
            "2024-03-05 | 动员会 | 县民政局",
            2,
        ),
        ("task_progress", "task | unit | done_on", "D02 | 巴公镇 |", "召开动员会议 | 巴公 | 2024-02-01", 1),
        (
            "measures",
            "measure | unit | issued_on",
            "《安全制度》 | 巴公镇 | 2024-03-05",
            "安全制度 | 巴公镇 | 2024-03-06",
            1,
        ),
        (
            "trainings",
            "trained_on | organiser | institution",
            f"2024-03-05 | 本机构 | {HOME}",
            f"2024-03-05 | {HOME} | {HOME}",
            1,
        ),
    ],
)
def test_other_kinds_are_one_by_their_key(kind: str, heads: str, one: str, other: str, count: int) -> None:
    assert len(records(kind, block(kind, f"{heads}\n{one}\n{other}"))) == count


INSTITUTION = "institution | credit_code | township | beds | former_names"


def register(path: str, *rows: str, sent_on: date | None = None) -> Block:
    return block("institutions", "\n".join([INSTITUTION, *rows]), path=path, sent_on=sent_on)


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("松鹤院 | C1 | 大阳镇 | 10 |", "松鹤养老院 | C1 | 大阳镇 | 12 |", 1),
        ("松鹤院 | | 大阳镇 | 10 |", "泽州县大阳镇松鹤院 | | 大阳镇 | 12 |", 1),
        ("松鹤院 | C1 | 大阳镇 | 10 |", "松鹤院 | | 大阳镇 | 12 |", 1),
        ("松鹤院 | | 大阳镇 | 10 |", "鹤年院 | | 大阳镇 | 12 | 松鹤院", 1),
        ("松鹤院 | C1 | 大阳镇 | 10 |", "松鹤院 | C2 | 大阳镇 | 12 |", 2),
        ("松鹤院 | | 大阳镇 | 10 |", "松鹤院 | | 山河镇 | 12 |", 2),
    ],
)
def test_an_institution_is_one_by_code_else_by_name(one: str, other: str, count: int) -> None:
    found = records("institutions", register("甲.xlsx", one), register("乙.xlsx", other))
    named = [home for home in found if "鹤" in home["institution"]]
    assert len(named) == count
    assert len({home["institution"] for home in named}) == count


def test_an_older_name_of_an_institution_still_finds_it() -> None:
    older = register("甲.xlsx", "松鹤院 | C1 | 大阳镇 | 10 |", sent_on=date(2024, 1, 1))
    newer = register("乙.xlsx", "鹤年颐养院 | C1 | 大阳镇 | 12 |", sent_on=date(2025, 1, 1))
    visit = block("inspections", f"{VISIT}\n松鹤院 | 2024-03-05 | 自查 |")
    intake = judged(older, newer, visit)
    home = intake.taken["institutions"].records.filter(institution="鹤年颐养院").row(0, named=True)
    assert (home["beds"], home["former_names"]) == (12, ["松鹤院"])
    assert intake.taken["inspections"].records["institution_id"].to_list() == [home["institution_id"]]


def test_a_row_the_newer_workbook_dropped_is_kept_and_listed() -> None:
    older = hazards(
        "巴公镇2024-04-01.xlsx",
        row("1"),
        row("2", text="漏水"),
        row("3", text="缺灯"),
        sent_on=date(2024, 4, 1),
    )
    newer = hazards("巴公镇2024-05-01.xlsx", row("1"), row("2", text="漏水"), sent_on=date(2024, 5, 1))
    assert len(records("hazards", older, newer)) == 3
    listed = judged(older, newer).taken["hazards"].issues.filter(rule="gone_from_newer")
    assert listed["detail"].to_list() == ["巴公镇2024-05-01.xlsx 隐患"]
    assert listed.height == 1


def test_a_workbook_of_other_rows_is_no_newer_version() -> None:
    march = hazards("巴公镇3月.xlsx", row("1"), row("2", text="漏水"), sent_on=date(2024, 4, 1))
    april = hazards("巴公镇4月.xlsx", row("3", text="缺灯"), sent_on=date(2024, 5, 1))
    assert judged(march, april).taken["hazards"].issues.filter(rule="gone_from_newer").is_empty()
