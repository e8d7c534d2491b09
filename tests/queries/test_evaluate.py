"""Grouping, filtering and trends, the same for every metric."""

from queries.evaluate import evaluate
from tests.queries.warehouses import day, warehouse

HAZARDS = """
    institution_id | found_on   | deadline_on | rectified_on | area
    1              | 2024-03-01 | 2024-03-10  | 2024-03-05   | 用电
    1              | 2024-04-01 | 2024-04-10  |              | 消防
"""


def test_by_township_every_town_appears_in_official_order() -> None:
    found = evaluate(warehouse(hazards=HAZARDS), "rectification_rate", day("2024-06-30"), ["township"])
    assert found.rows() == [("甲镇", 1, 2, 1 / 2), ("乙镇", 0, 0, None)]


def test_a_count_is_zero_where_there_is_nothing_to_count() -> None:
    found = evaluate(warehouse(hazards=HAZARDS), "overdue", day("2024-06-30"), ["township"])
    assert found.rows() == [("甲镇", None, None, 1), ("乙镇", None, None, 0)]
