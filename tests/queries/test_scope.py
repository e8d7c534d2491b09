"""One township's copy of a build: its own figures and records, and nothing of anybody else's."""

import os
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shutil import copy

import duckdb
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from queries import checklist, common, curve, evaluate, forecast
from queries.catalog import catalog
from queries.compare import change
from queries.filters import Filters
from queries.records import behind, kinds, listed, records
from queries.rows import count, read
from queries.scope import ROWS, UNNAMED, Scope, ScopeError, scope
from queries.scoped import opened_part
from queries.warehouse import build_path, create, current_build, fetch, open_build
from tests.queries.warehouses import rows, warehouse

DAYS = (date(2026, 11, 23), date(2025, 5, 31), date(2024, 2, 29))
EVERY_TOWN = pl.read_csv("data/reference/townships.csv")["name"].to_list()
TOWNS = EVERY_TOWN if os.environ.get("ZHIBEN_TEST_ALL") else ["大箕镇", "柳树口镇"]
MARKED = 12
"""The town whose copy is looked through for others' marks; what the county issues is everybody's."""
WHOSE = {
    "institutions": "township_id",
    "hazards": "(select township_id from institutions where institution_id = hazards.institution_id)",
    "inspections": "(select township_id from institutions where institution_id = inspections.institution_id)",
    "trainings": "(select township_id from institutions where institution_id = trainings.institution_id)",
    "drills": "(select township_id from institutions where institution_id = drills.institution_id)",
    "complaints": "(select township_id from institutions where institution_id = complaints.institution_id)",
    "activities": "township_id",
    "task_progress": "township_id",
    "measures": f"if(unit_code = 'county', {MARKED}, township_id)",
    "source_files": "township_id",
    "refused_rows": "(select township_id from source_files where block_id = refused_rows.block_id)",
    "warned_rows": "(select township_id from source_files where block_id = warned_rows.block_id)",
}
"""The town that each row of a table is of; 0: the county, or nobody knows."""

TABLES = "select table_name from duckdb_tables() where database_name = current_database()"
RANKS = ("position",)
"""A place in the county's order is another in the town's own, which is the same order."""


@dataclass(frozen=True)
class Both:
    """The whole build and the copy of one town."""

    town: str
    whole: duckdb.DuckDBPyConnection
    scoped: duckdb.DuckDBPyConnection

    @property
    def own(self) -> Filters:
        return Filters(townships=(self.town,))


@pytest.fixture(scope="module")
def build(example: Path) -> str:
    return current_build(example) or ""


@pytest.fixture(scope="module")
def whole(example: Path, build: str) -> Iterator[duckdb.DuckDBPyConnection]:
    with closing(open_build(example, build)) as con:
        yield con


@pytest.fixture(scope="module", params=TOWNS)
def both(
    request: pytest.FixtureRequest, example: Path, build: str, whole: duckdb.DuckDBPyConnection
) -> Iterator[Both]:
    with closing(opened_part(example, build, Scope(township=request.param))) as con:
        yield Both(request.param, whole, con)


@pytest.mark.parametrize("as_of", DAYS)
def test_every_figure_is_the_towns_own_of_the_whole_county(both: Both, as_of: date) -> None:
    codes = list(catalog())
    for by in ((), ("township",), *((name,) for name in ("institution", "period", "area", "phase", "unit"))):
        asked = [code for code in codes if set(by) <= set(evaluate.dimensions(both.whole, code))]
        assert_frame_equal(
            evaluate.evaluate_many(both.scoped, asked, as_of, by),
            evaluate.evaluate_many(both.whole, asked, as_of, by, both.own),
        )


@pytest.mark.parametrize("as_of", DAYS)
def test_every_population_is_the_towns_own(both: Both, as_of: date) -> None:
    for code in catalog():
        assert_frame_equal(rows(both.scoped, code, as_of), rows(both.whole, code, as_of, both.own))


@pytest.mark.parametrize("as_of", DAYS)
def test_every_list_is_the_towns_own(both: Both, as_of: date) -> None:
    others = _others(both)
    for kind in kinds():
        expected = _unnamed(_own(both, kind, as_of), others)
        found = records(both.scoped, kind, as_of)
        assert_frame_equal(found.drop(RANKS, strict=False), expected.drop(RANKS, strict=False))


