"""A small warehouse in memory: base-table rows put in, taken out, put in again."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from queries.campaign import read_campaign
from queries.install import derive, install
from queries.warehouse import create
from tests.oracle.drawing import COUNTIES
from tests.oracle.facts import TABLES
from tests.oracle.plan import CAMPAIGN

SCHEMA = Path(__file__).parents[2] / "etl" / "schema.sql"
Rows = list[dict[str, object]]


@dataclass(frozen=True)
class Ledger:
    """What was sent, as rows of the base tables, and the day on which it is looked at."""

    as_of: date
    tables: dict[str, Rows] = field(default_factory=dict)


def warehouse(plan: Path = CAMPAIGN) -> duckdb.DuckDBPyConnection:
    """An empty warehouse in memory, with every macro of the product under a plan."""
    con = create()
    con.execute(SCHEMA.read_text(encoding="utf-8"))
    con.execute("insert into build values ('drawn', date '2026-12-31', '示例县', true)")
    install(con, read_campaign(plan))
    return con


def store(con: duckdb.DuckDBPyConnection, ledger: Ledger) -> None:
    """Empty the base tables, then put the ledger's rows in."""
    for table in reversed(TABLES):
        con.execute(f"delete from {table}")
    con.execute("delete from counties")
    _insert(con, "counties", ledger.tables.get("counties", COUNTIES[:1]))
    for table in TABLES:
        _insert(con, table, ledger.tables.get(table, []))
    derive(con)


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: Rows) -> None:
    if not rows:
        return
    places = ", ".join(f"({', '.join('?' for _ in row)})" for row in rows)
    values = [value for row in rows for value in row.values()]
    con.execute(f"insert into {table} ({', '.join(rows[0])}) values {places}", values)
