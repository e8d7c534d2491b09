"""Grouping, filtering and trends, the same for every metric."""

from contextlib import closing
from pathlib import Path

import duckdb
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from queries.answers import as_records
from queries.catalog import catalog
from queries.evaluate import (
    Filters,
    QueryError,
    dimensions,
    evaluate,
    evaluate_many,
    ignored,
    trend,
)
from queries.warehouse import current_build, open_build
from tests.queries.warehouses import day, rows, warehouse

TODAY = day("2024-06-30")


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    return warehouse(
        townships="township | code\n甲镇 | 2\n乙镇 | 1\n丙镇 | 3",
        institutions="institution | township_id\n甲院 | 1\n乙院 | 2",
        hazards="""
            institution_id | found_on   | deadline_on | rectified_on | area | severity
            1              | 2024-03-01 | 2024-03-10  | 2024-03-05   | 用电 | 一般
            1              | 2024-04-01 | 2024-04-10  |              | 消防 | 重大
            2              | 2024-04-02 | 2024-06-20  |              | 消防 | 一般
            2              | 2024-05-02 | 2024-05-10  | 2024-05-20   |      | 一般
        """,
        inspections="institution_id | inspected_on\n1 | 2024-02-01",
        task_progress="task | done_on\nD03 | 2024-02-01",
    )


def test_by_township_every_town_appears_in_official_order(con: duckdb.DuckDBPyConnection) -> None:
    found = evaluate(con, "rectification_rate", TODAY, ["township"])
    assert found.rows() == [("甲镇", 1, 2, 1 / 2), ("乙镇", 1, 2, 1 / 2), ("丙镇", 0, 0, None)]


def test_a_count_is_zero_where_there_is_nothing_to_count(con: duckdb.DuckDBPyConnection) -> None:
    found = evaluate(con, "overdue", TODAY, ["township"])
    assert found.rows() == [("甲镇", None, None, 1), ("乙镇", None, None, 1), ("丙镇", None, None, 0)]


def test_other_groups_appear_only_where_there_is_something(con: duckdb.DuckDBPyConnection) -> None:
    found = evaluate(con, "rectification_rate", TODAY, ["area"])
    assert found.rows() == [("消防", 0, 2, 0.0), ("用电", 1, 1, 1.0), (None, 1, 1, 1.0)]


def test_a_matrix_has_a_cell_for_each_town_and_each_group(con: duckdb.DuckDBPyConnection) -> None:
    found = evaluate(con, "hazards_found", TODAY, ["township", "month"])
    assert found.select("township", "month", "value").rows() == [
        ("甲镇", "2024-03", 1),
        ("甲镇", "2024-04", 1),
        ("甲镇", "2024-05", 0),
        ("乙镇", "2024-03", 0),
        ("乙镇", "2024-04", 1),
        ("乙镇", "2024-05", 1),
        ("丙镇", "2024-03", 0),
        ("丙镇", "2024-04", 0),
        ("丙镇", "2024-05", 0),
    ]


def test_an_institution_stands_in_its_own_town_only(con: duckdb.DuckDBPyConnection) -> None:
    found = evaluate(con, "hazards_found", TODAY, ["township", "institution"])
    assert found.select("township", "institution").rows() == [("甲镇", "甲院"), ("乙镇", "乙院")]


FILTERS = [
    (Filters(townships=("乙镇",)), 2),
    (Filters(townships=("乙镇", "甲镇")), 4),
    (Filters(institutions=("甲院",)), 2),
    (Filters(severities=("重大",)), 1),
    (Filters(areas=("消防",)), 2),
    (Filters(areas=("消防",), townships=("乙镇",)), 1),
    (Filters(since=day("2024-04-01")), 3),
    (Filters(since=day("2024-04-02")), 2),
    (Filters(until=day("2024-04-01")), 2),
    (Filters(since=day("2024-04-01"), until=day("2024-04-01")), 1),
    (Filters(townships=("无此镇",)), 0),
    (Filters(townships=("' or true or '",)), 0),
]


@pytest.mark.parametrize(("filters", "found"), FILTERS)
def test_a_filter_keeps_its_rows(con: duckdb.DuckDBPyConnection, filters: Filters, found: int) -> None:
    assert evaluate(con, "hazards_found", TODAY, (), filters)["value"].item() == found
    assert rows(con, "hazards_found", TODAY, filters).height == found


def test_a_chosen_town_appears_alone(con: duckdb.DuckDBPyConnection) -> None:
    found = evaluate(con, "hazards_found", TODAY, ["township"], Filters(townships=("丙镇",)))
    assert found.select("township", "value").rows() == [("丙镇", 0)]


def test_a_stock_ignores_the_window_and_says_so(con: duckdb.DuckDBPyConnection) -> None:
    window = Filters(since=day("2024-06-01"), until=day("2024-06-02"), areas=("消防",))
    assert evaluate(con, "overdue", TODAY, (), window)["value"].item() == 2
    assert ignored(con, "overdue", window) == ["since", "until"]
    assert ignored(con, "clear_institutions", window) == ["since", "until", "areas"]
    assert ignored(con, "rectification_rate", window) == []
    assert ignored(con, "self_check_rate", window) == ["areas"]


def test_a_trend_asks_each_day_anew(con: duckdb.DuckDBPyConnection) -> None:
    days = [day("2024-02-29"), day("2024-04-11"), TODAY]
    found = trend(con, "overdue", days)
    assert found.select("day", "value").rows() == [(days[0], 0), (days[1], 1), (days[2], 2)]


