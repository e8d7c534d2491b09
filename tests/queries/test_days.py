"""Series of days: a month or quarter ends on its own last day, whatever its length."""

import pytest

from queries.days import Step, ends, year_before
from tests.queries.warehouses import day, lines

ENDS = """
    step    | first      | last       | ends
    month   | 2024-01-01 | 2024-03-31 | 2024-01-31 2024-02-29 2024-03-31
    month   | 2025-01-01 | 2025-03-30 | 2025-01-31 2025-02-28 2025-03-30
    month   | 2024-12-31 | 2025-01-01 | 2024-12-31 2025-01-01
    month   | 2025-01-01 | 2025-01-01 | 2025-01-01
    quarter | 2024-01-01 | 2024-12-31 | 2024-03-31 2024-06-30 2024-09-30 2024-12-31
    quarter | 2024-01-01 | 2025-02-28 | 2024-03-31 2024-06-30 2024-09-30 2024-12-31 2025-02-28
    quarter | 2024-04-01 | 2024-07-01 | 2024-06-30 2024-07-01
    day     | 2024-02-28 | 2024-03-01 | 2024-02-28 2024-02-29 2024-03-01
"""


@pytest.mark.parametrize(("step", "first", "last", "expected"), lines(ENDS))
def test_a_series_is_of_the_ends_before_a_day_and_the_day(
    step: Step, first: str, last: str, expected: str
) -> None:
    assert ends(day(first), day(last), step) == tuple(day(each) for each in expected.split())


def test_a_series_can_be_cut_to_the_latest() -> None:
    assert ends(day("2024-01-01"), day("2024-12-31"), "quarter", 2) == (day("2024-09-30"), day("2024-12-31"))


@pytest.mark.parametrize(
    ("now", "before"),
    [("2025-06-30", "2024-06-30"), ("2024-02-29", "2023-02-28"), ("2025-02-28", "2024-02-28")],
)
def test_a_year_before_is_the_same_day(now: str, before: str) -> None:
    assert year_before(day(now)) == day(before)
