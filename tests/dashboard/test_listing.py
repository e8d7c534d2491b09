"""Of which kind of record the rows behind a figure are."""

import duckdb
import pytest

from dashboard import listing
from queries.evaluate import rows
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
    found = rows(con, metric, day("2024-12-31"))
    assert listing.kind_of(metric, found) == kind
    assert listing.titles(kind, found)


def test_rows_without_days_of_their_own_stay_in_order(con: duckdb.DuckDBPyConnection) -> None:
    found = rows(con, "hazards_per_visit", day("2024-12-31"))
    assert listing.urgent_first(found).equals(found)
