"""Rows of the warehouse not yet read: a query that is narrowed, ordered, counted and read page by page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb
import polars as pl

from queries.filters import Filters, parameters
from queries.warehouse import fetch

NO_LIMIT = 1_000_000_000

Given = tuple[tuple[str, object], ...]
"""Parameters and their values; lists are tuples, so that rows can be the key of a cache."""


@dataclass(frozen=True)
class Rows:
    """A query, the columns it returns, the SQL of its order, and the values of its parameters."""

    sql: str
    columns: tuple[str, ...]
    order: str = "all"
    given: Given = ()

    def where(self, condition: str, **values: object) -> "Rows":
        """Keep the rows that a condition in SQL holds for; $name in it is the parameter of that name."""
        return replace(self, sql=f"select *, from ({self.sql}) where {condition}", given=self._and(values))

    def ordered(self, order: str) -> "Rows":
        return replace(self, order=order)

    def with_column(self, name: str, expression: str, **values: object) -> "Rows":
        """Add a column, an expression of the others."""
        sql = f"select *, {expression} as {name}, from ({self.sql})"
        return replace(self, sql=sql, columns=(*self.columns, name), given=self._and(values))

    def of_those(self, others: "Rows", keys: Sequence[str], place: str) -> "Rows":
        """Keep the rows whose keys occur among others, in the order of those: by their column `place`."""
        wanted = f"select {', '.join(keys)}, min({place}) as {place}, from ({others.sql}) group by all"
        sql = f"select *, from ({self.sql}) inner join ({wanted}) using ({', '.join(keys)})"
        given = tuple((dict(self.given) | dict(others.given)).items())
        return Rows(sql, (*self.columns, place), place, given)

    def holding(self, words: Iterable[str], columns: Sequence[str]) -> "Rows":
        """Keep the rows in which each of the words stands in one of some columns."""
        text = " || chr(10) || ".join(f"coalesce(\"{name}\"::varchar, '')" for name in columns)
        found = {f"word_{place}": word for place, word in enumerate(words)}
        kept = " and ".join(f"contains({text}, ${name})" for name in found)
        return self.where(kept, **found) if kept else self

    def _and(self, values: Mapping[str, object]) -> Given:
        return (*self.given, *((name, _fixed(value)) for name, value in values.items()))


def _fixed(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def given(filters: Filters, sql: str, **values: object) -> Given:
    """Collect the values of the parameters that a statement mentions."""
    known = {name: value for name, value in values.items() if f"${name}" in sql}
    return tuple((name, _fixed(value)) for name, value in (known | parameters(filters, sql)).items())


def read(
    con: duckdb.DuckDBPyConnection,
    rows: Rows,
    columns: Sequence[str] = (),
    most: int | None = None,
    first: int = 0,
) -> pl.DataFrame:
    """Read rows in their order: some columns (default all), at most so many, from the first-th on."""
    chosen = ", ".join(f'"{name}"' for name in columns) or "*"
    page = "" if most is None else " limit $page_most offset $page_first"
    bounds = {} if most is None else {"page_most": most, "page_first": first}
    sql = f"select {chosen}, from ({rows.sql}) order by {rows.order}{page}"
    return fetch(con, sql, dict(rows.given) | bounds)


def group(
    con: duckdb.DuckDBPyConnection,
    rows: Rows,
    by: Sequence[str] = (),
    order: str = "all",
    most: int | None = None,
    **told: str,
) -> pl.DataFrame:
    """Tell groups of rows in one query: [*by, *told]; `told` gives each column's aggregate in SQL.

    Without `by` one row, whatever there is; `most`: only the first so many groups in the order.
    """
    columns = ", ".join([*by, *(f"{aggregate} as {name}" for name, aggregate in told.items())])
    keys = f" group by {', '.join(by)}" if by else ""
    page = "" if most is None else f" limit {most:d}"
    return fetch(con, f"select {columns}, from ({rows.sql}){keys} order by {order}{page}", dict(rows.given))


def count(con: duckdb.DuckDBPyConnection, rows: Rows) -> int:
    return int(group(con, rows, told="count(*)").item())
