"""The lists of records: `zhiben records KIND`, and the tables of the pages (records.toml)."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from queries.checked import DefinitionError, take
from queries.evaluate import NO_FILTERS, QueryError
from queries.filters import Filters, conditions, parameters
from queries.warehouse import fetch

DEFINITIONS = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Listing:
    """One kind of list: from where, in which order, which columns are shown; a stock ignores the window."""

    name: str
    source: str
    order: str
    columns: list[str]
    titles: dict[str, str] = field(default_factory=dict)
    is_stock: bool = False


@cache
def kinds() -> dict[str, Listing]:
    """Every kind of list by its code; raises DefinitionError where records.toml is wrong."""
    return {kind: _listing(kind, table) for kind, table in _tables().items() if kind != "titles"}


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads(DEFINITIONS.read_text(encoding="utf-8"))


def headings(kind: str) -> dict[str, str]:
    """The title of every column that has one, also of those that the list of a kind leaves out."""
    own: dict[str, str] = _tables()[kind].get("titles", {})
    return _tables()["titles"] | own


def _listing(kind: str, table: dict[str, Any]) -> Listing:
    listing = take(Listing, table, f"{DEFINITIONS.name} [{kind}]")
    named = headings(kind)
    untitled = [column for column in listing.columns if column not in named]
    if untitled:
        raise DefinitionError(f"{DEFINITIONS.name} [{kind}]：没有列名 {'、'.join(untitled)}")
    titles = {column: named[column] for column in listing.columns}
    return Listing(listing.name, listing.source, listing.order, listing.columns, titles, listing.is_stock)


def titles(kind: str) -> dict[str, str]:
    """The columns people are shown, in order: column to Chinese title."""
    return known_kind(kind).titles


def records(
    con: duckdb.DuckDBPyConnection, kind: str, as_of: date, filters: Filters = NO_FILTERS
) -> pl.DataFrame:
    """The rows of one kind as known on a day, with all columns of their source, in the list's order.

    A filter the kind has no column for is ignored. Raises QueryError for an unknown kind.
    """
    listing = known_kind(kind)
    given = {"as_of": as_of} if "$as_of" in listing.source else {}
    described = fetch(con, f"describe from {listing.source}", given)
    kept = conditions(described["column_name"].to_list(), filters, has_window=not listing.is_stock)
    where = f"where {' and '.join(kept)}" if kept else ""
    sql = f"from {listing.source} {where} order by {listing.order}"
    return fetch(con, sql, {**given, **parameters(filters, sql)})


def known_kind(kind: str) -> Listing:
    """Look up a kind of list; raises QueryError naming the known ones."""
    if kind not in kinds():
        raise QueryError(f"没有记录种类 {kind}；可用：{'、'.join(kinds())}")
    return kinds()[kind]
