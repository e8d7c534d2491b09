"""What a test has put together, loaded into a lake and read from there: its tests ask the lake the same."""

from functools import cache
from itertools import count
from pathlib import Path
from shutil import copyfile
from tempfile import mkdtemp

import duckdb
import pytest

from etl import lake as lakes
from etl.disk import write_whole
from queries import sources
from queries.lake import Lake
from queries.warehouse import build_path
from tests.lake.catalogue import server

CODE = 140525
BUILD = "select 'told', date '2026-11-23', '示例县', true"
NUMBERS = count(1)


@cache
def common() -> Lake:
    """One lake for all of a process, into which one county loads again and again."""
    lake = server().lake(CODE)
    lakes.init(lake, str(server().folder / "files"))
    return lake


def in_lake(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The warehouse of a connection as the lake has it."""
    return read(published(con))


def published(con: duckdb.DuckDBPyConnection) -> Path:
    """A warehouse of its own with what is in a connection's file."""
    build, folder = f"build-{next(NUMBERS)}", Path(mkdtemp(dir=server().folder))
    path = build_path(folder, build)
    path.parent.mkdir()
    con.execute(
        "insert into build select 'told', date '2026-11-23', '示例县', true where not exists (from build)"
    )
    con.execute("checkpoint")
    own = "select path from duckdb_databases() where database_name = current_database()"
    copyfile(con.execute(own).fetchall()[0][0], path)
    write_whole(folder / "current.json", {"build": build})
    return folder


def read(folder: Path) -> duckdb.DuckDBPyConnection:
    """A warehouse's current build, loaded into the lake and read from there."""
    if not duckdb.__version__.startswith("1."):
        pytest.skip("the lake's extensions come for DuckDB 1.5 alone")
    lakes.push(common(), CODE, folder)
    return sources.opened(common(), str(sources.current(common())))
