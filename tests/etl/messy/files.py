"""Sheets of cells to files: .xlsx, .xls, .et and .csv in every encoding and with every separator."""

import csv
import io
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt

from tests.etl.messy.area import Span
from tests.etl.messy.dice import Dice

DAY, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
ENCODINGS = {"UTF-8": "utf-8", "UTF-8 with a mark": "utf-8-sig", "UTF-16": "utf-16", "GB18030": "gb18030"}
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}


@dataclass
class Page:
    """One sheet: its name (None for CSV), its cells and merged ranges by place, from 0."""

    name: str | None
    cells: dict[tuple[int, int], object] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    is_hidden: bool = False


def write_file(dice: Dice, path: Path, pages: list[Page]) -> None:
    writers = {".xlsx": _write_xlsx, ".xls": _write_xls, ".et": _write_xls}
    if path.suffix == ".csv":
        _write_csv(dice, path, pages[0])
    else:
        writers[path.suffix](path, pages)


def _write_xlsx(path: Path, pages: list[Page]) -> None:
    with xlsxwriter.Workbook(path) as workbook:
        day, moment = (workbook.add_format({"num_format": form}) for form in (DAY, MOMENT))
        formats: dict[type, Any] = {date: day, datetime: moment}
        for page in pages:
            sheet = workbook.add_worksheet(page.name)
            for top, left, bottom, right in page.spans:
                sheet.merge_range(top, left, bottom, right, "")
            for (row, column), cell in page.cells.items():
                if isinstance(cell, str):
                    sheet.write_string(row, column, cell)
                else:
                    sheet.write(row, column, cell, formats.get(type(cell)))
            if page.is_hidden:
                sheet.hide()


def _write_xls(path: Path, pages: list[Page]) -> None:
    workbook = xlwt.Workbook(encoding="utf-8")
    day, moment = (xlwt.easyxf(num_format_str=form) for form in (DAY, MOMENT))
    styles: dict[type, Any] = defaultdict(xlwt.XFStyle, {date: day, datetime: moment})
    for page in pages:
        sheet = workbook.add_sheet(page.name)
        sheet.visibility = int(page.is_hidden)
        firsts = {span[:2] for span in page.spans}
        for top, left, bottom, right in page.spans:
            cell = page.cells.get((top, left), "")
            sheet.write_merge(top, bottom, left, right, cell, styles[type(cell)])
        for (row, column), cell in page.cells.items():
            if (row, column) not in firsts:
                sheet.write(row, column, cell, styles[type(cell)])
    workbook.save(str(path))


def _write_csv(dice: Dice, path: Path, page: Page) -> None:
    width = max(column for _, column in page.cells) + 1
    is_even = dice.random() < 0.5
    text = io.StringIO(newline="")
    lines = csv.writer(text, delimiter=dice.pick(SEPARATORS), lineterminator=dice.choice(("\r\n", "\n")))
    for row in range(max(row for row, _ in page.cells) + 1):
        cells = [_csv_text(page.cells.get((row, column), "")) for column in range(width)]
        while not is_even and cells and not cells[-1]:
            cells.pop()
        lines.writerow(cells)
    path.write_bytes(text.getvalue().encode(dice.pick(ENCODINGS)))


def _csv_text(cell: object) -> str:
    return str(cell).upper() if isinstance(cell, bool) else str(cell)
