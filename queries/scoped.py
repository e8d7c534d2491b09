"""Opens of what is published what somebody may see: a county's part of a lake, a township's of either."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import duckdb

from queries.lake import ATTACHED, Lake, Moment
from queries.lake_open import define_lake
from queries.scope import WHOLE, Scope, ScopeError, open_scoped
from queries.sources import Source, moment, open_moment
from queries.warehouse import build_path


def opened_part(source: Source, code: str, scope: Scope) -> duckdb.DuckDBPyConnection:
    """Open of what is published what somebody may see, for reading: his county's rows, or his township's.

    Raises ScopeError where that is not there, duckdb.IOException where nothing is published under the code.
    """
    if isinstance(source, Path):
        if scope.county is not None:
            raise ScopeError(
                f"名单写的县区 {scope.county} 只用于数据湖，这里是一个县自己的看板。请管理员改正名单。"
            )
        return open_scoped(partial(_attach_build, source, code), str(scope.township))
    whole = moment(source, code)
    only = _of_county(whole, _his_county(whole, scope))
    lake = Lake(source.dsn, only.counties[0].county_id)
    if scope.township is None:
        return open_moment(lake, only, is_copied=True)
    return open_scoped(partial(_attach_lake, lake, only), scope.township)


def _his_county(whole: Moment, scope: Scope) -> int:
    """The county somebody's scope is in; of several, two may have a township of the same name."""
    if scope.county is not None:
        return scope.county
    if len(whole.counties) > 1:
        raise ScopeError(f"名单没有写“{scope.township}”是哪个县区的（county）。请管理员补上。")
    return whole.counties[0].county_id


def _of_county(whole: Moment, county: int) -> Moment:
    """What one county published, of a lake at a moment."""
    only = tuple(each for each in whole.counties if each.county_id == county)
    if not only:
        raise ScopeError(f"数据湖里没有县区 {county} 的数据。")
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
    con.execute(f"detach {ATTACHED}")
