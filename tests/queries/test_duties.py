"""Standing duties: who owes what for which period, and when it is met."""

from dataclasses import replace

import pytest

from queries.campaign import Campaign, read_campaign
from queries.evaluate import Filters, evaluate
from tests.queries.warehouses import day, lines, rows, warehouse

OWED = """
    opened_on  | closed_on  | as_of      | periods
               |            | 2024-06-30 | 2024Q1 2024Q2
               |            | 2024-07-01 | 2024Q1 2024Q2 2024Q3
    2024-01-01 |            | 2024-06-30 | 2024Q1 2024Q2
    2024-01-02 |            | 2024-06-30 | 2024Q2
    2024-04-02 |            | 2024-06-30 |
               | 2024-07-01 | 2024-06-30 | 2024Q1 2024Q2
               | 2024-06-30 | 2024-06-30 | 2024Q1
               | 2024-06-30 | 2024-06-29 | 2024Q1 2024Q2
               | 2024-04-01 | 2024-12-31 | 2024Q1
               | 2024-03-31 | 2024-12-31 |
    2024-05-01 | 2024-12-01 | 2024-12-31 | 2024Q3
"""


@pytest.mark.parametrize(("opened", "closed", "as_of", "periods"), lines(OWED))
def test_a_duty_is_owed_by_who_is_open_on_the_first_day_and_as_known_on_the_last(
    opened: str, closed: str, as_of: str, periods: str
) -> None:
    con = warehouse(institutions=f"institution | opened_on | closed_on\n甲院 | {opened} | {closed}")
    found = evaluate(con, "self_check_rate", day(as_of), ["period"])
    assert found["period"].to_list() == periods.split()


def test_the_running_period_is_counted_only_where_periods_are_told_apart() -> None:
    con = warehouse(inspections="inspected_on\n2024-02-01\n2024-04-01")
    assert evaluate(con, "self_check_rate", day("2024-06-29")).row(0) == (1, 1, 1.0)
    assert evaluate(con, "self_check_rate", day("2024-06-30")).row(0) == (2, 2, 1.0)
    by_period = evaluate(con, "self_check_rate", day("2024-06-29"), ["period"])
    assert by_period.rows() == [("2024Q1", 1, 1, 1.0), ("2024Q2", 1, 1, 1.0)]


def test_the_rows_behind_a_running_period_are_those_of_its_figure() -> None:
    con = warehouse()
    found = rows(con, "self_check_rate", day("2024-06-29"), where={"period": "2024Q2"})
    assert found["is_running"].to_list() == [True]
    assert rows(con, "self_check_rate", day("2024-06-29"))["period"].to_list() == ["2024Q1"]


CHECKS = """
    inspected_on | inspection_code | is_led_by_principal | is_signed | is_filed | is_met
    2024-01-01   | self_check      | true                | true      | true     | true
    2024-03-31   | self_check      | true                | true      | true     | true
    2024-04-01   | self_check      | true                | true      | true     | false
    2023-12-31   | self_check      | true                | true      | true     | false
    2024-02-01   | township        | true                | true      | true     | false
    2024-02-01   | self_check      | false               | true      | true     | false
    2024-02-01   | self_check      | true                |           | true     | false
    2024-02-01   | self_check      | true                | true      | false    | false
"""


@pytest.mark.parametrize(("inspected", "code", "led", "signed", "filed", "is_met"), lines(CHECKS))
def test_a_self_check_is_led_signed_and_filed_within_the_quarter(
    inspected: str, code: str, led: str, signed: str, filed: str, is_met: str
) -> None:
    con = warehouse(
        inspections=f"""
            inspected_on | inspection_code | is_led_by_principal | is_signed | is_filed
            {inspected}  | {code}          | {led}               | {signed}  | {filed}
        """
    )
    found = rows(con, "self_check_rate", day("2024-12-31"), where={"period": "2024Q1"})
    assert found["numerator"].to_list() == [is_met == "true"]


