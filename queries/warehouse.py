"""Where the builds lie, and the only place that opens one."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from weakref import WeakKeyDictionary

import duckdb
import polars as pl

from queries import snapshots

READING = {"enable_external_access": False, "lock_configuration": True}
"""A reader cannot reach a file or the network, whatever SQL it is given, nor change that."""

_days: WeakKeyDictionary[duckdb.DuckDBPyConnection, snapshots.Snapshots] = WeakKeyDictionary()
"""The days kept beside each open build."""


def current_build(warehouse: Path) -> str | None:
    """Return the id of the published build of a warehouse folder; None where nothing was published yet."""
    pointer = warehouse / "current.json"
    if not pointer.exists():
        return None
    return str(json.loads(pointer.read_text(encoding="utf-8"))["build"])


def build_path(warehouse: Path, build: str) -> Path:
    """Return the DuckDB file of one build."""
    return warehouse / "builds" / f"{build}.duckdb"


def open_build(warehouse: Path, build: str) -> duckdb.DuckDBPyConnection:
    """Open one build for reading; raises duckdb.IOException where there is no such build."""
    con = duckdb.connect(str(build_path(warehouse, build)), read_only=True, config=dict(READING))
    keep_days(con)
    return con


def keep_days(con: duckdb.DuckDBPyConnection) -> None:
    """From now on keep in memory what was true on the days asked about (snapshots.py)."""
    days = snapshots.keep(con)
    if days is not None:
        _days[con] = days


def lock(con: duckdb.DuckDBPyConnection) -> None:
    """From now on a connection that had to reach a file reads as all others do."""
    for name, value in READING.items():
        con.execute(f"set {name} = {value}")


def create(path: Path | None = None) -> duckdb.DuckDBPyConnection:
    """Open a new database file for writing; None: one in memory."""
    return duckdb.connect(":memory:" if path is None else str(path))


def fetch(
    con: duckdb.DuckDBPyConnection, sql: str, params: Mapping[str, object] | None = None
) -> pl.DataFrame:
    """Run one query on a cursor of its own, as a connection cannot be shared by threads."""
    given = dict(params or {})
    days, as_of = _days.get(con), given.get("as_of")
    if days is None or not isinstance(as_of, date):
        return con.cursor().sql(sql, params=given).pl()
    with days.of(con, as_of, sql) as kept:
        if "$as_of" not in kept:
            del given["as_of"]
        return con.cursor().sql(kept, params=given).pl()