def _own(both: Both, kind: str, as_of: date) -> pl.DataFrame:
    """The town's records; of measures the county's too, which apply to every town."""
    if kind != "measures":
        return records(both.whole, kind, as_of, both.own)
    whose = "township = $town or unit_code = 'county'"
    return read(both.whole, listed(both.whole, kind, as_of).where(whose, town=both.town))


@pytest.mark.parametrize("as_of", DAYS)
def test_rules_answer_to_the_towns_kinds_as_they_do_in_the_county(both: Both, as_of: date) -> None:
    known = common.kinds(both.scoped, as_of)["kind"].implode()
    told, whole = (
        read(con, common.rules(con, as_of, own)).filter(pl.col("kind").is_in(known))
        for con, own in ((both.scoped, Filters()), (both.whole, both.own))
    )
    assert_frame_equal(told, whole)
    assert not told.filter(unit_code="county").is_empty() or as_of < DAYS[0]


def left_open(con: duckdb.DuckDBPyConnection, as_of: date, filters: Filters = Filters()) -> pl.DataFrame:
    return forecast.left_open(forecast.together(forecast.counted(con, as_of, filters)))


def test_everything_else_that_is_asked_is_the_towns_own(both: Both) -> None:
    as_of, earlier, _ = DAYS
    for ask in (checklist.items, checklist.short, left_open, common.kinds):
        assert_frame_equal(ask(both.scoped, as_of), ask(both.whole, as_of, both.own))
    own_homes = read(both.scoped, common.homes(as_of))
    assert_frame_equal(own_homes, read(both.whole, common.homes(as_of, both.own)))
    own_curve = curve.closing_curve(both.scoped, as_of)
    assert_frame_equal(own_curve, curve.closing_curve(both.whole, as_of, (), both.own))
    for code in catalog():
        own = change(both.scoped, code, as_of, earlier)
        assert_frame_equal(own, change(both.whole, code, as_of, earlier, (), both.own))


def test_no_filter_brings_another_towns_rows(both: Both) -> None:
    other = next(town for town in EVERY_TOWN if town != both.town)
    sql = "select institution from institutions_as_of($as_of) where township = $town"
    home = fetch(both.whole, sql, {"as_of": DAYS[0], "town": other})["institution"][0]
    for filters in (Filters(townships=(other,)), Filters(institutions=(home,))):
        for code in catalog():
            if not evaluate.ignored(both.scoped, code, filters):
                assert not count(both.scoped, behind(both.scoped, code, DAYS[0], filters))
        assert records(both.scoped, "hazards", DAYS[0], filters).is_empty()
        assert records(both.scoped, "tasks", DAYS[0], filters).is_empty()


def test_nobody_else_is_named_anywhere_in_the_copy(both: Both) -> None:
    told = _told(both.scoped)
    assert [name for name in _others(both) if name in told] == []
    assert both.town in told


def test_no_cell_of_anothers_row_is_in_the_copy(tmp_path: Path, example: Path, build: str) -> None:
    """Every word of every row is marked with whose it is; the copy has one mark."""
    (tmp_path / "builds").mkdir()
    path = Path(copy(build_path(example, build), build_path(tmp_path, "marked")))
    with closing(create(path)) as con:
        for table, town in WHOSE.items():
            con.execute(f"update {table} set {_marked(con, table, town)}")
    with closing(opened_part(tmp_path, "marked", Scope(township=EVERY_TOWN[MARKED - 1]))) as con:
        assert set(re.findall("⟦(\\d+)⟧", _told(con))) == {str(MARKED)}


def _marked(con: duckdb.DuckDBPyConnection, table: str, town: str) -> str:
    """Add the town's mark to every text but a home's own name, which others may repeat, and codes."""
    sql = """
        select column_name from duckdb_columns()
        where table_name = $table and data_type = 'VARCHAR' and column_name <> 'institution'
            and not ends_with(column_name, '_code') and column_name not in ('task', 'kind')
    """
    names = fetch(con, sql, {"table": table})["column_name"]
    return ", ".join(f"{name} = {name} || '⟦' || coalesce({town}, 0) || '⟧'" for name in names)


def test_every_table_of_a_build_is_held_to_a_rule(whole: duckdb.DuckDBPyConnection) -> None:
    assert set(ROWS) == set(fetch(whole, TABLES)["table_name"])


def test_the_copy_says_whose_it_is_and_the_build_is_the_whole_countys(both: Both) -> None:
    assert scope(both.scoped) == both.town
    assert scope(both.whole) is None


