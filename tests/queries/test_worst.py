"""The homes to look at first: overdue major hazards, then most overdue, then the lowest rate."""

from queries import worst
from queries.filters import Filters
from tests.queries.warehouses import day, warehouse

DAY = day("2024-06-30")
HOMES = "institution | township_id\n甲院 | 1\n乙院 | 1\n丙院 | 2\n丁院 | 2\n戊院 | 2"
HAZARDS = """
    institution_id | found_on   | deadline_on | rectified_on | is_major
    1              | 2024-03-01 | 2024-03-10  | 2024-03-05   | false
    2              | 2024-03-01 | 2024-03-10  |              | false
    2              | 2024-03-02 | 2024-03-10  |              | false
    3              | 2024-03-01 | 2024-03-10  |              | true
    4              | 2024-03-01 | 2024-03-10  | 2024-03-05   | false
    4              | 2024-03-01 | 2024-12-31  |              | false
"""


def test_the_worst_homes_come_first() -> None:
    con = warehouse(institutions=HOMES, hazards=HAZARDS)
    found = worst.homes(con, DAY)
    assert found["institution"].to_list() == ["丙院", "乙院", "丁院", "甲院", "戊院"]
    told = found.select("has_overdue_major", "overdue", "rate").rows()
    assert told == [(True, 1, 0), (False, 2, 0), (False, 0, 1 / 2), (False, 0, 1), (False, 0, None)]
    assert worst.homes(con, DAY, most=2).equals(found.head(2))


def test_words_are_looked_for_in_names_and_towns() -> None:
    con = warehouse(institutions=HOMES, hazards=HAZARDS)
    assert worst.homes(con, DAY, words=("乙镇",))["institution"].to_list() == ["丙院", "丁院", "戊院"]
    assert worst.homes(con, DAY, words=("乙镇", "丁"))["institution"].to_list() == ["丁院"]
    assert worst.homes(con, DAY, Filters(townships=("甲镇",)))["institution"].to_list() == ["乙院", "甲院"]
