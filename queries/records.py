"""The lists of records: `zhiben records KIND`, and the tables of the pages (records.toml)."""

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from queries.checked import DefinitionError, take
from queries.evaluate import NO_FILTERS, QueryError, figure
from queries.filters import Filters, conditions
from queries.rows import Rows, given, read
from queries.warehouse import columns

DEFINITIONS = Path(__file__).with_suffix(".toml")
KEYS = {
    "hazard_id": "hazards",
    "task": "tasks",
    "duty": "duties",
    "activity": "activities_asked",
    "complaint_id": "complaints",
    "inspection_id": "inspections",
}
"""What identifies a row of each kind; a population with none of these is of institutions."""
WORD = re.compile(r"[a-z_]+")
SORTING = {"desc", "nulls", "first", "last"}


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


def listed(con: duckdb.DuckDBPyConnection, kind: str, as_of: date, filters: Filters = NO_FILTERS) -> Rows:
    """The rows of one kind as known on a day, with all columns of their source, in the list's order.

    A filter the kind has no column for is ignored. Raises QueryError for an unknown kind.
    """
    listing = known_kind(kind)
    known = columns(con, listing.source)
    kept = conditions(known, filters, has_window=not listing.is_stock)
    where = f" where {' and '.join(kept)}" if kept else ""
    sql = f"select *, from {listing.source}{where}"
    return Rows(sql, tuple(known), listing.order, given(filters, sql, as_of=as_of))


def behind(
    con: duckdb.DuckDBPyConnection,
    metric: str,
    as_of: date,
    filters: Filters = NO_FILTERS,
    where: Mapping[str, str | None] | None = None,
) -> Rows:
    """The rows behind a figure: a count's rows, or a rate's whole population marked.

    `where` picks one group: dimension to value, None for rows without one. Raises QueryError where the
    question cannot be asked.
    """
    group = dict(where or {})
    kept = replace(filters, picked=(*filters.picked, *group.items()))
    asked = figure(con, metric, tuple(group), kept)
    known, sql = tuple(sorted(asked.columns)), asked.population()
    return Rows(sql, known, _order(metric, known), given(kept, sql, as_of=as_of))


def _order(metric: str, columns: Collection[str]) -> str:
    """The order of the list that a metric's rows belong to, where they have its columns."""
    order = known_kind(kind_of(metric, columns)).order
    return order if set(WORD.findall(order)) - SORTING <= set(columns) else "all"


def kind_of(metric: str, columns: Collection[str]) -> str:
    """Of which kind of record a metric's rows are: named as the metric, or known by its key."""
    if metric in kinds():
        return metric
    return next((kind for key, kind in KEYS.items() if key in columns), "institutions")


def records(
    con: duckdb.DuckDBPyConnection, kind: str, as_of: date, filters: Filters = NO_FILTERS
) -> pl.DataFrame:
    """Read all rows of one kind: what `listed` says, as a frame."""
    return read(con, listed(con, kind, as_of, filters))


def known_kind(kind: str) -> Listing:
    """Look up a kind of list; raises QueryError naming the known ones."""
    if kind not in kinds():
        raise QueryError(f"没有记录种类 {kind}；可用：{'、'.join(kinds())}")
    return kinds()[kind]
