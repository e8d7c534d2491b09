"""Each audit is silent on a sound build and fires on the one fault it is there for."""

import pytest

from queries.install import AUDITS, violated_audits
from tests.queries.warehouses import day, warehouse

KNOWN = day("2024-06-30")

FAULTS: dict[str, dict[str, str]] = {
    "rectified_before_found": {"hazards": "found_on | rectified_on\n2024-05-02 | 2024-05-01"},
    "verified_before_rectified": {
        "hazards": "found_on | rectified_on | verified_on\n2024-05-01 | 2024-05-03 | 2024-05-02"
    },
    "reported_before_found": {"hazards": "found_on | reported_on\n2024-05-02 | 2024-05-01"},
    "event_after_the_known_day": {"drills": "drilled_on\n2024-07-01"},
    "progress_of_an_unknown_task": {"task_progress": "task | done_on\nX99 | 2024-05-01"},
    "two_progress_rows_of_one_task": {"task_progress": "task | done_on\nD03 | 2024-02-01\nD03 | 2024-02-02"},
    "unit_without_its_place": {"measures": "issued_on | unit_code\n2024-05-01 | township"},
    "row_neither_taken_merged_nor_refused": {"source_files": "rows_read | rows_taken\n3 | 2"},
    "two_records_of_one_number": {"drills": "drill_id | drilled_on\n1 | 2024-05-01\n1 | 2024-05-02"},
    "record_of_an_unknown_home": {"complaints": "received_on | institution_id\n2024-05-01 | 2"},
}


def violated(**tables: str) -> list[str]:
    return [each.audit for each in violated_audits(warehouse(None, **tables), KNOWN)]


@pytest.mark.parametrize("audit", sorted(FAULTS))
def test_an_audit_finds_its_fault_and_no_other_does(audit: str) -> None:
    assert violated(**FAULTS[audit]) == [audit]


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("hazards", "found_on\n2024-07-01"),
        ("hazards", "found_on | deadline_on | rectified_on\n2024-06-01 | 2024-08-01 | 2024-07-01"),
        ("inspections", "inspected_on\n2024-07-01"),
        ("trainings", "trained_on\n2024-07-01"),
        ("complaints", "received_on | settled_on\n2024-06-30 | 2024-07-01"),
        ("activities", "held_on\n2024-07-01"),
        ("task_progress", "task | done_on\nD03 | 2024-07-01"),
        ("measures", "issued_on\n2024-07-01"),
        ("institutions", "institution | emergency_plan_on\n甲院 | 2024-07-01"),
    ],
)
def test_no_event_of_any_ledger_is_later_than_what_is_known(table: str, row: str) -> None:
    assert violated(**{table: row}) == ["event_after_the_known_day"]


def test_a_hazard_the_view_loses_is_found() -> None:
    con = warehouse(hazards="found_on\n2024-05-01")
    con.execute(
        "create or replace macro hazards_as_of(as_of) as table from hazards where found_on < '2024-01-01'"
    )
    assert [each.audit for each in violated_audits(con, KNOWN)] == ["hazard_lost_by_the_view"]


def test_a_row_of_an_unknown_source_is_found() -> None:
    con = warehouse(source_files="path\n甲镇.xlsx")
    con.execute("insert into record_sources values ('hazards', 1, 1, 4, true)")
    assert violated_audits(con, KNOWN) == []
    con.execute("insert into refused_rows values (2, 5, null, null, 'missing', '没有发现日期', '{}')")
    assert [each.audit for each in violated_audits(con, KNOWN)] == ["row_of_an_unknown_source"]


def test_a_sound_build_violates_nothing() -> None:
    sound = {
        "hazards": "found_on | reported_on | rectified_on | verified_on\n"
        "2024-05-01 | 2024-05-01 | 2024-05-01 | 2024-05-01\n2024-06-30 | | |",
        "institutions": "institution | closed_on | responsibility_on\n甲院 | 2026-01-01 | 2024-06-30",
        "task_progress": "task | done_on\nD03 | 2024-06-30\nD05 |",
        "source_files": "rows_read | rows_taken | rows_merged | rows_refused\n6 | 1 | 2 | 3",
    }
    assert violated(**sound) == []


def test_every_audit_is_shown_to_fire() -> None:
    assert {path.stem for path in AUDITS.glob("*.sql")} == {
        *FAULTS,
        "hazard_lost_by_the_view",
        "row_of_an_unknown_source",
    }


def test_an_audit_says_in_chinese_what_is_wrong_and_how_often() -> None:
    con = warehouse(hazards="found_on | rectified_on\n2024-05-02 | 2024-05-01\n2024-05-02 | 2024-05-01")
    violation = violated_audits(con, KNOWN)[0]
    assert (violation.says, violation.rows) == ("整改完成日期早于发现日期", 2)
