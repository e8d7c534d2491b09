"""How a figure moved between two days: in percentage points, counts and days; null where one is unknown."""

from typing import Any

import duckdb
import pytest

from queries.catalog import catalog
from queries.compare import change, points
from queries.days import ends, year_before
from queries.evaluate import Filters, QueryError, dimensions, evaluate, trend
from tests.queries.warehouses import day, warehouse

NOW, BEFORE = day("2024-06-30"), day("2024-05-01")
MEASURES = ["numerator", "denominator", "value"]


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    return warehouse(
        townships="township | code\n甲镇 | 2\n乙镇 | 1\n丙镇 | 3",
        institutions="institution | township_id\n甲院 | 1\n乙院 | 2",
        hazards="""
            institution_id | found_on   | deadline_on | rectified_on | area
            1              | 2024-03-01 | 2024-03-10  | 2024-03-05   | 用电
            1              | 2024-04-01 | 2024-04-10  | 2024-05-11   | 消防
            1              | 2024-04-02 | 2024-06-20  |              | 消防
            2              | 2024-05-02 | 2024-05-10  | 2024-05-20   |
            2              | 2024-05-02 | 2024-05-10  |              |
        """,
        drills="drilled_on\n2024-03-01",
        task_progress="task | done_on\nD03 | 2024-02-01",
    )


def test_a_rate_moves_by_percentage_points(con: duckdb.DuckDBPyConnection) -> None:
    found = change(con, "rectification_rate", NOW, BEFORE, ["township"])
    assert found.columns == ["township", *MEASURES, *(f"earlier_{name}" for name in MEASURES), "change"]
    assert found.rows() == [
        ("甲镇", 2, 3, 2 / 3, 1, 3, 1 / 3, pytest.approx(100 / 3)),
        ("乙镇", 1, 2, 1 / 2, 0, 0, None, None),
        ("丙镇", 0, 0, None, 0, 0, None, None),
    ]


def test_a_count_moves_by_counts(con: duckdb.DuckDBPyConnection) -> None:
    found = change(con, "overdue", NOW, BEFORE, ["township"])
    assert found.select("value", "earlier_value", "change").rows() == [(1, 1, 0), (1, 0, 1), (0, 0, 0)]


def test_a_median_moves_by_days(con: duckdb.DuckDBPyConnection) -> None:
    # 1 May: 4 days, 30 and 29 still open: no half yet. 30 June: 4, 18 and 40 closed, 59 and 89 open.
    found = change(con, "days_to_rectify", NOW, BEFORE)
    assert found.select("value", "earlier_value", "change").rows() == [(40, None, None)]
    long_before = change(con, "days_to_rectify", NOW, day("2024-03-20"))
    assert long_before.select("value", "earlier_value", "change").rows() == [(40, 4, 36)]


def test_a_group_of_one_of_the_days_alone_is_there_even_without_a_name(
    con: duckdb.DuckDBPyConnection,
) -> None:
    found = change(con, "hazards_found", NOW, BEFORE, ["area"])
    assert found.select("area", "value", "earlier_value", "change").rows() == [
        ("消防", 2, 2, 0),
        ("用电", 1, 1, 0),
        (None, 2, 0, 2),
    ]


def test_a_day_compared_with_itself_has_not_moved(con: duckdb.DuckDBPyConnection) -> None:
    found = change(con, "rectification_rate", NOW, NOW).row(0, named=True)
    assert (found["value"], found["earlier_value"], found["change"]) == (3 / 5, 3 / 5, 0)


@pytest.mark.parametrize("code", sorted(catalog()))
def test_both_figures_are_those_of_their_days_by_every_dimension(
    con: duckdb.DuckDBPyConnection, code: str
) -> None:
    for by in [(), *((name,) for name in dimensions(con, code))]:
        found = change(con, code, NOW, BEFORE, by)
        for prefix, each in (("", NOW), ("earlier_", BEFORE)):
            told = dict(_pairs(found.select(*by, *(prefix + name for name in MEASURES)).rows(), len(by)))
            for group, figure in _pairs(evaluate(con, code, each, by).rows(), len(by)):
                assert told.pop(group) == figure, (by, group)
            assert {figure[2] for figure in told.values()} <= {None, 0}, by
        moved = found.filter(found["change"].is_not_null())
        assert moved["change"].to_list() == pytest.approx(
            [(row[0] - row[1]) * points(catalog()[code]) for row in moved["value", "earlier_value"].rows()]
        )


def _pairs(rows: list[tuple[Any, ...]], groups: int) -> list[tuple[Any, Any]]:
    return [(row[:groups], row[groups:]) for row in rows]


def test_the_filters_hold_on_both_days(con: duckdb.DuckDBPyConnection) -> None:
    found = change(
        con, "hazards_found", NOW, BEFORE, (), Filters(since=day("2024-04-02"), townships=("甲镇",))
    )
    assert found.select("value", "earlier_value").rows() == [(1, 1)]


def test_a_dimension_that_makes_no_sense_is_named(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(QueryError, match="不能按 duty 分"):
        change(con, "overdue", NOW, year_before(NOW), ["duty"])


def test_a_trend_of_quarter_ends_is_the_figures_of_those_days(con: duckdb.DuckDBPyConnection) -> None:
    days = ends(day("2024-01-01"), day("2024-07-15"), "quarter")
    found = trend(con, "hazards_open", days)
    assert found.select("day", "value").rows() == [
        (day("2024-03-31"), 0),
        (day("2024-06-30"), 2),
        (day("2024-07-15"), 2),
    ]
