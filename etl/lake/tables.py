"""The lake's tables: those of a county's warehouse, each row with its county and the load it came by."""

from collections.abc import Mapping
from contextlib import closing
from functools import cache
from pathlib import Path

import duckdb

from etl.publish import TABLES, bare
from queries.lake import ATTACHED, KEYS, PER_COUNTY, columns_of
from queries.parts import Campaign
from queries.warehouse import create

WORKED_OUT = ("duties_met", "institutions_appraised", "extent")
RECORDS = (*(table for table in TABLES if table != "build"), *WORKED_OUT)
"""What a county loads; its line in `published` is its build's."""

NOT_NUMBERS = {"county_id", "duty_period_id"}
"""Columns ending in _id that number nothing of the county's own."""

PUBLISHED = f"""
    create table if not exists {ATTACHED}.published (
        county_id bigint,
        load_id varchar,
        build varchar,
        county varchar,
        bureau varchar,
        as_of date,
        is_example boolean,
        loaded_at timestamp,
        is_rollback boolean,
        rows_of_tables varchar,
        notes varchar
    )
"""
PLANS = f"create table if not exists {ATTACHED}.plans (text varchar, laid_at timestamp)"

Columns = Mapping[str, Mapping[str, str]]
"""By table, each column's type."""


def records_of(campaign: Campaign) -> Columns:
    """The columns of the tables of records, as the lake has them."""
    told = _described(campaign)
    return {
        table: dict(zip(KEYS, ("BIGINT", "VARCHAR"), strict=True))
        | {name: "BIGINT" if is_number(name) else kind for name, kind in told[table].items()}
        for table in RECORDS
    }


@cache
def _described(campaign: Campaign) -> Columns:
    """The columns of a warehouse of its own."""
    with closing(create()) as con:
        path = Path(con.execute("select current_setting('temp_directory')").fetchall()[0][0]) / "bare.duckdb"
        path.write_bytes(bare(campaign))
        con.execute(f"attach '{path}' as own (read_only)")
        return columns_of(con, "own")


def is_number(column: str) -> bool:
    """Whether a column numbers something of the county's own."""
    return column.endswith("_id") and column not in NOT_NUMBERS


def create_tables(con: duckdb.DuckDBPyConnection, campaign: Campaign) -> None:
    """Create what is not there yet, tables and columns: a newer program's lake may hold more."""
    con.execute(PLANS)
    con.execute(PUBLISHED)
    known = columns_of(con, ATTACHED)
    for table, columns in records_of(campaign).items():
        if table not in known:
            listed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
            con.execute(f"create table {ATTACHED}.{table} ({listed})")
            con.execute(f"alter table {ATTACHED}.{table} set partitioned by ({', '.join(KEYS)})")
        for name in columns.keys() - known.get(table, columns).keys():
            con.execute(f"alter table {ATTACHED}.{table} add column {name} {columns[name]}")


def renumbered(column: str, county: int) -> str:
    """Build the SQL of a column as the lake has it."""
    if column == "county_id":
        return f"{county}::bigint as county_id"
    return f"{county * PER_COUNTY}::bigint + {column} as {column}" if is_number(column) else column
