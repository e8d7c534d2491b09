"""The load as it is usually written: pandas and openpyxl, a row at a time, executemany."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from etl.ledgers import LEDGERS, Ledger

SEARCHED = 10
"""How many first rows are looked through for the headings."""


def load(folder: Path, target: Path) -> dict[str, int]:
    """Load every sheet under a folder whose headings are the official ones; gives kind to rows stored."""
    connection = duckdb.connect(target)
    for ledger in LEDGERS.values():
        columns = ", ".join(f"{field.name} {_sql_type(field.type)}" for field in ledger.fields)
        connection.execute(f"create table {ledger.kind} ({columns})")
    stored = dict.fromkeys(LEDGERS, 0)
    for table in [table for path in sorted(folder.iterdir()) for table in _tables(path)]:
        kind, rows = _records(table)
        if rows:
            marks = ", ".join("?" for _ in rows[0])
            connection.executemany(f"insert into {kind} values ({marks})", rows)
            stored[kind] += len(rows)
    connection.close()
    return stored


def _sql_type(type_: str) -> str:
    return "date" if type_ in ("date", "event") else "varchar"


def _tables(path: Path) -> list[pd.DataFrame]:
    if path.suffix == ".csv":
        return [pd.DataFrame(list(csv.reader(_text(path).splitlines())))]
    return list(pd.read_excel(path, sheet_name=None, header=None, engine="openpyxl").values())


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        return path.read_text("gb18030")


def _records(table: pd.DataFrame) -> tuple[str, list[Sequence[Any]]]:
    """Find the heading row and clean every row below it."""
    for top in range(min(SEARCHED, len(table))):
        headings = [str(cell).strip() for cell in table.iloc[top]]
        ledger = max(LEDGERS.values(), key=lambda ledger: _score(ledger, headings))
        if _score(ledger, headings) >= len(ledger.fields) / 2:
            table.columns = pd.Index(headings)
            rows = [_record(row, ledger) for _, row in table.iloc[top + 1 :].iterrows()]
            return ledger.kind, rows
    return "", []


def _score(ledger: Ledger, headings: Sequence[str]) -> int:
    return sum(field.heading in headings for field in ledger.fields)


def _record(row: "pd.Series[Any]", ledger: Ledger) -> Sequence[Any]:
    return [_value(row.get(field.heading), field.type) for field in ledger.fields]


def _value(cell: Any, type_: str) -> Any:
    if isinstance(cell, pd.Series) or pd.isna(cell) or not str(cell).strip():
        return None
    if type_ in ("date", "event"):
        day = pd.to_datetime(cell, errors="coerce")
        return None if pd.isna(day) else day.date()
    return str(cell).strip()
