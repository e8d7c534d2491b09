"""Where the builds lie, and the only place that opens one."""

import atexit
import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any
from weakref import WeakKeyDictionary

import duckdb
import polars as pl
import pyarrow as pa

from queries import snapshots

Options = dict[str, str | bool | int | float | list[str]]
"""What DuckDB takes when it opens a database."""

LOCKED: Options = {
    "enable_external_access": False,
    "memory_limit": "3GB",
    "lock_configuration": True,
}
"""A reader cannot reach a file or the network, whatever SQL it is given, nor change that. What needs more
memory goes to the disk, and takes nobody else's."""

SMALL = 64_000_000
IN_ONE_THREAD: Options = {"threads": 1}
"""Of a build of fewer bytes a question is answered as soon as in two threads, for a quarter less of the
processor; there are others who ask."""

WRITING: Options = {"memory_limit": "2GB"}
"""A build of any size is written in so much; what is sorted goes to the disk."""

ROOM = 2_048
"""Each column DuckDB hands out has room for so many rows: few rows are copied, as answers are kept."""

ANY_DAY = "date '2000-01-01'"

_days: WeakKeyDictionary[duckdb.DuckDBPyConnection, snapshots.Snapshots] = WeakKeyDictionary()
"""The days kept beside each open build."""

_columns: WeakKeyDictionary[duckdb.DuckDBPyConnection, dict[str, list[str]]] = WeakKeyDictionary()


class PointerError(ValueError):
    """The pointer to the published build cannot be read; the message is Chinese."""


def current_build(warehouse: Path) -> str | None:
    """Return the id of the published build of a warehouse folder; None where nothing was published yet.

    Raises PointerError where there is a pointer that cannot be read.
    """
    pointer = _pointer(warehouse)
    return None if pointer is None else str(pointer["build"])


def is_empty(warehouse: Path) -> bool:
    """Whether nothing has been published in a warehouse folder yet."""
    return not (warehouse / "current.json").exists()


def known_build(warehouse: Path) -> str | None:
    """The same for those who go on without: None also where the pointer cannot be read."""
    with suppress(PointerError):
        return current_build(warehouse)
    return None


def _pointer(warehouse: Path) -> dict[str, Any] | None:
    try:
        said = json.loads((warehouse / "current.json").read_text(encoding="utf-8"))
        return {"build": said["build"], "sha256": said.get("sha256")}
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        told = "指针文件 current.json 读不出，台账没有受影响。请运行 zhiben doctor，按提示处理。"
        raise PointerError(told) from error


def is_sound(warehouse: Path, build: str) -> bool:
    """Whether a build is there, byte for byte what its notes say, and the pointer where it names it."""
    path = build_path(warehouse, build)
    said = {(read_notes(warehouse, build) or {}).get("sha256")}
    with suppress(PointerError):
        pointer = _pointer(warehouse) or {}
        said |= {pointer["sha256"]} if pointer.get("build") == build and pointer["sha256"] else set()
    return path.exists() and said == {digest(path)}


def sound_builds(warehouse: Path) -> Iterator[str]:
    """The builds that are sound, the newest first."""
    return (build for build in builds(warehouse) if is_sound(warehouse, build))


def builds(warehouse: Path) -> list[str]:
    """All builds, the newest first: as their notes number them, since a clock may jump."""
    files = [path for path in (warehouse / "builds").glob("*.duckdb") if "." not in path.stem]
    files.sort(key=lambda path: (number(warehouse, path.stem), path.stat().st_mtime, path.stem))
    return [path.stem for path in reversed(files)]


def number(warehouse: Path, build: str) -> int:
    """Which build of its warehouse it was; 0 where its notes do not say."""
    told = (read_notes(warehouse, build) or {}).get("number")
    return told if isinstance(told, int) else 0


