"""Workbooks written for tests: rows given as text tables, merged ranges by their corners."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import polars as pl
import xlsxwriter

from etl import mapping as mappings
from etl.blocks import Block, Unread, read_blocks
from etl.sheet import Sheet, text_grid

Rows = Sequence[Sequence[object]]


def rows(table: str) -> list[list[str]]:
    """Split a text table at | and line ends; ↵ is a line break within a cell, an empty line a blank row."""
    lines = table.strip("\n").splitlines()
    return [[cell.strip().replace("↵", "\n") for cell in line.split("|")] for line in lines]


def sheet(table: str, name: str | None = None) -> Sheet:
    """Make a sheet of a text table, as reading gives it."""
    lines = rows(table)
    width = max(map(len, lines))
    padded = [line + [""] * (width - len(line)) for line in lines]
    return Sheet(name, is_hidden=False, grid=text_grid(zip(*padded, strict=True)))


def write_workbook(
    path: Path, sheets: Mapping[str, Rows], merges: Iterable[str] = (), hidden: str = ""
) -> Path:
    """Write sheets of rows; merges such as A1:F1 hold in every sheet, their text is the first cell's."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as workbook:
        for name, lines in sheets.items():
            page = workbook.add_worksheet(name)
            for merge in merges:
                page.merge_range(merge, "")
            for place, line in enumerate(lines):
                for column, cell in enumerate(line):
                    if cell != "":
                        page.write(place, column, cell)
            if name == hidden:
                page.hide()
    return path


def only(blocks: list[Block | Unread]) -> Block:
    """Give the one block read."""
    (block,) = blocks
    assert isinstance(block, Block), block
    return block


def read_table(
    tmp_path: Path, table: str, merges: Iterable[str] = (), mapping: mappings.Mapping | None = None
) -> Block:
    """Write a text table as a workbook's only sheet and read it back."""
    path = write_workbook(tmp_path / "台账.xlsx", {"Sheet1": rows(table)}, merges)
    return only(read_blocks(path, path.name, mapping))


def column(block: Block, field: str) -> list[str | None]:
    """Give one field of a block's rows."""
    values: pl.Series = block.rows[field]
    return values.to_list()
