"""One block of records cut out of a sheet: what reading hands to judging."""

from dataclasses import dataclass
from datetime import date

import polars as pl


@dataclass(frozen=True)
class Block:
    """The rows under one heading.

    path: as reported, relative. sheet: None for CSV. kind: a key of LEDGERS. header_row: the first heading
    row, as Excel counts. headings: field to heading as written there, two levels joined with ' › '.
    rows: `row` (Int64, as Excel counts), then one String column per field found, null where blank.
    sheet_cells: `row`, then one String column per heading of the sheet, mapped or not.
    reported_on: 填报日期 in the sheet, else a day in the file's name. origin: title rows, sheet name and path,
    in which a town's name may stand. is_example: 示例数据 stands there. constants: field to value for a column
    the sheet lacks. words: field to {word as written: word of choices.toml}, both from the mapping.
    ambiguous: headings that could be two fields, or a field's second heading; their columns are not in rows.
    """

    path: str
    sheet: str | None
    kind: str
    header_row: int
    headings: dict[str, str]
    rows: pl.DataFrame
    sheet_cells: pl.DataFrame
    reported_on: date | None
    origin: str
    is_example: bool
    constants: dict[str, str]
    words: dict[str, dict[str, str]]
    ambiguous: tuple[str, ...]

    def cells(self, row: int) -> dict[str, str]:
        """Every written cell of one sheet row, heading to text; KeyError where the row is not of this block."""
        position = self.sheet_cells["row"].search_sorted(row)
        if position >= self.sheet_cells.height or self.sheet_cells["row"][position] != row:
            raise KeyError(row)
        cells = self.sheet_cells.drop("row").row(position, named=True)
        return {heading: text for heading, text in cells.items() if text is not None}


@dataclass(frozen=True)
class Unread:
    """A file or sheet nothing could be taken from, and why, in words for the reader."""

    path: str
    sheet: str | None
    reason: str
