"""Metrics on the institutions open on the day."""

import pytest

from queries.evaluate import evaluate
from queries.warehouse import fetch
from tests.queries.warehouses import day, lines, warehouse

OPEN = """
    opened_on  | closed_on  | as_of      | is_open
               |            | 2024-06-30 | true
    2024-06-30 |            | 2024-06-30 | true
    2024-07-01 |            | 2024-06-30 | false
               | 2024-06-30 | 2024-06-30 | false
               | 2024-07-01 | 2024-06-30 | true
"""


@pytest.mark.parametrize(("opened", "closed", "as_of", "is_open"), lines(OPEN))
@pytest.mark.parametrize("metric", ["clear_institutions", "responsibility_rate", "emergency_plan_rate"])
def test_only_institutions_open_on_the_day_are_counted(
    metric: str, opened: str, closed: str, as_of: str, is_open: str
) -> None:
    con = warehouse(institutions=f"institution | opened_on | closed_on\n甲院 | {opened} | {closed}")
    assert evaluate(con, metric, day(as_of))["denominator"].item() == (is_open == "true")


def test_a_closing_still_to_come_is_not_shown() -> None:
    con = warehouse(institutions="institution | closed_on\n甲院 | 2024-07-01")
    sql = "select closed_on from institutions_as_of($d)"
    assert fetch(con, sql, {"d": day("2024-06-30")})["closed_on"].item() is None


CLEAR = """
    is_major | rectified_on | as_of      | is_clear
    true     |              | 2024-05-01 | false
    true     |              | 2024-04-30 | true
    false    |              | 2024-05-01 | true
    true     | 2024-05-10   | 2024-05-10 | true
    true     | 2024-05-10   | 2024-05-09 | false
"""


@pytest.mark.parametrize(("is_major", "rectified", "as_of", "is_clear"), lines(CLEAR))
def test_an_institution_is_clear_without_unrectified_major_hazards(
    is_major: str, rectified: str, as_of: str, is_clear: str
) -> None:
    con = warehouse(hazards=f"found_on | is_major | rectified_on\n2024-05-01 | {is_major} | {rectified}")
    assert evaluate(con, "clear_institutions", day(as_of))["numerator"].item() == (is_clear == "true")
