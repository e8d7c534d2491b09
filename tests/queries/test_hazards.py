"""Metrics on hazards: the days and words that decide, one by one; the cases are in test_cases."""

import pytest

from queries.evaluate import evaluate
from tests.queries.warehouses import day, lines, rows, warehouse

COMPLETE = """
    tracker | responsible_unit | responsible_person | measures | deadline_on | is_complete
    甲      | 甲院             | 乙                 | 更换     | 2024-03-31  | true
            | 甲院             | 乙                 | 更换     | 2024-03-31  | false
    甲      |                  | 乙                 | 更换     | 2024-03-31  | false
    甲      | 甲院             |                    | 更换     | 2024-03-31  | false
    甲      | 甲院             | 乙                 |          | 2024-03-31  | false
    甲      | 甲院             | 乙                 | 更换     |             | false
"""


@pytest.mark.parametrize(
    ("tracker", "unit", "person", "measures", "deadline", "is_complete"), lines(COMPLETE)
)
def test_a_ledger_entry_is_complete_when_all_five_are_there(
    tracker: str, unit: str, person: str, measures: str, deadline: str, is_complete: str
) -> None:
    con = warehouse(
        hazards=f"""
            found_on   | tracker   | responsible_unit | responsible_person | measures   | deadline_on
            2024-03-01 | {tracker} | {unit}           | {person}           | {measures} | {deadline}
        """
    )
    found = evaluate(con, "ledger_completeness", day("2024-03-31"))["numerator"].item()
    assert found == (is_complete == "true")


BOUNDARIES = """
    metric             | as_of      | deadline_on | extended_to | extension_approved_on | rectified_on | value
    overdue            | 2024-05-10 | 2024-05-10  |             |                       |              | 0
    overdue            | 2024-05-11 | 2024-05-10  |             |                       |              | 1
    overdue            | 2024-05-11 |             |             |                       |              | 0
    overdue            | 2024-05-11 | 2024-05-10  |             |                       | 2024-05-11   | 0
    overdue            | 2024-05-11 | 2024-05-10  |             |                       | 2024-05-12   | 1
    overdue            | 2024-05-11 | 2024-05-10  | 2024-05-20  |                       |              | 0
    overdue            | 2024-05-11 | 2024-05-10  | 2024-05-20  | 2024-05-11            |              | 0
    overdue            | 2024-05-11 | 2024-05-10  | 2024-05-20  | 2024-05-12            |              | 1
    overdue            | 2024-05-21 |             | 2024-05-20  |                       |              | 1
    overdue            | 2024-05-10 | 2024-05-10  | 2024-05-01  |                       |              | 0
    hazards_found      | 2024-04-30 | 2024-05-10  |             |                       |              | 0
    hazards_found      | 2024-05-01 | 2024-05-10  |             |                       |              | 1
    hazards_open       | 2024-05-11 | 2024-05-10  |             |                       | 2024-05-11   | 0
    hazards_open       | 2024-05-10 | 2024-05-10  |             |                       | 2024-05-11   | 1
    on_time_rate       | 2024-05-20 | 2024-05-10  |             |                       | 2024-05-10   | 1
    on_time_rate       | 2024-05-20 | 2024-05-10  |             |                       | 2024-05-11   | 0
    on_time_rate       | 2024-05-20 | 2024-05-10  | 2024-05-15  |                       | 2024-05-15   | 1
    on_time_rate       | 2024-05-20 |             |             |                       | 2024-05-11   |
    on_time_rate       | 2024-05-10 | 2024-05-10  |             |                       |              |
"""


@pytest.mark.parametrize(
    ("metric", "as_of", "deadline", "extended", "approved", "rectified", "value"), lines(BOUNDARIES)
)
def test_the_day_itself_decides(
    metric: str, as_of: str, deadline: str, extended: str, approved: str, rectified: str, value: str
) -> None:
    con = warehouse(
        hazards=f"""
            found_on   | deadline_on | extended_to | extension_approved_on | rectified_on
            2024-05-01 | {deadline}  | {extended}  | {approved}            | {rectified}
        """
    )
    expected = float(value) if value else None
    assert evaluate(con, metric, day(as_of))["value"].item() == expected


