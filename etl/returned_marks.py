"""The cells to mend, marked in a workbook: a colour, and a note that says why and what to do.

Done in a child process with little memory: a merged range over a whole sheet takes 1 KB of a file, and all
the memory of the process that opens it.
"""

import io
import pickle
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import polars as pl
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from etl.read import read_file
from etl.returned_lines import Job, Line, Way, texts
from etl.returned_sheet import FILLS, add_sheet, display_width, write_text
from etl.sheet import Sheet

if sys.platform != "win32":
    import resource

MEMORY = 2 << 30
NOTE_WIDTH, SIGNS_A_LINE, LINE_HEIGHT = 320, 44, 18
BETWEEN = "\n——\n"
"""Stands between our note and the sender's own on the same cell."""
NARROWEST, WIDEST = 8, 40
LONGEST_NUMBER = 11
"""A longer number is a code: as a number it would lose its last digits."""


def mark(job: Job) -> None:
    """Write the workbook of a job: its cells marked, 退回说明 in front."""
    book = OPENED[job.way](job.source)
    _take_back(book)
    cells = [_cell(book, line) for line in job.lines]
    told: dict[Cell, list[Line]] = defaultdict(list)
    for cell, line in zip(cells, job.lines, strict=True):
        if cell is not None:
            told[cell].append(line)
    for cell, lines in told.items():
        _mark(cell, lines)
        _show(cell)
    add_sheet(book, job, cells)
    book.save(job.target)


def _kept(source: Path) -> Workbook:
    """Open the sender's workbook; its macros, which open with a question, stay behind."""
    return load_workbook(io.BytesIO(source.read_bytes()), rich_text=True)


def _copied(source: Path) -> Workbook:
    book = _listed(source)
    for sheet in read_file(source):
        page = book.create_sheet(sheet.name or texts()["table"])
        page.sheet_state = "hidden" if sheet.is_hidden else "visible"
        _copy(sheet, page)
    return book


def _listed(_source: Path) -> Workbook:
    book = Workbook()
    book.remove(book.active)
    return book


OPENED: dict[Way, Callable[[Path], Workbook]] = {"kept": _kept, "copied": _copied, "listed": _listed}


def _copy(sheet: Sheet, page: Worksheet) -> None:
    for row, written in enumerate(sheet.grid.iter_rows(), 1):
        is_wrapped = sum(text is not None for text in written) > 1
        for column, text in enumerate(written, 1):
            if text is not None:
                write_text(page.cell(row, column), _number(text))
                page.cell(row, column).alignment = Alignment(wrap_text=is_wrapped, vertical="center")
    _merge(sheet, page)
    is_table = pl.sum_horizontal(pl.all().is_not_null()) > 1
    for number, texts_of_column in enumerate(sheet.grid.filter(is_table).iter_columns(), 1):
        page.column_dimensions[get_column_letter(number)].width = _width(texts_of_column.drop_nulls())


def _merge(sheet: Sheet, page: Worksheet) -> None:
    """Merge what was merged; what reaches beyond the cells written could be a whole sheet."""
    height, width = sheet.grid.shape
    for top, left, bottom, right in sheet.merges:
        if bottom < height and right < width:
            page.merge_cells(
                start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
            )


def _number(text: str) -> str | int:
    is_number = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER and str(int(text)) == text
    return int(text) if is_number else text


def _width(written: Iterable[str]) -> int:
    return min(WIDEST, 2 + max(map(display_width, written), default=NARROWEST))


def _take_back(book: Workbook) -> None:
    """Clear what an earlier return put into the workbook."""
    name = texts()["sheet"]
    if name in book.sheetnames:
        book.remove(book[name])
        for cell in (cell for page in book.worksheets for row in page.iter_rows() for cell in row):
            if cell.comment and _is_ours(cell.comment.text):
                _, _, own = cell.comment.text.partition(BETWEEN)
                cell.comment = Comment(own, cell.comment.author) if own else None
                cell.fill = PatternFill()


def _is_ours(note: str) -> bool:
    return note.startswith(tuple(f"{effect}：" for effect in texts()["effects"].values()))


def _cell(book: Workbook, line: Line) -> Cell | None:
    """Find the cell a line speaks of: of several the first not blank; for a merged range its first."""
    if not book.worksheets or not line.columns:
        return None
    page = book[line.sheet] if line.sheet else book.worksheets[0]
    cells = [_anchor(page, line.row, column) for column in line.columns]
    return next((cell for cell in cells if str(cell.value or "").strip()), cells[0])


def _anchor(page: Worksheet, row: int, column: int) -> Cell:
    cell = page.cell(row, column)
    if not isinstance(cell, MergedCell):
        return cell
    merged = next(merge for merge in page.merged_cells.ranges if cell.coordinate in merge)
    return page.cell(merged.min_row, merged.min_col)


def _mark(cell: Cell, lines: list[Line]) -> None:
    cell.fill = FILLS[any(line.is_refused for line in lines)]
    notes = dict.fromkeys(f"{line.effect}：{line.message}" for line in lines)
    text = "\n".join(notes) + (BETWEEN + cell.comment.text if cell.comment else "")
    height = LINE_HEIGHT * sum(1 + display_width(part) // SIGNS_A_LINE for part in text.splitlines())
    cell.comment = Comment(text, texts()["author"], width=NOTE_WIDTH, height=height + LINE_HEIGHT)


def _show(cell: Cell) -> None:
    """Bring a cell to light that nobody could mend in a hidden sheet, row or column."""
    page = cell.parent
    page.sheet_state = "visible"
    page.row_dimensions[cell.row].hidden = False
    for columns in page.column_dimensions.values():
        if columns.hidden and columns.min <= cell.column <= columns.max:
            columns.hidden = False


def answer() -> None:
    """Do the job that stdin holds, as a process with little memory."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    mark(pickle.load(sys.stdin.buffer))  # noqa: S301 - parent and child are this one program
