"""The example on disk: workbooks and CSV of the county, Parquet of the larger scales."""

import csv
from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from etl.example.books import Book, books
from etl.example.cells import Cell
from etl.example.sheets import Sheet
from etl.example.story import Scale
from etl.example.truth import build, frames, runs
from etl.ledgers import LEDGERS

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "yyyy/m/d"}


def write(out: Path, scale: Scale = "county", as_of: date = date(2026, 11, 23), seed: int = 1) -> list[Path]:
    """Write the invented ledgers into `out` (made if need be) and return the files.

    county: what 16 towns and the county bureau would have sent. province and nation: the true records, one
    Parquet file a table, in schema.sql's columns. The same arguments give the same bytes. Raises ValueError
    for a day outside the campaign.
    """
    out.mkdir(parents=True, exist_ok=True)
    if scale != "county":
        return _write_tables(out, scale, as_of, seed)
    return [_write_book(out, book) for book in books(frames(scale, as_of, seed), as_of, seed)]


def planted(as_of: date = date(2026, 11, 23), seed: int = 1) -> dict[str, Any]:
    """What write() hid in the county's workbooks, as JSON could hold it.

    wrong: one entry a row that is wrong on purpose (path, sheet, row as Excel counts, kind, field, heading as
    written, rule, effect: refused, set_aside or rewritten; rule is empty where nothing is to be said).
    records: kind to the number of true records. rows: kind to the number of rows that intake should read.
    """
    tables = frames("county", as_of, seed)
    every = list(books(tables, as_of, seed))
    rows = dict.fromkeys(LEDGERS, 0)
    for sheet in (sheet for book in every for sheet in book.sheets if sheet.kind):
        rows[sheet.kind] += len(sheet.rows)
    return {
        "wrong": [wrong for book in every for wrong in book.wrong()],
        "records": {kind: tables[kind].height for kind in LEDGERS},
        "rows": rows,
    }


def _write_book(out: Path, book: Book) -> Path:
    path = out / book.path
    if book.is_csv:
        _write_csv(path, book.sheets[0].cells)
        return path
    workbook = xlsxwriter.Workbook(path, OPTIONS)
    # a fixed day of creation keeps the bytes the same from run to run
    workbook.set_properties({"created": datetime.combine(book.filled_on, time())})
    for sheet in book.sheets:
        _write_sheet(workbook.add_worksheet(sheet.name), sheet)
    workbook.close()
    return path


def _write_csv(path: Path, rows: Iterable[list[Cell]]) -> None:
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(rows)


def _write_sheet(target: Worksheet, sheet: Sheet) -> None:
    covered = {
        (row, column)
        for top, left, bottom, right in sheet.merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }
    for at, row in enumerate(sheet.cells):
        for column, cell in enumerate(row):
            if cell is not None and (at, column) not in covered:
                target.write(at, column, cell)
    for top, left, bottom, right in sheet.merges:
        target.merge_range(top, left, bottom, right, sheet.cells[top][left])
    if sheet.is_hidden:
        target.hide()


def _write_tables(out: Path, scale: Scale, as_of: date, seed: int) -> list[Path]:
    """Run by run into parts, then each table's parts into one file: a nation does not fit into memory."""
    with TemporaryDirectory(dir=out) as folder:
        names = _write_parts(Path(folder), scale, as_of, seed)
        return [_join(Path(folder) / name, out / f"{name}.parquet") for name in names]


def _write_parts(folder: Path, scale: Scale, as_of: date, seed: int) -> list[str]:
    _write_part(folder, 0, {"build": build(scale, as_of, seed)})
    for number, run in enumerate(runs(scale, as_of, seed)):
        _write_part(folder, number, run)
    return sorted(path.name for path in folder.iterdir())


def _write_part(folder: Path, number: int, tables: dict[str, pl.DataFrame]) -> None:
    for name, rows in tables.items():
        (folder / name).mkdir(exist_ok=True)
        rows.write_parquet(folder / name / f"{number:03d}.parquet")


def _join(parts: Path, path: Path) -> Path:
    pl.scan_parquet(parts / "*.parquet").sink_parquet(path)
    return path
