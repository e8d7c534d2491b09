"""The sheet 退回说明: what was read, what is to be mended, each line with a link to its cell."""

from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from etl.returned_lines import MOST, Job, Line, texts

INK, LINK = "1B1F24", "1F5A96"
FILLS = {True: PatternFill("solid", fgColor="FFF8D7D3"), False: PatternFill("solid", fgColor="FFFCE9B8")}
"""Light red for what is refused, light amber for what is warned of."""
WIDTHS = (9, 18, 7, 22, 9, 28, 76)
WRAPPED = Alignment(wrap_text=True, vertical="center", horizontal="left")
TYPEFACE = "微软雅黑"
RULE = Border(bottom=Side("thin", color="E3E6EA"))
LINE_HEIGHT = 18
LONGEST_VALUE = 300


def add_sheet(book: Workbook, job: Job, cells: Sequence[Cell | None]) -> None:
    """Put 退回说明 before all other sheets. cells: for each line the cell it speaks of, None where none."""
    page = book.create_sheet(texts()["sheet"], 0)
    _lay_out(book, page)
    row = _introduce(page, job)
    if job.lines:
        _head(page, row)
        for place, (line, cell) in enumerate(zip(job.lines[:MOST], cells[:MOST], strict=True), row + 1):
            _write_line(page, place, line, cell)
        page.auto_filter.ref = f"A{row}:{get_column_letter(len(WIDTHS))}{row + min(len(job.lines), MOST)}"


def write_text(cell: Cell, text: object) -> None:
    """Write what people typed as text: a cell beginning with = is no formula."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text) if isinstance(text, str) else text
    if isinstance(text, str):
        cell.data_type = "s"


def display_width(text: str) -> int:
    """Count how many digits wide a text stands: a Chinese sign is two."""
    return sum(1 + (ord(sign) > 0xFF) for sign in text)


def _font(**said: Any) -> Font:
    return Font(name=TYPEFACE, **{"size": 10, "color": INK, **said})


def _lay_out(book: Workbook, page: Worksheet) -> None:
    for number, width in enumerate(WIDTHS, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.sheet_view.showGridLines = False
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToHeight, page.sheet_properties.pageSetUpPr.fitToPage = 0, True
    for other in book.worksheets:  # two selected sheets are edited as one
        other.sheet_view.tabSelected = other is page
    book.active = 0


def _introduce(page: Worksheet, job: Job) -> int:
    """Write the title and the paragraphs; give the row the table begins at."""
    said = texts()
    beyond = len(job.lines) - MOST
    paragraphs = list(job.intro)
    if job.lines:
        paragraphs += [*said["ways"][job.way], "", *said["steps"]]
    if beyond > 0:
        paragraphs.append(said["more"].format(count=beyond))
    _paragraph(page, 1, said["title"], _font(size=16, bold=True, color=LINK))
    for row, text in enumerate(paragraphs, 2):
        _paragraph(page, row, text, _font(size=11, bold=text in said["steps"][:1]))
    return len(paragraphs) + 3


def _paragraph(page: Worksheet, row: int, text: str, font: Font) -> None:
    page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(WIDTHS))
    cell = page.cell(row, 1)
    write_text(cell, text)
    cell.font, cell.alignment = font, WRAPPED
    page.row_dimensions[row].height = _height(text, sum(WIDTHS)) * font.size / 11


def _height(text: str, width: int) -> int:
    return LINE_HEIGHT * max(1, -(-display_width(text) // width))


def _head(page: Worksheet, row: int) -> None:
    for number, heading in enumerate(texts()["headings"], 1):
        cell = page.cell(row, number, heading)
        cell.font, cell.fill = _font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor=LINK)
        cell.alignment = WRAPPED


def _write_line(page: Worksheet, row: int, line: Line, cell: Cell | None) -> None:
    value = (line.value or "")[:LONGEST_VALUE]
    sheet = line.sheet or (cell.parent.title if cell else texts()["table"])
    place = cell.coordinate if cell else _place(line)
    written: list[Any] = [line.effect, sheet, line.row, line.column, place, value, line.message]
    for number, text in enumerate(written, 1):
        target = page.cell(row, number)
        write_text(target, text)
        target.font, target.alignment, target.border = _font(), WRAPPED, RULE
    page.cell(row, 1).fill = FILLS[line.is_refused]
    texts_and_widths = ((line.column, WIDTHS[3]), (value, WIDTHS[5]), (line.message, WIDTHS[6]))
    page.row_dimensions[row].height = max(_height(text, width) for text, width in texts_and_widths)
    if cell:
        _link(page.cell(row, written.index(place) + 1), cell)


def _place(line: Line) -> str:
    if not line.columns:
        return str(texts()["column_missing"])
    return f"{get_column_letter(line.columns[0])}{line.row}"


def _link(source: Cell, target: Cell) -> None:
    location = f"{quote_sheetname(target.parent.title)}!{target.coordinate}"
    source.hyperlink = Hyperlink(ref=source.coordinate, location=location)
    source.font = _font(color=LINK, underline="single")
