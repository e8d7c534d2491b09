"""今日必督: what is listed, and in which order."""

import pytest

from queries.records import records
from tests.queries.warehouses import day, lines, warehouse

HAZARDS = """
    action           | is_major | found_on   | reported_on | deadline_on | rectified_on | as_of
    overdue_major    | true     | 2024-05-01 | 2024-05-01  | 2024-05-10  |              | 2024-05-11
    overdue_general  | false    | 2024-05-01 |             | 2024-05-10  |              | 2024-05-11
    major_due_soon   | true     | 2024-05-01 | 2024-05-01  | 2024-05-10  |              | 2024-05-10
    major_due_soon   | true     | 2024-05-01 | 2024-05-01  | 2024-05-10  |              | 2024-05-03
                     | true     | 2024-05-01 | 2024-05-01  | 2024-05-10  |              | 2024-05-02
    due_soon         | false    | 2024-05-01 |             | 2024-05-10  |              | 2024-05-03
                     | false    | 2024-05-01 |             | 2024-05-10  | 2024-05-09   | 2024-05-11
                     | true     | 2024-05-01 |             | 2024-12-31  |              | 2024-05-02
    unreported_major | true     | 2024-05-01 |             | 2024-12-31  |              | 2024-05-03
    unreported_major | true     | 2024-05-01 | 2024-05-04  | 2024-12-31  |              | 2024-05-03
                     | true     | 2024-05-01 | 2024-05-04  | 2024-12-31  |              | 2024-05-04
                     | true     | 2024-05-01 |             | 2024-12-31  | 2024-05-03   | 2024-05-03
"""

HAZARD_ACTIONS = {"overdue_major", "overdue_general", "major_due_soon", "due_soon", "unreported_major"}


@pytest.mark.parametrize(
    ("action", "is_major", "found", "reported", "deadline", "rectified", "as_of"), lines(HAZARDS)
)
def test_a_hazard_is_listed_when_its_rule_says_so(
    action: str, is_major: str, found: str, reported: str, deadline: str, rectified: str, as_of: str
) -> None:
    con = warehouse(
        hazards=f"""
            is_major   | found_on | reported_on | deadline_on | rectified_on
            {is_major} | {found}  | {reported}  | {deadline}  | {rectified}
        """
    )
    listed = records(con, "actions", day(as_of))["action"].to_list()
    assert [each for each in listed if each in HAZARD_ACTIONS] == action.split()


def test_a_hazard_can_be_listed_for_two_reasons() -> None:
    con = warehouse(hazards="found_on | deadline_on | is_major\n2024-05-01 | 2024-05-10 | true")
    listed = records(con, "actions", day("2024-05-11")).filter(hazard_id=1)
    assert listed["action"].to_list() == ["overdue_major", "unreported_major"]


def test_the_list_is_ordered_by_rank_then_days_overdue_then_day_due_then_town() -> None:
    con = warehouse(
        institutions="institution | township_id\n乙院 | 2\n甲院 | 1",
        hazards="""
            institution_id | found_on   | deadline_on | is_major | reported_on
            1              | 2025-03-01 | 2025-03-10  | false    |
            1              | 2025-03-01 | 2025-03-05  | false    |
            1              | 2025-03-01 | 2025-03-22  | false    |
            2              | 2025-03-01 | 2025-03-22  | false    |
            2              | 2025-03-01 | 2025-03-21  | false    |
            1              | 2025-03-01 | 2025-03-19  | true     | 2025-03-01
        """,
    )
    listed = records(con, "actions", day("2025-03-20"))
    assert listed["hazard_id"].drop_nulls().to_list() == [6, 2, 1, 5, 4, 3]
    assert listed["days"].head(3).to_list() == [1, 15, 10]
    assert listed["days"].to_list()[3:6] == [-1, -2, -2]


DUTIES = """
    as_of      | drilled_on | is_listed
    2024-11-30 |            | false
    2024-12-01 |            | true
    2024-12-31 |            | false
    2024-12-30 |            | true
    2024-12-01 | 2024-06-01 | false
"""


@pytest.mark.parametrize(("as_of", "drilled", "is_listed"), lines(DUTIES))
def test_a_duty_not_met_is_listed_in_the_last_30_days_of_its_period(
    as_of: str, drilled: str, is_listed: str
) -> None:
    drills = f"drilled_on\n{drilled}" if drilled else "drilled_on"
    listed = records(warehouse(drills=drills), "actions", day(as_of))
    drill = listed.filter(action="duty_ending", duty="evacuation_drill")
    assert drill.height == (is_listed == "true")


def test_a_late_task_is_listed_under_its_unit() -> None:
    listed = records(warehouse(), "actions", day("2024-03-01")).filter(action="task_behind", task="D01")
    assert listed.select("unit", "days", "due_on").rows() == [("泽州县民政局", 1, day("2024-02-29"))]


SILENCE = """
    first      | second     | as_of      | silent
    2024-05-01 | 2024-05-31 | 2024-05-31 |
    2024-05-01 | 2024-05-31 | 2024-06-01 | 甲镇
    2024-06-20 | 2024-05-31 | 2024-06-30 |
    2024-06-20 | 2024-05-31 | 2024-07-01 | 乙镇
    2024-07-01 | 2024-06-30 | 2024-06-30 |
"""


@pytest.mark.parametrize(("first", "second", "as_of", "silent"), lines(SILENCE))
def test_a_town_is_silent_after_30_days_without_a_report(
    first: str, second: str, as_of: str, silent: str
) -> None:
    con = warehouse(source_files=f"township_id | reported_on\n1 | {first}\n2 | {second}")
    listed = records(con, "actions", day(as_of)).filter(action="silent_township")
    assert listed["township"].to_list() == silent.split()


def test_a_town_that_never_reported_is_silent_only_beside_others_that_did() -> None:
    con = warehouse(source_files="township_id | reported_on\n1 | 2024-06-30")
    listed = records(con, "actions", day("2024-06-30")).filter(action="silent_township")
    assert listed.select("township", "subject", "days").rows() == [("乙镇", "从未报送台账", None)]
    con = warehouse(source_files="township_id | reported_on\n | 2024-06-30")
    assert records(con, "actions", day("2024-06-30")).filter(action="silent_township").height == 0
