"""Opens of what is published what somebody may see: a county's part of a lake, a township's of either."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import duckdb

from queries.lake import Lake, Moment, detach
from queries.lake_open import define_lake
from queries.scope import WHOLE, Scope, ScopeError, open_scoped
from queries.sources import Source, moment, open_moment
from queries.warehouse import build_path

OF_A_LAKE_ALONE = "名单写的县区 {} 只用于数据湖，这里是一个县自己的看板。请管理员改正名单。"
NO_COUNTY = "名单没有写“{}”是哪个县区的（county）。请管理员补上。"
ANOTHER_COUNTY = "这里只看一个县区，不是名单写的 {}。请用本县区的看板，或请管理员改正名单。"
NOT_LOADED = "数据湖里还没有县区 {} 的数据：本县区发布后再看。"


def opened_part(source: Source, code: str, scope: Scope) -> duckdb.DuckDBPyConnection:
    """Open of what is published what somebody may see, for reading: his county's rows, or his township's.

    Raises ScopeError where what he may see is not there, LakeError and duckdb.IOException where nothing can
    be read.
    """
    if isinstance(source, Path):
        if scope.county is not None:
            raise ScopeError(OF_A_LAKE_ALONE.format(scope.county))
        return open_scoped(partial(_attach_build, source, code), str(scope.township))
    county = source.county if scope.county is None else scope.county
    if county is None:
        raise ScopeError(NO_COUNTY.format(scope.township))
    if source.county not in {None, county}:
        raise ScopeError(ANOTHER_COUNTY.format(county))
    lake, only = Lake(source.dsn, county), _of_county(moment(source, code), county)
    if scope.township is None:
        return open_moment(lake, only, is_copied=True)
    return open_scoped(partial(_attach_lake, lake, only), scope.township)


def _of_county(whole: Moment, county: int) -> Moment:
    """What one county published, of a lake at a moment."""
    only = tuple(each for each in whole.counties if each.county_id == county)
    if not only:
        raise ScopeError(NOT_LOADED.format(county))
    return replace(whole, counties=only)


def _attach_build(source: Path, code: str, con: duckdb.DuckDBPyConnection) -> None:
    path = str(build_path(source, code)).replace("'", "''")
    con.execute(f"attach '{path}' as {WHOLE} (read_only)")


def _attach_lake(lake: Lake, whole: Moment, con: duckdb.DuckDBPyConnection) -> None:
    """Beside what a connection has, a copy of a lake's county."""
    con.execute(f"attach ':memory:' as {WHOLE}")
    con.execute(f"use {WHOLE}")
    define_lake(con, lake, whole, is_copied=True)
    con.execute("use memory")
    detach(con)
