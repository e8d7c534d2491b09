"""A plan, a limit or a not-yet is no day on which something happened."""

from datetime import date

import pytest

from tests.etl.judging import block, issues, records

HEADS = "institution | found_on | description | severity | deadline_on | status"
HOME = "南村镇福寿养老院"


def hazard(rectified: str, deadline: str = "2024-06-01", status: str = "", found: str = "2024-04-01") -> str:
    return f"{HEADS} | rectified_on\n{HOME} | {found} | 漏电 | 重大 | {deadline} | {status} | {rectified}"


@pytest.mark.parametrize(
    "text",
    [
        "预计2024年5月20日完成",
        "未完成，计划2024.5.20前整改",
        "2024年5月20日前",
        "未整改（限2024-05-20）",
        "2024-05-20起正在整改",
        "2024年4月15日尚未整改",
        "拟5月20日完成",
        "要求2024年5月20日完成",
        "应于2024-05-20完成",
    ],
)
def test_a_plan_in_the_place_of_a_completion_leaves_the_hazard_open(text: str) -> None:
    said = block("hazards", hazard(text))
    assert records("hazards", said)[0]["rectified_on"] is None
    assert issues("hazards", said) == [("set_aside", "rectified_on", "not_happened")]


@pytest.mark.parametrize(
    "text",
    [
        "2024-05-20",
        "2024年5月20日已整改",
        "2024年5月20日提前完成",
        "已于2024.5.20按要求整改",
        "2024-05-20应急灯已更换",
        "2024年5月20日 15:30",
        "按计划2024年5月20日完成",
    ],
)
def test_what_is_said_of_a_completion_does_not_take_it_back(text: str) -> None:
    said = block("hazards", hazard(text))
    assert records("hazards", said)[0]["rectified_on"] == date(2024, 5, 20)
    assert issues("hazards", said) == []


def test_a_deadline_may_be_a_requirement_and_a_finding_may_name_its_limit() -> None:
    said = block("hazards", hazard("", deadline="要求2024年6月22日前完成", found="2024-4-1，限4月20日前整改"))
    (kept,) = records("hazards", said)
    assert (kept["deadline_on"], kept["found_on"]) == (date(2024, 6, 22), date(2024, 4, 1))


def test_a_training_only_planned_is_no_training() -> None:
    table = f"trained_on | organiser | institution\n计划2024-05-20 | 县民政局 | {HOME}"
    assert issues("trainings", block("trainings", table)) == [("refuse", "trained_on", "not_happened")]


@pytest.mark.parametrize("status", ["未整改", "整改中"])
def test_a_completion_beside_an_open_status_is_warned_of(status: str) -> None:
    said = block("hazards", hazard("2024-05-20", status=status))
    assert issues("hazards", said) == [("warn", "status", "open_with_date")]
