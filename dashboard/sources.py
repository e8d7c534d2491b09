"""Where a table's rows lie: in the build, or in a frame made on the page; read a page at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import duckdb
import polars as pl

from dashboard import answers
from dashboard.session import connection
from dashboard.view import View
from queries import rows
from queries.rows import Rows
from queries.warehouse import create

PLACE = "place_in_frame"


@dataclass(frozen=True)
class Source:
    """Rows that are searched, sorted, counted and read without being loaded as a whole."""

    rows: Rows
    _count: Callable[[Rows], int]
    _read: Callable[[Rows, tuple[str, ...], int, int], pl.DataFrame]
    _connection: Callable[[], duckdb.DuckDBPyConnection]

    def holding(self, words: str, columns: Sequence[str]) -> "Source":
        """Rows in which every word stands in some of the columns."""
        return replace(self, rows=self.rows.holding(words.split(), columns))

    def sorted(self, column: str, *, descending: bool) -> "Source":
        """By one column, rows without a value last; those alike in their own order."""
        way = "desc" if descending else "asc"
        own = "" if self.rows.order == "all" else f", {self.rows.order}"
        return replace(self, rows=self.rows.ordered(f'"{column}" {way} nulls last{own}'))

    def count(self) -> int:
        return self._count(self.rows)

    def read(self, columns: Sequence[str], most: int, first: int = 0) -> pl.DataFrame:
        """A page to look at: others look at the same one."""
        return self._read(self.rows, tuple(columns), most, first)

    def take(self, columns: Sequence[str], most: int) -> pl.DataFrame:
        """All rows, or the first so many, to take away: nobody keeps them."""
        return rows.read(self._connection(), self.rows, columns, most)


def stored(view: View, known: Rows) -> Source:
    """Rows of the build a page shows."""
    code = view.code
    return Source(
        known,
        lambda asked: answers.count(code, asked),
        lambda asked, columns, most, first: answers.taken(code, asked, columns, most, first),
        lambda: connection(code),
    )


def held(frame: pl.DataFrame) -> Source:
    """Rows of a small frame, asked by the same statements as those of a build."""
    con = create()
    con.register("given", frame.with_row_index(PLACE).to_arrow())
    con.execute("create table held as from given")
    con.unregister("given")
    return Source(
        Rows("select *, from held", (*frame.columns, PLACE), PLACE),
        lambda asked: rows.count(con, asked),
        lambda asked, columns, most, first: rows.read(con, asked, columns, most, first),
        lambda: con,
    )
