"""At province scale every metric and every question of the pages is answered, and its parts add up.

A hundred thousand hazards in hundreds of towns: each town's figures sum to the whole's, and what half of the
towns are told and what the other half are told is what all are told.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from queries import checklist, common, curve, fair, forecast, todo, worst
from queries.catalog import catalog
from queries.evaluate import NO_FILTERS, dimensions, evaluate, trend
from queries.filters import Filters
from queries.plan import townships
from queries.records import kinds, listed
from queries.rows import count, group, read
from queries.warehouse import open_build

AS_OF = date(2026, 11, 23)
DAYS = [date(2025, 6, 30), date(2026, 3, 31), AS_OF]
OF_TOWNS = [code for code in catalog() if code != "phase_time_gone"]
RANKED = [code for code, metric in catalog().items() if metric.compared == "sample"]
ASKED = [code for code, metric in catalog().items() if metric.compared == "units"]


@pytest.fixture(scope="module")
def con(province: Path) -> duckdb.DuckDBPyConnection:
    return open_build(province, "province")


@pytest.fixture(scope="module")
def halves(con: duckdb.DuckDBPyConnection) -> list[Filters]:
    towns = townships(con)["township"].to_list()
    return [Filters(townships=tuple(towns[start::2])) for start in (0, 1)]


def added(frame: pl.DataFrame) -> tuple[float, float, float]:
    """Numerators, denominators, and the values of a count."""
    sums = frame.select(pl.col("numerator", "denominator", "value").sum())
    numerator, denominator, value = sums.row(0)
    return (numerator, denominator, 0) if denominator else (0, 0, value)


@pytest.mark.parametrize("metric", catalog())
def test_the_groups_of_a_metric_add_up_to_the_whole(con: duckdb.DuckDBPyConnection, metric: str) -> None:
    whole = evaluate(con, metric, AS_OF)
    assert whole["value"].item() is not None
    for name in dimensions(con, metric):
        parts = evaluate(con, metric, AS_OF, [name])
        assert parts.height > 0
        # with periods the running one is there too; a ratio leaves out groups it cannot divide by
        if name != "period" and (catalog()[metric].summary != "ratio" or name == "township"):
            assert added(parts) == added(whole), name


@pytest.mark.parametrize("metric", OF_TOWNS)
def test_a_town_is_told_the_figure_that_stands_in_the_county_s_table(
    con: duckdb.DuckDBPyConnection, metric: str
) -> None:
    table = evaluate(con, metric, AS_OF, ["township"]).drop_nulls("township")
    town = table.sort("denominator", "value", descending=True, nulls_last=True)["township"][0]
    alone = evaluate(con, metric, AS_OF, [], Filters(townships=(town,)))
    assert alone.rows() == table.filter(township=town).drop("township").rows()


@pytest.mark.parametrize("metric", catalog())
def test_a_trend_has_the_figures_of_its_days(con: duckdb.DuckDBPyConnection, metric: str) -> None:
    told = trend(con, metric, DAYS)
    assert told.drop("day").rows() == [evaluate(con, metric, day).row(0) for day in DAYS]


@pytest.mark.parametrize("kind", kinds())
def test_a_list_of_each_town_is_the_whole_list(con: duckdb.DuckDBPyConnection, kind: str) -> None:
    rows = listed(con, kind, AS_OF)
    by_town = (
        group(con, rows, ["township"], told="count(*)")
        if "township" in rows.columns
        else pl.DataFrame({"told": [count(con, rows)]})
    )
    assert by_town["told"].sum() == count(con, rows)
    if "township" in rows.columns and by_town.drop_nulls().height:
        town, told = by_town.drop_nulls().sort("told").row(-1)
        assert count(con, listed(con, kind, AS_OF, Filters(townships=(town,)))) == told


@pytest.mark.parametrize("metric", RANKED)
def test_towns_are_compared_with_all_of_them_together(con: duckdb.DuckDBPyConnection, metric: str) -> None:
    found = fair.towns(con, metric, AS_OF)
    whole = evaluate(con, metric, AS_OF)
    assert added(found.select("numerator", "denominator", "value")) == added(whole)
    assert found["whole"].unique().to_list() == whole["value"].to_list()


@pytest.mark.parametrize("metric", ASKED)
def test_those_who_miss_are_all_that_a_rate_lacks(con: duckdb.DuckDBPyConnection, metric: str) -> None:
    whole = evaluate(con, metric, AS_OF)
    lacking = whole["denominator"].item() - whole["numerator"].item()
    assert fair.missing(con, metric, AS_OF)["misses"].sum() == lacking


Question = Callable[[duckdb.DuckDBPyConnection, Filters], pl.DataFrame]

ADDED: dict[str, tuple[Question, str]] = {
    "checklist": (
        lambda con, chosen: checklist.items(con, AS_OF, chosen).filter(pl.col("unit_code") != "county"),
        "asked",
    ),
    "short": (
        lambda con, chosen: checklist.short(con, AS_OF, chosen).drop_nulls("township"),
        "times",
    ),
    "shared by homes": (lambda con, chosen: read(con, common.homes(AS_OF, chosen)), "found"),
    "kinds shared": (lambda con, chosen: common.kinds(con, AS_OF, chosen), "homes"),
    "forecast": (lambda con, chosen: forecast.together(forecast.counted(con, AS_OF, chosen)), "open"),
    "forecast by town": (
        lambda con, chosen: forecast.counted(con, AS_OF, chosen),
        "open_days",
    ),
    "closing curve": (lambda con, chosen: curve.closing_curve(con, AS_OF, ("severity",), chosen), "leaving"),
    "to do": (lambda con, chosen: todo.lines(con, AS_OF, chosen), "items"),
    "worst homes": (lambda con, chosen: worst.homes(con, AS_OF, chosen), "overdue"),
}


@pytest.mark.parametrize("question", ADDED)
def test_what_two_halves_of_the_towns_are_told_is_what_all_are_told(
    con: duckdb.DuckDBPyConnection, halves: list[Filters], question: str
) -> None:
    ask, column = ADDED[question]
    whole, *parts = (ask(con, chosen)[column].sum() for chosen in (NO_FILTERS, *halves))
    assert min(parts) > 0
    assert sum(parts) == whole
