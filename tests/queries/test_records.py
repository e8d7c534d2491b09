"""The lists of records, under the shared filters, with Chinese titles."""

import duckdb
import pytest

from queries.evaluate import Filters, QueryError
from queries.records import kinds, records, titles
from tests.queries.warehouses import day, rows, warehouse

TODAY = day("2024-06-30")


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    con = warehouse(
        institutions="institution | township_id\n甲院 | 1\n乙院 | 2",
        hazards="""
            institution_id | found_on   | deadline_on | rectified_on | severity | is_major
            1              | 2024-04-01 | 2024-04-10  |              | 一般     | false
            2              | 2024-03-01 | 2024-05-01  |              | 重大     | true
            2              | 2024-07-01 | 2024-05-01  |              | 重大     | true
        """,
        inspections="inspected_on\n2024-05-01\n2024-07-01",
        trainings="trained_on\n2024-05-01\n2024-07-01",
        drills="drilled_on\n2024-05-01\n2024-07-01",
        complaints="""
            received_on | checked_on | settled_on | finding
            2024-05-01  | 2024-07-01 | 2024-07-02 | 是
            2024-05-02  | 2024-05-03 | 2024-07-02 | 否
            2024-07-01  |            |            |
        """,
        activities="""
            held_on    | unit_code   | township_id | institution_id
            2024-05-01 | county      |             |
            2024-07-01 | institution | 1           | 1
        """,
        measures="issued_on\n2024-05-01\n2024-07-01",
        source_files="township_id | rows_read | rows_taken | rows_refused\n1 | 2 | 1 | 1",
    )
    con.execute(
        "insert into refused_rows values (1, 5, '发现日期', '2062', 'impossible', '没有这一天', '{}')"
    )
    con.execute("insert into warned_rows values (1, 4, '整改时限', null, 'missing', '没有整改时限')")
    return con


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_shown_column_is_there_and_has_a_title(con: duckdb.DuckDBPyConnection, kind: str) -> None:
    found = records(con, kind, TODAY)
    assert set(titles(kind)) <= set(found.columns)
    assert all(titles(kind).values())
    assert list(titles(kind)) == kinds()[kind].columns


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("hazards", 2),
        ("overdue", 2),
        ("inspections", 1),
        ("trainings", 1),
        ("drills", 1),
        ("complaints", 2),
        ("activities", 1),
        ("measures", 1),
        ("refused", 1),
        ("warnings", 1),
        ("sources", 1),
    ],
)
def test_nothing_after_the_day_is_listed(con: duckdb.DuckDBPyConnection, kind: str, found: int) -> None:
    assert records(con, kind, TODAY).height == found


def test_what_became_of_a_complaint_later_is_not_seen(con: duckdb.DuckDBPyConnection) -> None:
    found = records(con, "complaints", TODAY).select("checked_on", "finding", "settled_on")
    assert found.rows() == [(None, None, None), (day("2024-05-03"), "否", None)]


def test_filters_narrow_a_list(con: duckdb.DuckDBPyConnection) -> None:
    assert records(con, "hazards", TODAY, Filters(townships=("甲镇",)))["institution"].to_list() == ["甲院"]
    assert records(con, "hazards", TODAY, Filters(severities=("重大",)))["institution"].to_list() == ["乙院"]
    assert records(con, "hazards", TODAY, Filters(since=day("2024-03-02"))).height == 1
    assert records(con, "refused", TODAY, Filters(townships=("乙镇",))).height == 0


def test_the_overdue_list_is_the_rows_of_its_figure_worst_first(con: duckdb.DuckDBPyConnection) -> None:
    listed = records(con, "overdue", TODAY)
    assert listed["hazard_id"].to_list() == [2, 1]
    assert sorted(rows(con, "overdue", TODAY)["hazard_id"]) == [1, 2]


def test_titles_are_chinese_and_one_kind_may_have_its_own() -> None:
    assert titles("hazards")["due_on"] == "期限"
    assert titles("complaints")["due_on"] == "办理期限"


def test_an_unknown_kind_is_named(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(QueryError, match="没有记录种类 sales；可用：hazards、overdue"):
        records(con, "sales", TODAY)