PROMPTNESS = """
    as_of      | reported_on | is_found_by_county | numerator | denominator
    2024-05-02 |             | false              | 0         | 0
    2024-05-03 |             | false              | 0         | 1
    2024-05-03 | 2024-05-02  | false              | 1         | 1
    2024-05-03 | 2024-05-03  | false              | 0         | 1
    2024-05-02 | 2024-05-03  | false              | 0         | 0
    2024-05-01 |             | true               | 1         | 1
    2024-05-09 | 2024-05-09  | true               | 1         | 1
"""


@pytest.mark.parametrize(("as_of", "reported", "by_county", "numerator", "denominator"), lines(PROMPTNESS))
def test_a_major_hazard_is_reported_within_a_day_or_late(
    as_of: str, reported: str, by_county: str, numerator: str, denominator: str
) -> None:
    con = warehouse(
        hazards=f"""
            found_on   | reported_on | is_found_by_county | is_major
            2024-05-01 | {reported}  | {by_county}        | true
        """
    )
    found = evaluate(con, "prompt_report_rate", day(as_of)).row(0)
    assert found[:2] == (int(numerator), int(denominator))


AGES = """
    as_of      | age
    2024-05-11 | 1–7天
    2024-05-17 | 1–7天
    2024-05-18 | 8–30天
    2024-06-09 | 8–30天
    2024-06-10 | 31–90天
    2024-08-08 | 31–90天
    2024-08-09 | 90天以上
"""


@pytest.mark.parametrize(("as_of", "age"), lines(AGES))
def test_ages_change_after_7_30_and_90_days(as_of: str, age: str) -> None:
    con = warehouse(hazards="found_on | deadline_on\n2024-05-01 | 2024-05-10")
    assert evaluate(con, "overdue_ages", day(as_of), ["age"]).rows() == [(age, None, None, 1)]


RECURRENCES = """
    found_on   | area | kind         | is_comparable | institution_id | recurs
    2024-03-10 | 用电 | 电气线路老化 | true          | 1              | true
    2024-09-06 | 用电 | 电气线路老化 | true          | 1              | true
    2024-09-07 | 用电 | 电气线路老化 | true          | 1              | false
    2024-03-09 | 用电 | 电气线路老化 | true          | 1              | false
    2024-03-10 | 消防 | 电气线路老化 | true          | 1              | false
    2024-03-10 | 用电 | 彩钢板       | true          | 1              | false
    2024-03-10 | 用电 | 电气线路老化 | false         | 1              | false
    2024-03-10 | 用电 | 电气线路老化 | true          | 2              | false
"""


@pytest.mark.parametrize(("found", "area", "kind", "comparable", "institution", "recurs"), lines(RECURRENCES))
def test_a_hazard_recurs_within_180_days_of_its_like_being_rectified(
    found: str, area: str, kind: str, comparable: str, institution: str, recurs: str
) -> None:
    con = warehouse(
        institutions="institution\n甲院\n乙院",
        hazards=f"""
            found_on   | rectified_on | area   | kind         | is_comparable | institution_id
            2023-12-01 | 2024-03-10   | 用电   | 电气线路老化 | true          | 1
            {found}    |              | {area} | {kind}       | {comparable}  | {institution}
        """,
    )
    found_rows = rows(con, "recurrence_rate", day("2024-12-31"))
    assert found_rows["numerator"].to_list() == [recurs == "true"]


def test_a_hazard_put_right_the_day_it_is_found_does_not_recur_in_its_twin() -> None:
    con = warehouse(hazards="found_on | rectified_on\n2024-03-01 | 2024-03-01\n2024-03-01 |")
    assert evaluate(con, "recurrence_rate", day("2024-03-31"))["numerator"].item() == 0


def test_a_stock_counts_what_was_found_before_the_campaign_and_a_rate_does_not() -> None:
    con = warehouse(hazards="found_on\n2023-12-31\n2024-01-01")
    assert evaluate(con, "hazards_open", day("2024-03-31"))["value"].item() == 1 + 1
    assert evaluate(con, "rectification_rate", day("2024-03-31"))["denominator"].item() == 1


def test_open_hazards_of_a_closed_institution_stay_counted_and_marked() -> None:
    con = warehouse(
        institutions="institution | closed_on\n甲院 | 2024-03-15",
        hazards="found_on\n2024-03-01",
    )
    assert rows(con, "hazards_open", day("2024-03-14"))["is_institution_closed"].to_list() == [False]
    assert rows(con, "hazards_open", day("2024-03-15"))["is_institution_closed"].to_list() == [True]
