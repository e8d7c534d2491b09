"""One ledger's sheet of a template: title, sender, headings with notes, rows that check what is filled in."""

from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from etl.ledgers import INSTITUTION, Field, Ledger
from etl.templates_columns import DATE, event_check, note, number_format, texts, validation, width

TITLE_ROW, LEGEND_ROW, SENDER_ROW, HEADING_ROW, FIRST_ROW = range(5)
HEIGHTS = (34, 22, 24, 34)
ROWS = 2_000
"""How many rows are checked as they are filled in; more may be filled in below."""

PAPER_A4 = 9
SIGNS_A_PAGE = 190
"""How many digits wide a page is printed, and still read."""

LAST_COLUMN = 16_383
INK, MUTED, ACCENT, PALE, OPEN, RULE = "#1B1F24", "#5B6470", "#1F5A96", "#DCE6F1", "#F3F6FA", "#E3E6EA"
BASE = {"font_name": "微软雅黑", "font_size": 10, "font_color": INK, "valign": "vcenter"}
HEADING = {"bold": True, "text_wrap": True, "align": "center", "border": 1, "border_color": RULE}
NOTE = {"width": 260, "font_name": "微软雅黑", "font_size": 9}
SIGNS_A_LINE, LINE_HEIGHT = 19, 18
ALLOWED = (
    "format_cells",
    "format_columns",
    "format_rows",
    "insert_rows",
    "delete_rows",
    "sort",
    "autofilter",
)


class Page:
    """One sheet of a template, and the formats it is drawn in."""

    def __init__(self, workbook: xlsxwriter.Workbook, ledger: Ledger) -> None:
        self.workbook = workbook
        self.ledger = ledger
        self.sheet: Worksheet = workbook.add_worksheet(ledger.name)
        self.right = len(ledger.fields) - 1

    def format(self, **said: Any) -> Format:
        return self.workbook.add_format({**BASE, **said})

    def check(self, column: int, check: dict[str, Any]) -> None:
        """Let only some things be filled in below a heading."""
        self.sheet.data_validation(FIRST_ROW, column, FIRST_ROW + ROWS - 1, column, check)


def write_sheet(page: Page) -> None:
    """Draw a ledger's sheet, empty, its headings locked and its rows open."""
    _write_columns(page)
    _write_title(page)
    _write_sender(page)
    for column, field in enumerate(page.ledger.fields):
        _write_heading(page, column, field)
    _protect(page)
    set_up_print(page.sheet, -(-sum(map(width, page.ledger.fields)) // SIGNS_A_PAGE))


def set_up_print(sheet: Worksheet, pages_wide: int) -> None:
    """A4 landscape, so many pages wide."""
    sheet.set_landscape()
    sheet.set_paper(PAPER_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(pages_wide, 0)


def _write_columns(page: Page) -> None:
    """The columns first, all of them open to be filled in; the rows above are locked after."""
    page.sheet.set_column(0, LAST_COLUMN, None, page.format(locked=False))
    for column, field in enumerate(page.ledger.fields):
        told = {"num_format": number_format(field), "align": _alignment(field)}
        page.sheet.set_column(column, column, width(field), page.format(locked=False, text_wrap=True, **told))
        if check := validation(page.ledger, field):
            page.check(column, check)
    row = FIRST_ROW + 1
    page.sheet.conditional_format(
        FIRST_ROW,
        0,
        FIRST_ROW + ROWS - 1,
        page.right,
        {
            "type": "formula",
            "criteria": f"=COUNTA($A{row}:${xl_col_to_name(page.right)}{row})>0",
            "format": page.workbook.add_format({"border": 1, "border_color": RULE}),
        },
    )


def _alignment(field: Field) -> str:
    kinds = {"date": "center", "event": "center", "flag": "center", "count": "right", "minutes": "right"}
    return kinds.get(field.type, "left")


def _write_title(page: Page) -> None:
    said, name = texts(), page.ledger.name
    for row, height in enumerate(HEIGHTS):
        page.sheet.set_row(row, height, page.format())
    legend = said["legend"].format(version=said["version"], ledger=name)
    title = page.format(font_size=16, bold=True, font_color=ACCENT)
    page.sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, page.right, name, title)
    page.sheet.merge_range(LEGEND_ROW, 0, LEGEND_ROW, page.right, legend, page.format(font_color=MUTED))


def _write_sender(page: Page) -> None:
    """Who fills it in and on which day: reading takes the day for the report's own."""
    said, sheet = texts(), page.sheet
    label = page.format(align="right", bold=True)
    blank = {"locked": False, "bg_color": OPEN, "align": "left"}
    sheet.write_string(SENDER_ROW, 0, said["unit"], label)
    sheet.merge_range(SENDER_ROW, 1, SENDER_ROW, 2, "", page.format(**blank))
    sheet.write_string(SENDER_ROW, 3, said["day"], label)
    sheet.write_blank(SENDER_ROW, 4, None, page.format(**blank, num_format=DATE))
    sheet.data_validation(SENDER_ROW, 4, SENDER_ROW, 4, event_check())


def _write_heading(page: Page, column: int, field: Field) -> None:
    colours = {"bg_color": ACCENT, "font_color": "white"} if field.required else {"bg_color": PALE}
    page.sheet.write_string(HEADING_ROW, column, field.heading, page.format(**HEADING, **colours))
    text = note(page.ledger, field)
    size = {**NOTE, "height": LINE_HEIGHT * (2 + len(text) // SIGNS_A_LINE)}
    page.sheet.write_comment(HEADING_ROW, column, text, {**size, "author": texts()["author"]})


def _protect(page: Page) -> None:
    """Keep the headings in sight, on paper too, and as they are; no password."""
    said, sheet = texts(), page.sheet
    named = 2 if page.ledger.fields[1] == INSTITUTION else 1
    sheet.freeze_panes(FIRST_ROW, named)
    sheet.repeat_rows(HEADING_ROW)
    sheet.repeat_columns(0, named - 1)
    sheet.autofilter(HEADING_ROW, 0, FIRST_ROW + ROWS - 1, page.right)
    sheet.protect("", dict.fromkeys(ALLOWED, True))
    sheet.set_footer(said["footer"].format(ledger=page.ledger.name, version=said["version"]))
