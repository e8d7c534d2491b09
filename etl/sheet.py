"""A sheet as the rest of reading sees it: text in true positions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import NamedTuple

import polars as pl

Cells = tuple[str | None, ...]
UNSEEN = r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u{202A}-\u{202E}\u{2066}-\u{2069}\u{FFFE}\u{FFFF}]"
"""Signs that nobody sees or means: no Office file may hold them, or they turn the text after them round."""

FEEDS = r"[\x0b\x0c]"
"""Line breaks of Word's, which no Office file may hold either."""


class UnreadableError(Exception):
    """A file nothing can be read from; the message, in Chinese, says what to do."""


class Merge(NamedTuple):
    """A merged range, 0-based, ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet; name None for CSV.

    grid: String columns "0", "1", …, one row a sheet row, so that the first cell is A1; outer blanks are
    gone, empty is null; a merged range is filled downwards in its first column.
    """

    name: str | None
    is_hidden: bool
    grid: pl.DataFrame
    merges: tuple[Merge, ...] = ()

    @cached_property
    def wide_merges(self) -> tuple[Merge, ...]:
        """The merged ranges of more than one column: titles, groups, paragraphs."""
        return tuple(merge for merge in self.merges if merge.right > merge.left)

    @cached_property
    def is_blank(self) -> bool:
        """Tell whether nothing at all is written in the sheet."""
        return all(column.null_count() == len(column) for column in self.grid.iter_columns())

    def cells(self, row: int) -> Cells:
        """Give a row (0-based) with its merged ranges filled rightwards."""
        cells = list(self.grid.row(row))
        for top, left, bottom, right in self.wide_merges:
            if top <= row <= bottom and left < len(cells):
                end = min(right + 1, len(cells))
                cells[left:end] = [cells[left]] * (end - left)
        return tuple(cells)

    def texts(self, row: int) -> list[str]:
        """Give what is written in a row, each text once."""
        return [text for text in dict.fromkeys(self.grid.row(row)) if text]


def text_grid(columns: Iterable[Sequence[object]]) -> pl.DataFrame:
    """Turn columns of cells into a grid of text: dates as YYYY-MM-DD, whole numbers without a point."""
    return tidy(pl.DataFrame([_column(str(place), values) for place, values in enumerate(columns)]))


def tidy(grid: pl.DataFrame) -> pl.DataFrame:
    """Take the outer blanks and what nobody sees off every text of a grid, and make the empty null."""
    seen = pl.all().str.replace_all(UNSEEN, "").str.replace_all(FEEDS, " ")
    return grid.select(seen.str.strip_chars().replace("", None))


def _column(name: str, values: Sequence[object]) -> pl.Series:
    try:  # most columns hold texts alone, which is found out soonest so
        return pl.Series(name, values, dtype=pl.String)
    except TypeError:
        return pl.Series(name, _texts(values), dtype=pl.String)


def _texts(values: Sequence[object]) -> list[str]:
    if bool in set(map(type, values)):  # True equals 1.0, so the two would share one text below
        return [cell_text(value) for value in values]
    text = {value: cell_text(value) for value in set(values)}
    return list(map(text.__getitem__, values))


def cell_text(value: object) -> str:
    """Write one cell as text."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return str(value.date() if value.time() == time() else value.replace(microsecond=0))
    return value.isoformat() if isinstance(value, date) else str(value)
