"""A county's build published to a lake: its rows, in one commit with the line that makes them seen."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import uuid4

import duckdb

from etl.lake.plans import differing
from etl.lake.tables import RECORDS, renumbered
from etl.lake.writing import in_one_commit, now, writing
from queries.campaign import parse_campaign
from queries.lake import ATTACHED, CODES, PER_COUNTY, Lake, LakeError, Published, columns_of, look
from queries.warehouse import build_path, current_build, read_notes

OWN = "own"
"""What the county's own warehouse is called while it is read."""


@dataclass(frozen=True)
class County:
    """Who loads: the county's code, and what its warehouse says of itself."""

    code: int
    county: str
    bureau: str
    as_of: date
    is_example: bool


def push(lake: Lake, code: int, warehouse: Path) -> bool:
    """Publish a warehouse's current build as a county's; False where the lake shows this very build already.

    Raises LakeError where nothing is published yet, where the code is not the county's, where the plans
    differ, and where the lake cannot be reached.
    """
    build = current_build(warehouse)
    if build is None:
        raise LakeError("本机还没有发布过数据：请先用 zhiben load 加载台账。")
    if code not in CODES:
        raise LakeError(f"行政区划代码应为六位数字（如 140525），不是 {code}。")
    with writing(lake) as con:
        path = str(build_path(warehouse, build)).replace("'", "''")
        con.execute(f"attach '{path}' as {OWN} (read_only)")
        moment = look(con, None)
        county = _county(con, code)
        _refuse_strange(county, moment.counties)
        _refuse_other_plan(con, moment.plan)
        _refuse_too_many(con)
        if any(each.county_id == code and each.build == build for each in moment.counties):
            return False
        notes = read_notes(warehouse, build) or {}
        in_one_commit(con, lambda: _append(con, county, build, notes))
        return True


def _county(con: duckdb.DuckDBPyConnection, code: int) -> County:
    sql = f"select counties.county, bureau, as_of, is_example from {OWN}.counties cross join {OWN}.build"
    (row,) = con.execute(sql).fetchall()
    return County(code, *row)


def _refuse_strange(own: County, known: tuple[Published, ...]) -> None:
    """Two counties never take each other's place, nor each other's name."""
    taken = next((each for each in known if each.county_id == own.code and each.bureau != own.bureau), None)
    if taken is not None:
        told = f"代码 {own.code} 在数据湖里是“{taken.bureau}”，本机方案写的是“{own.bureau}”"
        raise LakeError(f"{told}：请核对 --county 和 campaign.toml。没有写入。")
    namesake = next(
        (each for each in known if each.county_id != own.code and each.county == own.county), None
    )
    if namesake is not None:
        told = f"数据湖里已有“{namesake.county}”，代码是 {namesake.county_id}，不是 {own.code}"
        raise LakeError(f"{told}：请核对 --county。没有写入。")


def _refuse_other_plan(con: duckdb.DuckDBPyConnection, text: str) -> None:
    parts = differing(con, OWN, parse_campaign(text, "数据湖的方案"))
    if parts:
        told = f"本机方案与数据湖的不同：{'、'.join(parts)}"
        raise LakeError(f"{told}。请改用数据湖的 campaign.toml 后重新加载。没有写入。")


def _refuse_too_many(con: duckdb.DuckDBPyConnection) -> None:
    """Numbers of one county must not run into the next one's."""
    most = con.execute(f"select max(hazard_id) from {OWN}.hazards").fetchall()[0][0] or 0
    if most >= PER_COUNTY:
        raise LakeError(f"一个县最多 {PER_COUNTY:,} 处隐患，放不进数据湖。")


def _append(con: duckdb.DuckDBPyConnection, county: County, build: str, notes: dict[str, object]) -> None:
    load = uuid4().hex
    columns = columns_of(con, OWN)
    counts = {table: _copy(con, table, columns[table], county, load) for table in RECORDS}
    line = {
        "county_id": county.code,
        "load_id": load,
        "build": build,
        "county": county.county,
        "bureau": county.bureau,
        "as_of": county.as_of,
        "is_example": county.is_example,
        "loaded_at": now(),
        "is_rollback": False,
        "rows_of_tables": json.dumps(counts),
        "notes": json.dumps(notes, ensure_ascii=False),
    }
    chosen = ", ".join(f"${name} as {name}" for name in line)
    con.execute(f"insert into {ATTACHED}.published by name select {chosen}", line)


def _copy(
    con: duckdb.DuckDBPyConnection, table: str, columns: Iterable[str], county: County, load: str
) -> int:
    """Append a table's rows in their order, with the county's code and numbers; returns how many."""
    chosen = ", ".join(renumbered(name, county.code) for name in columns)
    sql = f"""
        insert into {ATTACHED}.{table} by name
        select {chosen}, $code::bigint as of_county, $load as load_id, from {OWN}.{table}
    """
    given = {"code": county.code, "load": load}
    return int(con.execute(sql, given).fetchall()[0][0])
