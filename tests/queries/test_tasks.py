"""Phases and their tasks: who is asked what, what is done, what the records bear out."""

import pytest

from queries.evaluate import evaluate
from queries.warehouse import fetch
from tests.queries.warehouses import day, lines, rows, warehouse

# mobilise asks who is open on 2024-02-29, or on the day looked from; tackle who is open on any of its days.
ASKED = """
    task | opened_on  | closed_on  | as_of      | is_asked
    D03  |            |            | 2024-01-01 | true
    D03  | 2024-02-29 |            | 2024-03-31 | true
    D03  | 2024-03-01 |            | 2024-03-31 | false
    D03  |            | 2024-02-29 | 2024-03-31 | false
    D03  |            | 2024-03-01 | 2024-03-31 | true
    D03  |            | 2024-02-10 | 2024-02-09 | true
    D03  |            | 2024-02-10 | 2024-02-10 | false
    D03  | 2024-02-10 |            | 2024-02-09 | false
    D03  | 2024-02-10 |            | 2024-02-10 | true
    G03  |            |            | 2024-02-29 | false
    G03  |            |            | 2024-03-01 | true
    G03  | 2025-12-31 |            | 2025-12-31 | true
    G03  | 2026-01-01 |            | 2026-12-31 | false
    G03  |            | 2024-03-01 | 2025-12-31 | false
    G03  |            | 2024-03-02 | 2025-12-31 | true
    G03  | 2024-05-01 | 2024-05-02 | 2025-12-31 | true
    G03  | 2024-05-01 | 2024-05-01 | 2025-12-31 | false
"""


@pytest.mark.parametrize(("task", "opened", "closed", "as_of", "is_asked"), lines(ASKED))
def test_a_task_is_asked_of_who_was_open_in_its_phase(
    task: str, opened: str, closed: str, as_of: str, is_asked: str
) -> None:
    con = warehouse(institutions=f"institution | opened_on | closed_on\n甲院 | {opened} | {closed}")
    asked = fetch(con, "from tasks_as_of($d) where task = $task", {"d": day(as_of), "task": task})
    assert asked.height == (is_asked == "true")


def test_tasks_are_asked_of_every_town_and_of_the_county() -> None:
    found = evaluate(warehouse(), "phase_progress", day("2024-02-29"), ["township"])
    # a town: D02 and D04 of its own, D03 and D05 of its institution; the county: D01
    assert found.rows() == [("甲镇", 0, 2 + 2, 0.0), ("乙镇", 0, 2, 0.0), (None, 0, 1, 0.0)]


DONE = """
    done_on    | as_of      | done | overdue
               | 2024-03-01 | 0    | 1
    2024-02-29 | 2024-02-29 | 1    | 0
    2024-03-01 | 2024-02-29 | 0    | 0
    2024-03-02 | 2024-03-01 | 0    | 1
    2024-03-02 | 2024-03-02 | 1    | 0
"""


@pytest.mark.parametrize(("done_on", "as_of", "done", "overdue"), lines(DONE))
def test_a_task_is_done_from_its_date_on_and_late_after_the_phase(
    done_on: str, as_of: str, done: str, overdue: str
) -> None:
    con = warehouse(task_progress=f"task | done_on\nD03 | {done_on}")
    progress = rows(con, "phase_progress", day(as_of), where={"phase": "mobilise", "unit": "甲院"})
    late = rows(con, "tasks_overdue", day(as_of), where={"phase": "mobilise", "unit": "甲院"})
    assert progress.filter(task="D03")["numerator"].to_list() == [bool(int(done))]
    assert late.filter(task="D03").height == int(overdue)


def test_a_task_with_a_day_of_its_own_is_due_then() -> None:
    due = fetch(warehouse(), "from tasks_as_of(date '2025-01-01') where task in ('G01', 'G12') order by task")
    assert due.select("due_on", "is_overdue").rows() == [
        (day("2025-12-31"), False),
        (day("2024-12-31"), True),
    ]


def test_a_progress_row_is_its_own_units_only() -> None:
    con = warehouse(
        institutions="institution\n甲院\n乙院",
        task_progress="task | done_on | institution_id\nD03 | 2024-02-01 | 2",
    )
    done = rows(con, "phase_progress", day("2024-02-29")).filter(task="D03")
    assert dict(done.select("unit", "numerator").iter_rows()) == {"甲院": False, "乙院": True}


TIME = """
    as_of      | phase    | numerator | denominator
    2024-01-01 | mobilise | 1         | 60
    2024-02-29 | mobilise | 60        | 60
    2024-03-01 | mobilise | 60        | 60
    2024-02-29 | tackle   | 0         | 671
    2024-03-01 | tackle   | 1         | 671
    2027-01-31 | assess   | 92        | 92
"""


@pytest.mark.parametrize(("as_of", "phase", "numerator", "denominator"), lines(TIME))
def test_time_gone_counts_both_ends(as_of: str, phase: str, numerator: str, denominator: str) -> None:
    found = evaluate(warehouse(), "phase_time_gone", day(as_of), ["phase"])
    gone, whole = int(numerator), int(denominator)
    assert found.filter(phase=phase).row(0)[1:] == (gone, whole, gone / whole)


