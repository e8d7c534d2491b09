"""A warehouse of records written in words alone, as people write them: ids and codes are looked up.

Who is meant stands in `institution`, `unit` and `organiser` by name; codes and flags follow from the words as
they do when ledgers are read.
"""

from collections.abc import Sequence

import duckdb
import polars as pl

from etl.shape import shaped
from queries.cases import Table
from queries.install import derive
from queries.plan import outline
from tests.queries.warehouses import DEFAULTS, INSTITUTIONS, KEYS, add, warehouse

Row = dict[str, object]

NAMES = {"institution": "institutions", "township": "townships"}
WORDS = ("inspection_type", "areas", "severity", "source", "area", "kind", "drill_type", "activity_type")


def worded(facts: Sequence[Table]) -> duckdb.DuckDBPyConnection:
    """Build a warehouse of tables of facts; what they leave out is as in `warehouse`."""
    has_register = any(table.title == "institutions" for table in facts)
    con = warehouse(institutions="institution" if has_register else INSTITUTIONS)
    for table in sorted(facts, key=lambda table: table.title != "institutions"):
        for number, told in enumerate(table.records(), 1):
            told.pop("why", None)
            add(con, table.title, {KEYS[table.title]: number} | _row(con, table.title, told))
    derive(con)
    return con


def _row(con: duckdb.DuckDBPyConnection, table: str, told: dict[str, str]) -> Row:
    row: Row = {head: cell or None for head, cell in told.items()}
    if "areas" in row:
        row["areas"] = told["areas"].split("、")
    own = "institution" if table == "institutions" else None
    for column in NAMES.keys() & row.keys() - {own}:
        row[f"{column}_id"] = _number(con, column, row.pop(column))
    row |= _unit(con, row) if "unit" in row else {}
    return _coded(table, row) | _organiser(con, row)


def _number(con: duckdb.DuckDBPyConnection, column: str, name: object) -> object:
    """Find the number of a town or an institution by its name; None for another name."""
    found = con.execute(f"select {column}_id from {NAMES[column]} where {column} = $name", {"name": name})
    return (found.fetchone() or (None,))[0]


def _unit(con: duckdb.DuckDBPyConnection, row: Row) -> Row:
    """Tell who a unit is by its name: an institution, a town's office, else the county bureau."""
    home, town = (_number(con, column, row["unit"]) for column in NAMES)
    if home is not None:
        sql = "select township_id from institutions where institution_id = $home"
        (town,) = con.execute(sql, {"home": home}).fetchall()[0]
    code = "institution" if home is not None else "township" if town is not None else "county"
    assert code != "county" or row["unit"] == outline(con).county, row
    return {"unit_code": code, "township_id": town, "institution_id": home}


def _organiser(con: duckdb.DuckDBPyConnection, row: Row) -> Row:
    if "organiser" not in row:
        return {}
    unit = _unit(con, {"unit": row["organiser"]})
    is_others = unit["unit_code"] == "institution" and unit["institution_id"] != row["institution_id"]
    return {"organiser_code": "other" if is_others else unit["unit_code"]}


def _coded(table: str, row: Row) -> Row:
    """Put beside the words the codes that reading ledgers gives them."""
    words = {name: value for name, value in (DEFAULTS[table] | row).items() if name in WORDS}
    types = {name: pl.List(pl.String) if name == "areas" else pl.String for name in words}
    return row | shaped(pl.DataFrame([words], schema=types), table).row(0, named=True) if words else row
