"""Of which kind of record the rows behind a figure are."""

import duckdb
import pytest

from dashboard import listing
from queries.records import behind, kind_of
from queries.rows import read
from tests.queries.warehouses import day, lines, warehouse

KINDS = """
    metric                 | kind
    rectification_rate     | hazards
    overdue                | overdue
    self_check_rate        | duties
    training_coverage      | training_coverage
    activity_coverage      | activities_asked
    unannounced_share      | inspections
    inspected_rate         | inspected_rate
    hazards_per_visit      | hazards_per_visit
    complaint_checked_rate | complaints
    days_to_check          | complaints
    appraisal_rate         | institutions
    task_support           | tasks
"""


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    return warehouse(
        hazards="found_on\n2024-05-01\n2024-03-01",
        inspections="inspected_on | is_authority\n2024-04-01 | true",
    )


@pytest.mark.parametrize(("metric", "kind"), lines(KINDS))
def test_the_rows_of_a_metric_are_listed_as_what_they_are(
    con: duckdb.DuckDBPyConnection, metric: str, kind: str
) -> None:
    found = behind(con, metric, day("2024-12-31"))
    assert kind_of(metric, found.columns) == kind
    assert listing.titles(kind, found.columns)


def test_rows_without_days_of_their_own_stay_in_order(con: duckdb.DuckDBPyConnection) -> None:
    found = behind(con, "hazards_per_visit", day("2024-12-31"))
    assert listing.urgent_first(found) == found


def test_the_urgent_come_first() -> None:
    con = warehouse(
        hazards="""
            hazard_id | found_on   | is_major | deadline_on | rectified_on
            1         | 2024-03-01 | false    | 2024-03-10  | 2024-03-05
            2         | 2024-03-02 | false    | 2024-03-10  |
            3         | 2024-03-03 | false    | 2024-03-05  |
            4         | 2024-03-04 | true     | 2024-03-20  |
            5         | 2024-03-04 | false    |             |
        """
    )
    found = listing.urgent_first(behind(con, "hazards_found", day("2024-04-01")))
    assert read(con, found)["hazard_id"].to_list() == [4, 3, 2, 5, 1]
