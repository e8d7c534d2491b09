"""What is wrong on purpose: rows to be refused, values to be set aside or warned of (plants.toml)."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from etl.example.cells import Cell
from etl.example.offices import Office
from etl.ledgers import LEDGERS

Columns = dict[str, list[Cell]]


@dataclass(frozen=True)
class Plant:
    """A wrong record of a sheet: its place among the records, the field to blame, the code intake gives."""

    record: int
    field: str
    rule: str
    effect: str


@cache
def planned() -> dict[str, list[dict[str, Any]]]:
    """plants.toml: refused, set_aside and rewritten."""
    return tomllib.loads((Path(__file__).parent / "plants.toml").read_text(encoding="utf-8"))


def plant(office: Office, kind: str, rows: pl.DataFrame, columns: Columns) -> list[Plant]:
    """Put the office's wrong values and rows into the columns of one ledger, and say where.

    rows: the true records the columns were written from, in the same order.
    """
    said = {
        "home": office.ledgers["institutions"]["institution"].first(),
        "recent": office.reported_on - timedelta(days=21),
    }
    return [
        *(_set_aside(told, kind, rows, columns) for told in _of(office, kind, "set_aside")),
        *(_rewrite(told, kind, rows, columns) for told in _of(office, kind, "rewritten")),
        *(_append(told, said, columns) for told in _of(office, kind, "refused")),
    ]


def _of(office: Office, kind: str, effect: str) -> list[dict[str, Any]]:
    return [told for told in planned()[effect] if (told["office"], told["kind"]) == (office.name, kind)]


def _set_aside(told: dict[str, Any], kind: str, rows: pl.DataFrame, columns: Columns) -> Plant:
    """Write into the first blank of the field what cannot be there."""
    record = rows[told["field"]].is_null().arg_max() or 0
    event: date = rows[LEDGERS[kind].event or ""][record]
    text = told["text"].format(before=event - timedelta(days=30))
    columns.setdefault(told["field"], [None] * rows.height)[record] = text
    return Plant(record, told["field"], told["rule"], "set_aside")


def _rewrite(told: dict[str, Any], kind: str, rows: pl.DataFrame, columns: Columns) -> Plant:
    """Write a value in a way that is hard to read."""
    values = rows[told["field"]]
    fits = values == told["is"] if "is" in told else values.is_not_null()
    record = fits.arg_max() or 0
    event, value = rows[LEDGERS[kind].event or ""][record], values[record]
    days = (value - event).days if isinstance(value, date) else None
    columns[told["field"]][record] = told["text"].format(value=value, days=days) or None
    return Plant(record, told["field"], told["rule"], "rewritten")


def _append(told: dict[str, Any], said: dict[str, Any], columns: Columns) -> Plant:
    record = len(next(iter(columns.values())))
    for name, cells in columns.items():
        text = told["cells"].get(name)
        cells.append(text and text.format(**said))
    return Plant(record, told["field"], told["rule"], "refused")