def read_notes(warehouse: Path, build: str) -> dict[str, Any] | None:
    """What is noted of a build; None where there are no notes, or they cannot be read."""
    with suppress(OSError, ValueError):
        notes = json.loads(notes_path(warehouse, build).read_text(encoding="utf-8"))
        return notes if isinstance(notes, dict) else None
    return None


def digest(path: Path) -> str:
    """The sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def build_path(warehouse: Path, build: str) -> Path:
    """Return the DuckDB file of one build."""
    return warehouse / "builds" / f"{build}.duckdb"


def notes_path(warehouse: Path, build: str) -> Path:
    """Return the file of what is noted of one build."""
    return build_path(warehouse, build).with_suffix(".json")


def open_build(warehouse: Path, build: str) -> duckdb.DuckDBPyConnection:
    """Open one build for reading; raises duckdb.IOException where there is no such build."""
    path = build_path(warehouse, build)
    is_small = path.exists() and path.stat().st_size < SMALL
    con = _connected(path, LOCKED | (IN_ONE_THREAD if is_small else {}), read_only=True)
    keep_days(con)
    return con


def create(path: Path | None = None) -> duckdb.DuckDBPyConnection:
    """Open a new database file for writing; None: one in memory."""
    return _connected(path, WRITING, read_only=False)


def _connected(path: Path | None, options: Options, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    config = options | {"temp_directory": _spilled()}
    return duckdb.connect(":memory:" if path is None else str(path), read_only=read_only, config=config)


@cache
def _spilled() -> str:
    """A folder of this process for what does not fit into memory; it goes with the process."""
    folder = mkdtemp(prefix="zhiben-")
    atexit.register(rmtree, folder, ignore_errors=True)
    return folder


def keep_days(con: duckdb.DuckDBPyConnection) -> None:
    """From now on keep in memory what was true on the days asked about (snapshots.py)."""
    days = snapshots.keep(con)
    if days is not None:
        _days[con] = days


def keeps_days(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether days are kept beside a connection's build: not where there are too many hazards."""
    return con in _days


def columns(con: duckdb.DuckDBPyConnection, source: str) -> list[str]:
    """The columns of a table, or of a macro as of any day; a build's never change while it is open."""
    known = _columns.setdefault(con, {})
    if source not in known:
        told = fetch(con, f"describe from {source.replace('$as_of', ANY_DAY)}")
        known[source] = told["column_name"].to_list()
    return known[source]


def lock(con: duckdb.DuckDBPyConnection, *, is_small: bool) -> None:
    """From now on a connection that had to reach a file reads as others do, and reaches none."""
    for name, value in ((IN_ONE_THREAD if is_small else {}) | LOCKED).items():
        con.execute(f"set {name} = '{value}'")


def lock_but_for(con: duckdb.DuckDBPyConnection, folder: str) -> None:
    """From now on a connection reaches nothing but the files of one folder, and what it has attached."""
    con.execute("set allowed_directories = [$folder]", {"folder": folder})
    lock(con, is_small=False)


def fetch(
    con: duckdb.DuckDBPyConnection, sql: str, params: Mapping[str, object] | None = None
) -> pl.DataFrame:
    """Run one query on a cursor of its own, as a connection cannot be shared by threads.

    A tuple among the parameters is a list to DuckDB. Each column needs a name of its own.
    """
    known = (params or {}).items()
    given = {name: list(value) if isinstance(value, tuple) else value for name, value in known}
    days = _days.get(con)
    if days is None:
        return _run(con, sql, given)
    with days.of(con, sql, given) as (kept, left):
        return _run(con, kept, left)


def _run(con: duckdb.DuckDBPyConnection, sql: str, params: Mapping[str, object]) -> pl.DataFrame:
    # not cursor.sql(...), which plans a query twice; and DuckDB 2 has no execute(...).pl()
    table = con.cursor().execute(sql, params).to_arrow_table()
    if table.num_rows < ROOM:
        table = table.take(pa.array(range(table.num_rows), pa.int64()))
    return pl.DataFrame(table)
