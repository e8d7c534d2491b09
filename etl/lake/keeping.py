"""What a lake keeps of each county: its builds, the way back to one, and room made of the oldest."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import duckdb

from etl.lake.tables import RECORDS
from etl.lake.writing import in_one_commit, now, writing
from queries.lake import ATTACHED, Lake, LakeError

ENTRIES = f"""
    select
        county_id, county, build, load_id, loaded_at, as_of, is_rollback, rows_of_tables,
        row_number() over (partition by county_id order by rowid desc) = 1 as is_current,
    from {ATTACHED}.published
    order by county_id, rowid desc
"""


CLEARING = ("ducklake_expire_snapshots", "ducklake_cleanup_old_files", "ducklake_delete_orphaned_files")
"""In this order: what no snapshot needs is a file to be deleted; so is what a load that failed left."""


@dataclass(frozen=True)
class Entry:
    """A build as a county published it, or went back to it; `rows`: how many of each table."""

    county_id: int
    county: str
    build: str
    load_id: str
    loaded_at: datetime
    as_of: date
    is_rollback: bool
    is_current: bool
    rows: dict[str, int]


def history(lake: Lake) -> list[Entry]:
    """What was published, county by county, the newest first; of one county where the lake names one."""
    with writing(lake, "read_only") as con:
        return [each for each in entries(con) if lake.county in {None, each.county_id}]


def entries(con: duckdb.DuckDBPyConnection) -> list[Entry]:
    cursor = con.cursor().execute(ENTRIES)
    names = [column[0] for column in cursor.description or ()]
    return [_entry(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(rows=json.loads(row.pop("rows_of_tables")), **row)


def rollback(lake: Lake, build: str | None = None) -> str:
    """Show an earlier build of the lake's county again: the one named, else the one before; returns it.

    Raises LakeError where the county has no such build, or its rows were cleared away.
    """
    if lake.county is None:
        raise LakeError("请用 --county 写明是哪个县。")
    with writing(lake) as con:

        def back() -> str:
            known = [each for each in entries(con) if each.county_id == lake.county]
            target = _target(known, build)
            con.execute(
                f"insert into {ATTACHED}.published by name "
                f"select * replace ($at as loaded_at, true as is_rollback) "
                f"from {ATTACHED}.published where load_id = $load limit 1",
                {"load": target.load_id, "at": now()},
            )
            return target.build

        return in_one_commit(con, back)


def _target(known: Sequence[Entry], build: str | None) -> Entry:
    current = next((each for each in known if each.is_current), None)
    if current is None:
        raise LakeError("数据湖里没有这个县的数据。")
    others = [each for each in known if each.load_id != current.load_id]
    wanted = [each for each in others if build in {None, each.build}]
    if not wanted:
        raise LakeError(f"没有编号为 {build} 的构建可以回到。" if build else "没有更早的构建可以回到。")
    return wanted[0]


def expire(lake: Lake, keep: int = 5, days: int = 7) -> int:
    """Clear away loads that no county shows and that are not among its latest `keep`; returns how many.

    Their files are deleted once no snapshot of the last `days` needs them: who reads one reads on.
    """
    with writing(lake) as con:
        cleared = in_one_commit(con, lambda: _clear(con, keep))
        for clearing in CLEARING:
            con.execute(f"call {clearing}('{ATTACHED}', older_than => now() - interval {int(days)} days)")
        return cleared


def _clear(con: duckdb.DuckDBPyConnection, keep: int) -> int:
    loads = _superfluous(entries(con), keep)
    for table in (*RECORDS, "published") if loads else ():
        con.execute(f"delete from {ATTACHED}.{table} where list_contains($loads, load_id)", {"loads": loads})
    return len(loads)


def _superfluous(known: Sequence[Entry], keep: int) -> list[str]:
    kept: dict[int, list[str]] = {}
    for each in known:  # the newest first: the current one is kept whatever `keep` says
        latest = kept.setdefault(each.county_id, [])
        if each.load_id not in latest and len(latest) < max(keep, 1):
            latest.append(each.load_id)
    wanted = {load for loads in kept.values() for load in loads}
    return sorted({each.load_id for each in known} - wanted)
