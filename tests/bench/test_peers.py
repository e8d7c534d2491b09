"""The peers show what we show: the same figures, courses, bars and rows for every town."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pytest

from dashboard.picking import UNKNOWN
from dashboard.words import figure
from queries.catalog import catalog
from queries.days import ends
from queries.evaluate import evaluate, evaluate_many, trend
from queries.filters import Filters
from queries.warehouse import current_build, open_build
from tests.bench.peers import figures
from tests.dashboard import warehouses

CODES = (
    *("hazards_found", "rectification_rate", "on_time_rate"),
    *("hazards_open", "verification_rate", "recurrence_rate"),
)
FIRST_DAY = date(2024, 1, 1)


@pytest.fixture(scope="module")
def connection(example: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    opened = open_build(example, current_build(example) or "")
    yield opened
    opened.close()


def _filters(town: str) -> Filters:
    return Filters(townships=() if town == figures.ALL else (town,))


def test_the_six_figures_are_ours_in_every_town(
    connection: duckdb.DuckDBPyConnection, hazards: pd.DataFrame
) -> None:
    for town in figures.towns(hazards):
        ours = evaluate_many(connection, CODES, warehouses.AS_OF, (), _filters(town))
        values = dict(ours.select("metric", "value").iter_rows())
        told = [figure(values[code], catalog()[code]) for code in CODES]
        assert list(figures.page(hazards, town).figures.values()) == told


def test_the_course_is_ours(connection: duckdb.DuckDBPyConnection, hazards: pd.DataFrame) -> None:
    days = ends(FIRST_DAY, warehouses.AS_OF, "month")
    rates = trend(connection, "rectification_rate", days)
    course = figures.page(hazards).course
    assert [day.date() for day in course["month_end"]] == list(days)
    assert course["found"].cumsum().tolist() == rates["denominator"].to_list()
    assert course["rectified"].cumsum().tolist() == rates["numerator"].to_list()
    assert course["open"].tolist() == trend(connection, "hazards_open", days)["value"].to_list()


def test_the_bars_are_ours(connection: duckdb.DuckDBPyConnection, hazards: pd.DataFrame) -> None:
    page = figures.page(hazards)
    assert _by(connection, "rectification_rate", "township") == pytest.approx(page.towns.to_dict())
    for by, counts in (("area", page.areas), ("kind", page.kinds)):
        ours = _by(connection, "hazards_found", by)
        assert {name: ours[name] for name in counts.index} == counts.to_dict()


def _by(connection: duckdb.DuckDBPyConnection, metric: str, by: str) -> dict[str, float]:
    frame = evaluate(connection, metric, warehouses.AS_OF, (by,)).with_columns(pl.col(by).fill_null(UNKNOWN))
    return dict(frame.select(by, "value").iter_rows())


def test_the_table_lists_the_hazards_of_one_town(hazards: pd.DataFrame) -> None:
    rows = figures.page(hazards, "大箕镇").rows
    assert len(rows) == 253
    assert set(rows["township"]) == {"大箕镇"}