def test_the_copy_reaches_nothing_outside_itself(both: Both, example: Path, build: str) -> None:
    con = both.scoped.cursor()
    for sql in (
        f"attach '{build_path(example, build)}' as again (read_only)",
        "from read_csv('/etc/passwd')",
        "from whole.hazards",
        "set enable_external_access = true",
    ):
        with pytest.raises(duckdb.Error):
            con.execute(sql)


def test_an_unknown_township_is_refused_in_chinese(example: Path, build: str) -> None:
    with pytest.raises(ScopeError, match="乡镇名单里没有“无此镇'; drop table hazards; --”"):
        opened_part(example, build, Scope(township="无此镇'; drop table hazards; --"))


@pytest.mark.parametrize(("sender", "is_silent"), [("2", True), ("", False)])
def test_a_town_that_never_reported_is_silent_only_where_another_did(
    tmp_path: Path, sender: str, is_silent: bool
) -> None:
    with _small(tmp_path, source_files=f"path | township_id\n某处.xlsx | {sender}") as con:
        assert fetch(con, "select is_silent from reports_as_of(date '2026-11-23')").item() is is_silent


@pytest.mark.parametrize(("as_of", "is_supported"), [("2026-05-01", False), ("2026-04-30", None)])
def test_rules_are_asked_for_once_another_town_sent_one(
    tmp_path: Path, as_of: str, is_supported: bool | None
) -> None:
    measures = (
        "issued_on | unit_code | unit | township_id | institution_id\n2026-05-01 | township | 乙镇 | 2 |"
    )
    with _small(tmp_path, measures=measures) as con:
        sql = f"select is_supported from tasks_as_of(date '{as_of}') where task = 'Z06'"
        assert fetch(con, sql).item() is is_supported


def test_a_name_that_stands_within_an_own_homes_name_is_left_there(tmp_path: Path) -> None:
    con = warehouse(
        institutions="institution | township_id\n大南院 | 1\n南院 | 2\n北院 | 2",
        source_files="township_id\n1",
    )
    said = "机构台账里没有“南园”。名称相近的有：大南院、南院、北院。"
    con.execute(
        "insert into refused_rows values (1, 5, '机构名称', '南园', 'x', $said, '{}')", {"said": said}
    )
    with _copy_of(con, tmp_path) as scoped:
        told = fetch(scoped, "select message from refused_rows").item()
    assert told == f"机构台账里没有“南园”。名称相近的有：大南院、{UNNAMED}、{UNNAMED}。"


def _small(folder: Path, **tables: str) -> closing[duckdb.DuckDBPyConnection]:
    """甲镇's copy of a small warehouse of two towns."""
    return _copy_of(warehouse(None, **tables), folder)


def _copy_of(con: duckdb.DuckDBPyConnection, folder: Path) -> closing[duckdb.DuckDBPyConnection]:
    con.execute("checkpoint")
    path = fetch(con, "select path from duckdb_databases() where database_name = current_database()").item()
    (folder / "builds").mkdir()
    copy(path, build_path(folder, "small"))
    return closing(opened_part(folder, "small", Scope(township="甲镇")))


def _others(both: Both) -> set[str]:
    """The names and codes of homes that are not the town's, but for those that stand within its own."""
    sql = """
        select unnest(institutions.former_names || [institution, credit_code]) as name, township,
        from institutions
        inner join townships using (township_id)
    """
    names = fetch(both.whole, sql).drop_nulls()
    own = names.filter(pl.col("township") == both.town)["name"].to_list()
    others = names.filter(pl.col("township") != both.town)["name"].to_list()
    return {name for name in others if not any(name in each for each in own)}


def _told(con: duckdb.DuckDBPyConnection) -> str:
    """Every cell of every table, as one text."""
    return "\n".join(fetch(con, f"from {table}").write_ndjson() for table in fetch(con, TABLES)["table_name"])


def _unnamed(frame: pl.DataFrame, others: set[str]) -> pl.DataFrame:
    """What lists of rows not counted say, without the names of others."""

    def without(said: str) -> str:
        for name in sorted(others, key=len, reverse=True):
            said = said.replace(name, UNNAMED)
        return said

    columns = [name for name in ("cell_value", "message", "cells") if name in frame.columns]
    return frame.with_columns(pl.col(columns).map_elements(without, return_dtype=pl.String))