@pytest.mark.parametrize("code", sorted(catalog()))
def test_every_metric_gives_a_trend_the_same_figures_as_its_days(
    con: duckdb.DuckDBPyConnection, code: str
) -> None:
    days = [day("2024-02-29"), day("2024-04-11"), TODAY]
    for by in [(), *((name,) for name in dimensions(con, code))]:
        whole = trend(con, code, days, by)
        parts = [evaluate(con, code, each, by) for each in days]
        for each, part in zip(days, parts, strict=True):
            on_day = whole.filter(day=each).drop("day")
            kept = on_day if by in ((), ("county",), ("township",)) else _counted(on_day)
            assert kept.rows() == part.rows(), by


@pytest.mark.parametrize("code", sorted(catalog()))
def test_days_asked_about_at_once_or_each_by_itself_give_the_same_trend(
    example: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    days = [day("2024-06-30"), day("2025-12-31"), day("2026-11-23")]
    with closing(open_build(example, current_build(example) or "")) as con:
        own = Filters(since=days[0], until=days[1], townships=("大箕镇", "巴公镇"))
        for by, filters in [
            ((), Filters()),
            *(((name,), own) for name in dimensions(con, code)),
        ]:
            monkeypatch.setattr("queries.evaluate.keeps_days", lambda _: True)
            at_once = trend(con, code, days, by, filters)
            monkeypatch.setattr("queries.evaluate.keeps_days", lambda _: False)
            assert_frame_equal(trend(con, code, days, by, filters), at_once)


def _counted(frame: pl.DataFrame) -> pl.DataFrame:
    """Without the empty groups that a trend shows because they occur on another of its days."""
    return frame.filter(pl.coalesce("denominator", "value") > 0)


def test_many_metrics_in_one_statement_are_those_one_by_one(con: duckdb.DuckDBPyConnection) -> None:
    metrics = ["self_check_rate", "overdue", "phase_progress", "days_to_rectify"]
    found = evaluate_many(con, metrics, TODAY, ["township"])
    for metric in metrics:
        alone = evaluate(con, metric, TODAY, ["township"])
        assert found.filter(metric=metric).drop("metric").rows() == alone.rows()
    assert list(dict.fromkeys(found["metric"])) == metrics


@pytest.mark.parametrize("code", sorted(catalog().keys() - {"phase_time_gone"}))
def test_the_towns_sum_to_the_county(con: duckdb.DuckDBPyConnection, code: str) -> None:
    towns = evaluate(con, code, TODAY, ["township"])
    whole = evaluate(con, code, TODAY)
    if catalog()[code].summary == "count":
        assert towns["value"].sum() == whole["value"].item()
    else:
        assert towns["numerator"].sum() == whole["numerator"].item()
        assert towns["denominator"].sum() == whole["denominator"].item()


@pytest.mark.parametrize("code", sorted(catalog()))
def test_the_rows_behind_a_figure_are_as_many_as_it_says(con: duckdb.DuckDBPyConnection, code: str) -> None:
    figure = evaluate(con, code, TODAY).row(0, named=True)
    behind = rows(con, code, TODAY)
    if catalog()[code].summary == "ratio":
        assert behind["denominator"].sum() == figure["denominator"]
    elif catalog()[code].summary == "count":
        assert behind.height == figure["value"]
    else:
        assert behind.height == figure["denominator"]
        assert behind["numerator"].sum() == figure["numerator"]


def test_rows_of_one_group_can_be_picked_even_where_the_group_has_no_name(
    con: duckdb.DuckDBPyConnection,
) -> None:
    picked = rows(con, "rectification_rate", TODAY, where={"area": None, "township": "乙镇"})
    assert picked["found_on"].to_list() == [day("2024-05-02")]


def test_an_unknown_metric_and_a_foreign_dimension_are_named(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(QueryError, match=r"没有指标 sales；可用：.*rectification_rate"):
        evaluate(con, "sales", TODAY)
    with pytest.raises(
        QueryError, match="整改率（rectification_rate）不能按 duty 分；可用：county、township、institution"
    ):
        evaluate(con, "rectification_rate", TODAY, ["duty"])
    with pytest.raises(QueryError, match="不能按 hazard_id 分"):
        rows(con, "rectification_rate", TODAY, where={"hazard_id": "1"})


def test_dimensions_are_those_of_the_rows(con: duckdb.DuckDBPyConnection) -> None:
    assert dimensions(con, "self_check_rate") == ("county", "township", "institution", "duty", "period")
    assert dimensions(con, "phase_progress") == ("county", "township", "institution", "phase", "unit")
    assert dimensions(con, "phase_time_gone") == ("phase",)


def test_records_are_shaped_as_the_command_line_promises(con: duckdb.DuckDBPyConnection) -> None:
    share = as_records("rectification_rate", TODAY, evaluate(con, "rectification_rate", TODAY, ["township"]))
    assert share[0] == {
        "metric": "rectification_rate",
        "as_of": "2024-06-30",
        "township": "甲镇",
        "numerator": 1,
        "denominator": 2,
        "value": 1 / 2,
    }
    assert list(share[0]) == ["metric", "as_of", "township", "numerator", "denominator", "value"]
    assert share[2]["value"] is None
    count = as_records("overdue", TODAY, evaluate(con, "overdue", TODAY))[0]
    assert (count["numerator"], count["denominator"], repr(count["value"])) == (None, None, "2")
    median = as_records("days_to_rectify", TODAY, evaluate(con, "days_to_rectify", TODAY))[0]
    assert (median["numerator"], median["denominator"], repr(median["value"])) == (2, 4, "18")
