"""A lake checked: every file that its catalogue names is there, and every load has the rows it brought."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from etl.lake.keeping import Entry, entries
from etl.lake.tables import RECORDS
from etl.lake.writing import writing
from queries.lake import ATTACHED, Lake

LOAD = "load_id="
"""How a file's folder is called, before the load it came by."""


GONE = 404


@dataclass(frozen=True)
class Damage:
    """Something lost: of which county and build, whether that is the one shown, and what it is."""

    county: str
    build: str
    is_current: bool
    says: str


def verify(lake: Lake) -> list[Damage]:
    """Look for files that are gone or cut short, and for loads with other rows than they brought.

    Empty where all is there. Raises LakeError where the catalogue cannot be reached.
    """
    with writing(lake, "read_only") as con:
        known = {each.load_id: each for each in reversed(entries(con))}
        lost = [damage for table in RECORDS for damage in _lost_files(con, table, known)]
        damaged = {damage.build for damage in lost}
        whole = [each for each in known.values() if each.build not in damaged]
        return [*lost, *(damage for each in whole for damage in _other_rows(con, each))]


def _lost_files(con: duckdb.DuckDBPyConnection, table: str, known: dict[str, Entry]) -> list[Damage]:
    rows = con.execute(
        f"select data_file, data_file_size_bytes from ducklake_list_files('{ATTACHED}', '{table}')"
    ).fetchall()
    return [
        _damage(known, file, f"{table} 的文件{wrong}：{file}")
        for file, size in rows
        if (wrong := _wrong(con, file, size)) is not None
    ]


def _wrong(con: duckdb.DuckDBPyConnection, file: str, size: int) -> str | None:
    """What is wrong with a file; None where it is there, whole.

    Raises duckdb.IOException where an object storage does not answer, or not to us.
    """
    if "://" not in file:
        path = Path(file)
        return "丢失" if not path.exists() else "长度不对" if path.stat().st_size != size else None
    try:
        con.execute("select 1 from parquet_file_metadata($file)", {"file": file}).fetchall()
    except duckdb.HTTPException as error:
        if error.status_code != GONE:
            raise
        return "丢失"
    except duckdb.IOException:
        raise
    except duckdb.Error:
        return "读不出"
    return None


def _damage(known: dict[str, Entry], file: str, says: str) -> Damage:
    named = [part.removeprefix(LOAD) for part in Path(file).parts if part.startswith(LOAD)]
    entry = known.get(named[0]) if named else None
    if entry is None:
        return Damage("", "", False, says)
    return Damage(entry.county, entry.build, entry.is_current, says)


def _other_rows(con: duckdb.DuckDBPyConnection, entry: Entry) -> list[Damage]:
    counts: dict[str, Any] = {
        table: con.execute(
            f"select count(*) from {ATTACHED}.{table} where load_id = $load", {"load": entry.load_id}
        ).fetchall()[0][0]
        for table in RECORDS
    }
    differ = {table: count for table, count in counts.items() if count != entry.rows.get(table, count)}
    words = [f"{table} 应有 {entry.rows[table]} 行，实有 {count} 行" for table, count in differ.items()]
    return [Damage(entry.county, entry.build, entry.is_current, says) for says in words]
