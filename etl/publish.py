"""Builds published whole or not at all: a new file beside the old, checked, then the pointer moved."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import polars as pl
from filelock import BaseFileLock, FileLock, Timeout

from etl.disk import MAKING, LoadError, is_read_only, sync, told, write_whole
from etl.layout import order
from queries.install import derive, install, violated_audits
from queries.parts import Campaign
from queries.warehouse import (
    build_path,
    builds,
    create,
    digest,
    fetch,
    is_sound,
    known_build,
    notes_path,
    number,
    open_build,
    read_notes,
)

SCHEMA = Path(__file__).with_name("schema.sql")
TABLES = (
    "build",
    "townships",
    "institutions",
    "inspections",
    "hazards",
    "trainings",
    "drills",
    "complaints",
    "activities",
    "task_progress",
    "measures",
    "source_files",
    "record_sources",
    "possible_duplicates",
    "refused_rows",
    "warned_rows",
)
"""In an order in which every row's references are there before it."""

LOCK_SECONDS = 600


Frames = Mapping[str, pl.DataFrame | Path]
"""One per table of TABLES, or the Parquet file of one that does not fit into memory, with at least the
table's columns."""


def build(target: Path, frames: Frames, campaign: Campaign) -> None:
    """Write one complete warehouse file: the tables of schema.sql, the plan, every macro.

    A table without a frame stays empty; `build` must be there. Raises LoadError where an audit finds
    something.
    """
    target.write_bytes(bare(campaign))
    with closing(create(target)) as con:
        con.execute("begin")  # one write to the disk, not one a statement
        for table in TABLES:
            if table in frames:
                _insert(con, table, frames[table])
        derive(con)
        con.execute("commit")
        _audit(con)
        con.execute("checkpoint")


@lru_cache(2)
def bare(campaign: Campaign) -> bytes:
    """A warehouse file with all but the records: its hundreds of statements are run once a plan."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bare.duckdb"
        with closing(create(path)) as con:
            con.execute("begin")
            con.execute(SCHEMA.read_text(encoding="utf-8"))
            install(con, campaign)
            con.execute("commit")
            con.execute("checkpoint")
        return path.read_bytes()


def _insert(con: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame | Path) -> None:
    con.register("incoming", con.read_parquet(str(frame)) if isinstance(frame, Path) else frame)
    incoming = con.table("incoming").columns
    columns = ", ".join(name for name in con.table(table).columns if name in incoming)
    con.execute(f"insert into {table} by name select {columns} from incoming {order(con, table, 'incoming')}")
    con.unregister("incoming")


def _audit(con: duckdb.DuckDBPyConnection) -> None:
    known_to = fetch(con, "select as_of from build").item()
    violations = violated_audits(con, known_to)
    if violations:
        told = "；".join(f"{violation.says}（{violation.rows} 行）" for violation in violations)
        raise LoadError(f"新库没有通过校验，未发布：{told}")


@contextmanager
def locked(warehouse: Path) -> Iterator[None]:
    """One load, rollback or clean-up at a time per warehouse; who holds it may ask for it again."""
    (warehouse / "builds").mkdir(parents=True, exist_ok=True)
    lock = FileLock(warehouse / ".lock", is_singleton=True)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        logging.getLogger(__name__).warning("另一个加载正在进行，等它结束……")
        _wait(lock)
    try:
        yield
    finally:
        lock.release()


def _wait(lock: BaseFileLock) -> None:
    try:
        lock.acquire(timeout=LOCK_SECONDS)
    except Timeout as error:
        raise LoadError("另一个加载正在进行，等了十分钟仍未结束，请稍后再试。") from error


def unchanged(warehouse: Path) -> AbstractContextManager[None]:
    """Nothing changes meanwhile: locked, unless nobody can write there anyway."""
    return nullcontext() if is_read_only(warehouse) else locked(warehouse)


@told()
def publish(
    warehouse: Path,
    name: str,
    frames: Frames,
    campaign: Campaign,
    notes: Mapping[str, Any],
) -> bool:
    """Build and publish; False where this very build is served already, and sound.

    notes: what the build's .json says (as_of, files, rows). A kill at any point leaves the old build served.
    """
    with locked(warehouse):
        _sweep(warehouse)
        if not is_sound(warehouse, name):
            try:
                _make(warehouse, name, frames, campaign, notes)
            except BaseException:
                _sweep(warehouse)  # a disk that is full needs the room
                raise
        elif known_build(warehouse) == name:
            return False
        point_to(warehouse, name)
    return True


def _make(
    warehouse: Path,
    name: str,
    frames: Frames,
    campaign: Campaign,
    notes: Mapping[str, Any],
) -> None:
    """Write the build under a passing name, check it, then give it its notes and its own name."""
    passing = f"{name}{MAKING}"
    path = build_path(warehouse, passing)
    build(path, frames, campaign)
    _check(warehouse, passing, frames)
    sync(path)
    last = max((number(warehouse, build) for build in builds(warehouse)), default=0)
    own = {"build": name, "number": last + 1, "sha256": digest(path)}
    write_whole(notes_path(warehouse, name), {**notes, **own})
    path.replace(build_path(warehouse, name))
    sync(path.parent)


def _check(warehouse: Path, passing: str, frames: Frames) -> None:
    """Open the finished file as a reader does and count every table."""
    con = open_build(warehouse, passing)
    try:
        for table, frame in frames.items():
            count = fetch(con, f"select count(*) as rows from {table}")["rows"][0]
            wanted = _height(frame)
            if count != wanted:
                raise LoadError(f"新库校验失败，未发布：{table} 应有 {wanted} 行，实有 {count} 行。")
    finally:
        con.close()


def _height(frame: pl.DataFrame | Path) -> int:
    known = pl.scan_parquet(frame) if isinstance(frame, Path) else frame.lazy()
    return int(known.select(pl.len()).collect().item())


def point_to(warehouse: Path, name: str) -> None:
    """Move the pointer: readers get this build when they look again."""
    notes = read_notes(warehouse, name)
    write_whole(warehouse / "current.json", {"build": name, "sha256": (notes or {}).get("sha256")})


def _sweep(warehouse: Path) -> None:
    """Take away what an interrupted load left behind."""
    for folder in (warehouse, warehouse / "builds"):
        for left in folder.glob(f"*{MAKING}*"):
            left.unlink()
