"""Where what is looked at lies: a county's own warehouse, or the lake of many; both are asked alike."""

from collections import OrderedDict
from pathlib import Path
from threading import Lock

import duckdb

from queries import warehouse
from queries.lake import ATTACHED, Lake, LakeError, Moment, attach, detach, look
from queries.lake_open import define_lake, is_small

Source = Path | Lake

MOST_MOMENTS = 100
"""So many moments of lakes are known by their code, of some 60 KB each: whoever looks on at one of them opens
his part of it again."""

_looking: dict[Lake, duckdb.DuckDBPyConnection] = {}
"""One connection a lake on which it is looked whether anything was published."""

_moments: OrderedDict[tuple[Lake, str], Moment] = OrderedDict()
_lock = Lock()


def current(source: Source) -> str | None:
    """What is published last, as a code; None where nothing is yet.

    Raises PointerError where a warehouse's pointer cannot be read, LakeError where a lake cannot be reached.
    """
    if isinstance(source, Path):
        return warehouse.current_build(source)
    now = _now(source)
    if not now.counties:
        return None
    with _lock:
        _moments[source, now.code] = now
        _moments.move_to_end((source, now.code))
        while len(_moments) > MOST_MOMENTS:
            _moments.popitem(last=False)
    return now.code


def opened(source: Source, code: str) -> duckdb.DuckDBPyConnection:
    """Open what is published under a code, for reading; raises duckdb.IOException where it is not there."""
    if isinstance(source, Path):
        return warehouse.open_build(source, code)
    found = moment(source, code)
    return open_moment(source, found, is_copied=is_small(found))


def moment(lake: Lake, code: str) -> Moment:
    """What a lake's counties had published, by its code; raises duckdb.IOException where it is not known."""
    known = _moments.get((lake, code))
    if known is None:
        raise duckdb.IOException(f"the lake shows no {code}")
    return known


def open_moment(lake: Lake, at: Moment, *, is_copied: bool) -> duckdb.DuckDBPyConnection:
    """Open a lake at a moment, for reading; a copy reaches neither the catalogue nor any file."""
    con = warehouse.create()
    try:
        define_lake(con, lake, at, is_copied=is_copied)
        if is_copied:
            detach(con)
            warehouse.lock(con, is_small=False)
        else:
            warehouse.lock_but_for(con, _data_path(con))
    except BaseException:
        con.close()
        raise
    warehouse.keep_days(con)
    return con


def is_sound(source: Source, code: str) -> bool:
    """Whether what is published is what was written; a lake's commits are whole, `verify` looks closer."""
    return isinstance(source, Lake) or warehouse.is_sound(source, code)


def changed_at(folder: Path, code: str) -> int | None:
    """When a build's file was last changed; None where it is gone."""
    path = warehouse.build_path(folder, code)
    return path.stat().st_mtime_ns if path.exists() else None


def _now(lake: Lake) -> Moment:
    """The lake as it is; looked at anew where the connection was lost."""
    with _lock:
        known = lake in _looking
        con = _looking.get(lake) or _looking.setdefault(lake, _connected(lake))
        try:
            return look(con, lake.county)
        except duckdb.Error:
            _looking.pop(lake).close()
            if not known:  # from None: the address, which may hold a password, is in the error
                raise LakeError("数据湖的目录数据库（PostgreSQL）读不出。") from None
    return _now(lake)


def _connected(lake: Lake) -> duckdb.DuckDBPyConnection:
    con = warehouse.create()
    try:
        attach(con, lake, "read_only")
    except BaseException:
        con.close()
        raise
    return con


def _data_path(con: duckdb.DuckDBPyConnection) -> str:
    sql = f"select value from ducklake_options('{ATTACHED}') where option_name = 'data_path'"
    return str(con.execute(sql).fetchall()[0][0])