def test_phases_come_in_their_order() -> None:
    found = evaluate(warehouse(), "phase_time_gone", day("2024-02-01"), ["phase"])
    assert found["phase"].to_list() == ["mobilise", "tackle", "deepen", "assess"]


def support(
    task: str, unit_code: str = "institution", as_of: str = "2026-12-31", **tables: str
) -> bool | None:
    """Whether the records bear the task of one unit out: 甲院, 甲镇 or the county."""
    con = warehouse(None, **tables)
    found = fetch(con, "from tasks_as_of($d) where task = $task", {"d": day(as_of), "task": task})
    unit = {"institution": "甲院", "township": "甲镇"}.get(unit_code, "泽州县民政局")
    value = found.filter(unit=unit)["is_supported"].item()
    return None if value is None else bool(value)


HELD = "held_on | activity_code | unit_code | township_id | institution_id\n2024-02-01 | {} | {} | {} | {}"


def test_a_meeting_is_borne_out_by_the_units_own_activity() -> None:
    own = HELD.format("mobilisation_meeting", "institution", 1, 1)
    towns = HELD.format("mobilisation_meeting", "township", 1, "")
    countys = HELD.format("joint_consultation", "county", "", "")
    assert support("D03", activities=own) is True
    assert support("D03", activities=towns) is False
    assert support("D02", "township", activities=towns) is True
    assert support("D02", "township", as_of="2024-01-31", activities=towns) is False
    assert support("G09", "county", activities=countys) is True


@pytest.mark.parametrize(
    ("areas", "is_supported"),
    [
        ("['fire', 'electricity', 'gas', 'construction']", True),
        ("['fire', 'electricity', 'gas', 'building']", True),
        ("['fire', 'electricity', 'gas']", False),
        ("['fire', 'electricity', 'building']", False),
    ],
)
def test_an_appraisal_covers_fire_electricity_gas_and_the_building(areas: str, is_supported: bool) -> None:
    listed = f"inspected_on | inspection_code | area_codes\n2024-05-01 | appraisal | {areas}"
    assert support("G04", inspections=listed) is is_supported


def test_appraisals_add_up() -> None:
    two = """
        inspected_on | inspection_code | area_codes
        2024-05-01   | appraisal       | ['fire', 'gas']
        2025-05-01   | appraisal       | ['electricity', 'building']
    """
    assert support("G04", inspections=two) is True
    assert support("G04", as_of="2025-04-30", inspections=two) is False


def test_the_register_bears_out_responsibility_and_plans_from_their_date_on() -> None:
    register = "institution | responsibility_on | emergency_plan_on\n甲院 | 2024-06-01 | 2024-07-01"
    assert support("G03", as_of="2024-06-01", institutions=register) is True
    assert support("G03", as_of="2024-05-31", institutions=register) is False
    assert support("G11", as_of="2024-07-01", institutions=register) is True
    assert support("G11", as_of="2024-06-30", institutions=register) is False


MAJOR = """
    found_on   | is_major | tracker | responsible_unit | responsible_person | measures | deadline_on
    2024-05-01 | {}       | {}      | 甲院             | 乙                 | 更换     | 2024-06-30
"""


def test_a_major_ledger_is_measured_where_there_is_a_major_hazard() -> None:
    assert support("G07", hazards=MAJOR.format("true", "甲")) is True
    assert support("G07", hazards=MAJOR.format("true", "")) is False
    assert support("G07", hazards=MAJOR.format("false", "")) is None
    assert support("G06", "township", hazards=MAJOR.format("true", "")) is False
    assert support("G05", "county", hazards=MAJOR.format("true", "甲")) is True


def test_a_town_is_inspected_when_each_of_its_open_institutions_was_by_an_authority() -> None:
    homes = "institution | closed_on\n甲院 |\n乙院 |\n丙院 | 2024-01-01"
    visits = "institution_id | inspected_on | is_authority\n1 | 2024-05-01 | true\n2 | {} | {}"
    assert (
        support("G08", "township", institutions=homes, inspections=visits.format("2024-06-01", "true"))
        is True
    )
    assert (
        support("G08", "township", institutions=homes, inspections=visits.format("2024-06-01", "false"))
        is False
    )
    assert (
        support("G08", "township", institutions=homes, inspections=visits.format("2023-12-31", "true"))
        is False
    )


def test_measures_are_measured_only_once_anybody_sent_one() -> None:
    other = "issued_on | unit_code | institution_id\n2026-05-01 | township |"
    assert support("Z06") is None
    assert support("Z06", as_of="2026-04-30", measures=other) is None
    assert support("Z06", measures=other) is False
    assert support("Z05", "township", measures=other) is True


def test_nothing_overdue_is_read_off_the_hazards_of_the_unit() -> None:
    assert support("S07") is True
    late = "found_on | deadline_on\n2024-05-01 | 2024-06-30"
    assert support("S07", hazards=late) is False
    assert support("S06", "township", hazards=late) is False
