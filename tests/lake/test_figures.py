"""A county's figures and lists from the lake are those of its own warehouse; two counties' are both."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from queries import lake_open, sources
from queries.catalog import catalog
from queries.evaluate import dimensions, evaluate, evaluate_many
from queries.filters import Filters
from queries.lake import Lake
from queries.records import kinds, records
from tests.lake.counties import AS_OF, GAOPING, ZEZHOU, County, opened, warehouse

DAYS = [date(2024, 6, 30), date(2025, 12, 31), AS_OF]
COUNTIES = [ZEZHOU, GAOPING]
NUMBERS = ("_id", "_id_1", "position", "code", "code_1", "known_to")
"""Columns ending so number what is the county's own, or say when it loaded: others in the lake."""


@pytest.fixture(scope="module")
def whole(both: Lake) -> Iterator[duckdb.DuckDBPyConnection]:
    with closing(read(both)) as con:
        yield con


@pytest.fixture(scope="module", params=COUNTIES, ids=lambda county: county.name)
def pair(
    both: Lake, shared: Path, request: pytest.FixtureRequest
) -> Iterator[tuple[duckdb.DuckDBPyConnection, duckdb.DuckDBPyConnection, County]]:
    """A county alone out of the lake, its own warehouse, and which it is."""
    county = request.param
    with ExitStack() as stack:
        alone = stack.enter_context(closing(read(replace(both, county=county.code))))
        own = stack.enter_context(closing(opened(warehouse(shared, county))))
        yield alone, own, county


def read(lake: Lake) -> duckdb.DuckDBPyConnection:
    code = sources.current(lake)
    assert code is not None
    return sources.opened(lake, code)


def told(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.drop(name for name in frame.columns if name.endswith(NUMBERS))


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_figure_of_a_county_is_that_of_its_own_warehouse(
    pair: tuple[duckdb.DuckDBPyConnection, duckdb.DuckDBPyConnection, County], day: date
) -> None:
    alone, own, _ = pair
    for by in ("", *dimensions(own, "rectification_rate"), "period", "phase", "group", "unit"):
        group = (by,) if by else ()
        codes = [code for code in catalog() if {*group} <= {*dimensions(own, code)}]
        found = evaluate_many(alone, codes, day, group)
        assert found.height
        assert found.equals(evaluate_many(own, codes, day, group)), by


@pytest.mark.parametrize("kind", kinds())
def test_every_list_of_a_county_is_that_of_its_own_warehouse(
    pair: tuple[duckdb.DuckDBPyConnection, duckdb.DuckDBPyConnection, County], kind: str
) -> None:
    alone, own, _ = pair
    for day in DAYS:
        found, expected = (told(records(con, kind, day)) for con in (alone, own))
        assert found.equals(expected), day


@pytest.mark.parametrize("code", catalog())
def test_by_county_each_has_its_own_figure_and_together_they_are_the_whole(
    whole: duckdb.DuckDBPyConnection, shared: Path, code: str
) -> None:
    if "county" not in dimensions(whole, code):
        pytest.skip("of the plan, not of a county")
    by_county = evaluate(whole, code, AS_OF, ["county"])
    assert by_county["county"].to_list() == ["泽州县", "示例市"]
    for county in COUNTIES:
        with closing(opened(warehouse(shared, county))) as own:
            expected = evaluate(own, code, AS_OF)
        assert by_county.filter(county=county.name).drop("county").equals(expected)
        held = evaluate(whole, code, AS_OF, (), Filters(counties=(county.name,)))
        assert held.equals(expected)
    together = evaluate(whole, code, AS_OF)
    if catalog()[code].summary in {"share", "ratio"}:
        sums = by_county.select(pl.sum("numerator", "denominator")).row(0)
        assert together.select("numerator", "denominator").row(0) == sums
    if catalog()[code].summary == "count":
        assert together["value"].item() == by_county["value"].sum()


def test_a_name_that_two_counties_share_is_said_with_its_county(
    whole: duckdb.DuckDBPyConnection, shared: Path
) -> None:
    by_town = evaluate(whole, "hazards_found", AS_OF, ["township"])
    with closing(opened(warehouse(shared, ZEZHOU))) as own:
        towns = evaluate(own, "hazards_found", AS_OF, ["township"])["township"].to_list()
    expected = [f"{county.name}{town}" for county in COUNTIES for town in towns]
    assert by_town["township"].to_list() == expected
    homes = evaluate(whole, "hazards_found", AS_OF, ["institution"])["institution"]
    assert homes.is_unique().all()


def test_the_whole_is_as_of_the_latest_day_and_each_county_has_its_bureau_among_the_units(
    whole: duckdb.DuckDBPyConnection,
) -> None:
    assert whole.execute("select as_of from build").fetchall() == [(AS_OF,)]
    bureaus = evaluate(whole, "activity_coverage", AS_OF, ["unit"])["unit"].to_list()
    assert {"泽州县民政局", "示例市民政局"} <= {*bureaus}


def test_what_is_too_much_to_copy_is_read_where_it_lies(
    both: Lake, whole: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lake_open, "MOST_HAZARDS", 0)
    with closing(read(both)) as con:
        views = con.execute("select view_name from duckdb_views() where not internal").fetchall()
        assert ("hazards",) in views
        for by in ((), ("county",), ("township",)):
            codes = [code for code in catalog() if {*by} <= {*dimensions(con, code)}]
            for day in DAYS:
                expected = evaluate_many(whole, codes, day, by)
                assert evaluate_many(con, codes, day, by).equals(expected)
