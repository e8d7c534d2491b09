"""What is wrong with a row as a whole."""

from datetime import date

import pytest

from tests.etl.judging import block, issues, records, told

FOUND = "2024-03-05"


def hazard(**fields: str) -> list[tuple[str, str, str]]:
    """The issues of one hazard, sound but for these fields."""
    row = {
        "institution": "巴公镇中心敬老院",
        "found_on": FOUND,
        "description": "应急灯不亮",
        "severity": "一般",
        "deadline_on": "2024-04-01",
        **fields,
    }
    return issues("hazards", block("hazards", f"{' | '.join(row)}\n{' | '.join(row.values())}"))


def test_a_sound_hazard_is_taken_without_a_word() -> None:
    assert hazard() == []


@pytest.mark.parametrize(
    ("fields", "issue"),
    [
        ({"rectified_on": "2024-03-04"}, ("set_aside", "rectified_on", "before_start")),
        ({"verified_on": "2024-03-04"}, ("set_aside", "verified_on", "before_start")),
        ({"reported_on": "2024-03-04"}, ("set_aside", "reported_on", "before_start")),
        (
            {"rectified_on": "2024-03-09", "verified_on": "2024-03-08"},
            ("set_aside", "verified_on", "before_start"),
        ),
        ({"deadline_on": ""}, ("warn", "deadline_on", "deadline_missing")),
        ({"deadline_on": "2024-03-04"}, ("warn", "deadline_on", "deadline_before_found")),
        ({"extended_to": "2024-03-20"}, ("set_aside", "extended_to", "extension_before_deadline")),
        ({"status": "已销号"}, ("warn", "status", "closed_without_date")),
        ({"severity": ""}, ("warn", "severity", "severity_unclear")),
        ({"severity": "特别"}, ("warn", "severity", "severity_unclear")),
        ({"description": "属生产安全重大事故隐患"}, ("warn", "description", "major_in_description")),
        ({"description": "1、灯不亮；2、门锁坏"}, ("warn", "description", "several_hazards")),
        ({"judgement_clause": "判定标准九（九）"}, ("warn", "judgement_clause", "unknown_clause")),
        ({"found_on": "2009-12-31"}, ("warn", "found_on", "outside_opening")),
        ({"institution": "乌有院"}, ("refuse", "institution", "institution_not_found")),
        ({"institution": ""}, ("refuse", "institution", "missing")),
        ({"found_on": ""}, ("refuse", "found_on", "missing")),
        ({"description": "无"}, ("refuse", "description", "missing")),
    ],
)
def test_a_fault_is_named_once(fields: dict[str, str], issue: tuple[str, str, str]) -> None:
    assert hazard(**fields) == [issue]


@pytest.mark.parametrize(
    "fields",
    [
        {"rectified_on": FOUND, "verified_on": FOUND, "reported_on": FOUND},
        {"judgement_clause": "判定标准四（一）"},
        {"judgement_clause": "四(一)"},
        {"status": "已整改", "rectified_on": "2024-03-20"},
        {"description": "护栏高1.5米、应为2.0米"},
        {"extended_to": "2024-04-01"},
        {"description": "属重大事故隐患", "severity": "重大"},
    ],
)
def test_what_is_sound_is_not_faulted(fields: dict[str, str]) -> None:
    assert hazard(**fields) == []


def test_a_value_set_aside_leaves_the_hazard_open() -> None:
    table = (
        f"institution | found_on | description | rectified_on\n南村镇福寿养老院 | {FOUND} | 漏电 | 2024-03-01"
    )
    (kept,) = records("hazards", block("hazards", table))
    assert (kept["found_on"], kept["rectified_on"], kept["severity"]) == (date(2024, 3, 5), None, "一般")


def test_a_visit_after_closing_is_taken_with_a_warning() -> None:
    table = "institution | inspected_on | inspection_type\n夕阳红养老服务中心 | 2025-06-30 | 镇级检查"
    assert issues("inspections", block("inspections", table)) == [("warn", "inspected_on", "outside_opening")]


def test_more_trained_than_expected_is_warned_of() -> None:
    table = """
trained_on | organiser | institution | expected_care_staff | attended_care_staff
2024-03-05 | 县民政局 | 夕阳红养老服务中心 | 5 | 6
"""
    assert issues("trainings", block("trainings", table)) == [
        ("warn", "attended_care_staff", "attended_above_expected")
    ]


def test_a_complaint_is_not_settled_before_it_came() -> None:
    table = (
        "received_on | institution | content | settled_on\n2024-03-05 | 南村镇福寿养老院 | 饭冷 | 2024-03-01"
    )
    assert issues("complaints", block("complaints", table)) == [("set_aside", "settled_on", "before_start")]


def test_an_institution_in_an_unknown_town_is_refused() -> None:
    table = "institution | township\n新院 | 巴山镇"
    assert issues("institutions", block("institutions", table))[-1:] == [
        ("refuse", "township", "township_not_found")
    ]


def test_an_issue_says_where_it_is_in_the_words_of_the_sheet() -> None:
    table = f"institution | found_on | description | severity | deadline_on\n乌有院 | {FOUND} | 漏电 | 一般 |"
    (refusal,) = told("hazards", block("hazards", table, path="巴公镇/台账.xlsx"))
    assert {name: refusal[name] for name in ("path", "sheet", "row", "column", "value", "rule")} == {
        "path": "巴公镇/台账.xlsx",
        "sheet": "隐患台账",
        "row": 2,
        "column": "机构名称",
        "value": "乌有院",
        "rule": "institution_not_found",
    }
    assert "乌有院" in refusal["message"]
    assert "未计入" in refusal["message"]


def test_a_refused_row_is_told_only_why_it_is_refused() -> None:
    assert hazard(institution="乌有院", rectified_on="已整改", deadline_on="") == [
        ("refuse", "institution", "institution_not_found")
    ]


def test_a_credit_code_may_stand_instead_of_the_name() -> None:
    assert hazard(institution="", credit_code="52140525MJ00000011") == []


@pytest.mark.parametrize(
    ("source", "is_county"),
    [("县局", True), ("四不两直", True), ("镇级检查", False), ("举报", False), ("", False)],
)
def test_what_the_county_found_is_marked(source: str, is_county: bool) -> None:
    table = f"institution | found_on | description | source\n夕阳红养老服务中心 | {FOUND} | 漏电 | {source}"
    (kept,) = records("hazards", block("hazards", table))
    assert kept["is_found_by_county"] is is_county