TRAININGS = """
    metric                | organiser_code | group           | attended | is_met
    staff_training_rate   | institution    | principals      | 1        | true
    staff_training_rate   | institution    | care_staff      | 1        | true
    staff_training_rate   | institution    | frontline_staff | 1        | true
    staff_training_rate   | institution    | safety_managers | 0        | false
    staff_training_rate   | institution    | care_staff      |          | false
    staff_training_rate   | institution    | mobile_residents | 9       | false
    staff_training_rate   | township       | care_staff      | 9        | false
    staff_training_rate   | other          | care_staff      | 9        | false
    staff_training_rate   | county         | care_staff      | 9        | false
    manager_training_rate | county         | principals      | 1        | true
    manager_training_rate | county         | safety_managers | 1        | true
    manager_training_rate | county         | care_staff      | 9        | false
    manager_training_rate | institution    | principals      | 1        | false
"""


@pytest.mark.parametrize(("metric", "organiser", "group", "attended", "is_met"), lines(TRAININGS))
def test_a_training_counts_by_who_held_it_and_who_came(
    metric: str, organiser: str, group: str, attended: str, is_met: str
) -> None:
    con = warehouse(
        trainings=f"trained_on | organiser_code | attended_{group}\n2024-03-01 | {organiser} | {attended}"
    )
    found = evaluate(con, metric, day("2024-12-31"))["numerator"].item()
    assert found == (is_met == "true")


@pytest.mark.parametrize(("organiser", "met"), [("township", 1), ("other", 1), ("county", 0)])
def test_outside_sessions_count_only_where_the_setting_says_so(organiser: str, met: int) -> None:
    campaign = read_campaign()
    settings = replace(campaign.settings, outside_trainings_count=True)
    con = warehouse(
        replace(campaign, settings=settings),
        trainings=f"trained_on | organiser_code | attended_care_staff\n2024-03-01 | {organiser} | 1",
    )
    assert evaluate(con, "staff_training_rate", day("2024-06-30"))["numerator"].item() == met


def test_a_briefing_by_the_township_is_not_the_institutions_own() -> None:
    con = warehouse(activities="held_on | unit_code | institution_id\n2024-05-01 | township | ")
    assert evaluate(con, "standard_briefing_rate", day("2024-12-31")).row(0) == (0, 1, 0.0)
    con = warehouse(activities="held_on\n2024-05-01")
    assert evaluate(con, "standard_briefing_rate", day("2024-12-31")).row(0) == (1, 1, 1.0)


def test_what_happens_after_the_day_does_not_meet_the_duty() -> None:
    con = warehouse(drills="drilled_on\n2024-12-31")
    known = [
        evaluate(con, "evacuation_drill_rate", day(text), ["period"])["numerator"][0]
        for text in ("2024-12-30", "2024-12-31")
    ]
    assert known == [0, 1]


def half_yearly_drills() -> Campaign:
    campaign = read_campaign()
    return replace(campaign, duties=tuple(replace(rule, is_enabled=True) for rule in campaign.duties))


def test_the_half_yearly_drill_changes_only_periods_from_its_date_on() -> None:
    found = evaluate(warehouse(half_yearly_drills()), "evacuation_drill_rate", day("2026-12-31"), ["period"])
    assert found["period"].to_list() == ["2024", "2025", "2026", "2026H2"]


def test_a_duty_of_two_a_period_is_met_by_the_second() -> None:
    campaign = read_campaign()
    twice = tuple(replace(rule, minimum=2) for rule in campaign.duties)
    con = warehouse(replace(campaign, duties=twice), drills="drilled_on\n2024-05-01\n2024-09-01")
    known = [
        rows(con, "evacuation_drill_rate", day(text), where={"period": "2024"})
        .select("numerator", "met_on")
        .row(0)
        for text in ("2024-08-31", "2024-09-01")
    ]
    assert known == [(False, None), (True, day("2024-09-01"))]


def test_a_window_keeps_the_periods_that_overlap_it() -> None:
    window = Filters(since=day("2024-06-30"), until=day("2024-07-01"))
    found = evaluate(warehouse(), "self_check_rate", day("2024-12-31"), ["period"], window)
    assert found["period"].to_list() == ["2024Q2", "2024Q3"]
