"""The nine empty workbooks: headings as reading knows them, drop-downs, checks and notes."""

from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from etl.ledgers import INSTITUTION, LEDGERS, Ledger
from etl.templates_columns import choice_of, note, number_format, texts, validation, width
from queries.campaign import read_campaign
from queries.parts import Campaign

TITLE_ROW, LEGEND_ROW, SENDER_ROW, HEADING_ROW = range(4)
FIRST_ROW = HEADING_ROW + 1
ROWS = 2_000
"""How many rows are checked as they are filled in; more may be filled in below."""

PAPER_A4 = 9
SIGNS_A_PAGE = 190
"""How many digits wide a page is printed, and still read."""

LAST_COLUMN = 16_383
INK, ACCENT, PALE, RULE = "#1B1F24", "#1F5A96", "#DCE6F1", "#E3E6EA"
BASE = {"font_name": "微软雅黑", "font_size": 10, "font_color": INK, "valign": "vcenter"}
NOTE_SIZE = {"width": 260, "font_name": "微软雅黑", "font_size": 9}
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
CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - one day for all, so that the same code writes the same bytes


class Page:
    """One sheet of a template, and the formats it is drawn in."""

    def __init__(self, workbook: xlsxwriter.Workbook, ledger: Ledger) -> None:
        self.workbook = workbook
        self.ledger = ledger
        self.sheet: Worksheet = workbook.add_worksheet(ledger.name)
        self.right = len(ledger.fields) - 1

    def format(self, **said: Any) -> Format:
        return self.workbook.add_format({**BASE, **said})


def write_templates(out: Path) -> list[Path]:
    """Write the nine empty workbooks into `out` (made if need be) and return them.

    Headings are those of etl.ledgers; a filled one loads with nothing refused. Tasks to choose from are those
    of data/campaign.toml. The same plan gives the same bytes.
    """
    out.mkdir(parents=True, exist_ok=True)
    campaign = read_campaign()
    return [_write(out, ledger, campaign) for ledger in LEDGERS.values()]


def _write(out: Path, ledger: Ledger, campaign: Campaign) -> Path:
    said = texts()
    path: Path = out / said["file"].format(ledger=ledger.name)
    with xlsxwriter.Workbook(path) as workbook:
        workbook.set_properties({"title": ledger.name, "created": CREATED})
        workbook.set_custom_property(said["property"], said["version"], "text")
        page = Page(workbook, ledger)
        _write_columns(page)
        _write_top(page)
        if ledger.kind == "task_progress":
            _write_tasks(page, campaign)
        _set_up(page)
    return path


def _write_columns(page: Page) -> None:
    """The columns first, all of them open to be filled in; the rows above are locked after."""
    page.sheet.set_column(0, LAST_COLUMN, None, page.format(locked=False))
    for column, field in enumerate(page.ledger.fields):
        cells = page.format(locked=False, text_wrap=True, num_format=number_format(field))
        page.sheet.set_column(column, column, width(field), cells)
        if check := validation(page.ledger, field):
            page.sheet.data_validation(FIRST_ROW, column, FIRST_ROW + ROWS - 1, column, check)
    filled = {
        "type": "formula",
        "criteria": f"=COUNTA($A{FIRST_ROW + 1}:${xl_col_to_name(page.right)}{FIRST_ROW + 1})>0",
    }
    lined = page.workbook.add_format({"border": 1, "border_color": RULE})
    page.sheet.conditional_format(FIRST_ROW, 0, FIRST_ROW + ROWS - 1, page.right, {**filled, "format": lined})


def _write_top(page: Page) -> None:
    said, ledger, sheet = texts(), page.ledger, page.sheet
    for row, height in ((TITLE_ROW, 34), (LEGEND_ROW, 22), (SENDER_ROW, 24), (HEADING_ROW, 34)):
        sheet.set_row(row, height, page.format())
    sheet.merge_range(
        TITLE_ROW,
        0,
        TITLE_ROW,
        page.right,
        ledger.name,
        page.format(font_size=16, bold=True, font_color=ACCENT),
    )
    legend = said["legend"].format(version=said["version"], ledger=ledger.name)
    sheet.merge_range(LEGEND_ROW, 0, LEGEND_ROW, page.right, legend, page.format(font_color="#5B6470"))
    _write_sender(page)
    for column, field in enumerate(ledger.fields):
        colours = {"bg_color": ACCENT, "font_color": "white"} if field.required else {"bg_color": PALE}
        heading = page.format(
            bold=True, text_wrap=True, align="center", border=1, border_color=RULE, **colours
        )
        sheet.write_string(HEADING_ROW, column, field.heading, heading)
        text = note(ledger, field)
        height = LINE_HEIGHT * (2 + len(text) // SIGNS_A_LINE)
        sheet.write_comment(
            HEADING_ROW, column, text, {**NOTE_SIZE, "height": height, "author": texts()["author"]}
        )


def _write_sender(page: Page) -> None:
    """Who fills it in and on which day: reading takes the day for the report's own."""
    said, sheet = texts(), page.sheet
    label = page.format(align="right", bold=True)
    blank = {"locked": False, "bottom": 1, "bottom_color": "#5B6470", "align": "left"}
    sheet.write_string(SENDER_ROW, 0, said["unit"], label)
    sheet.merge_range(SENDER_ROW, 1, SENDER_ROW, 2, "", page.format(**blank))
    sheet.write_string(SENDER_ROW, 3, said["day"], label)
    sheet.write_blank(SENDER_ROW, 4, None, page.format(**blank, num_format="yyyy-mm-dd"))
    event = LEDGERS["activities"].field("held_on")
    sheet.data_validation(SENDER_ROW, 4, SENDER_ROW, 4, validation(LEDGERS["activities"], event))


def _write_tasks(page: Page, campaign: Campaign) -> None:
    """The plan's tasks on a sheet behind, which reading passes over, and the choice of their codes."""
    said = texts()["tasks"]
    sheet = page.workbook.add_worksheet(said["sheet"])
    sheet.write_string(0, 0, said["title"], page.format(bold=True, font_size=14, font_color=ACCENT))
    sheet.write_row(1, 0, said["headings"], page.format(bold=True, bg_color=PALE))
    ends = {phase.phase: phase.to_on for phase in campaign.phases}
    for row, task in enumerate(campaign.tasks, 2):
        due = task.due_on or ends[task.phase]
        cells = (task.task, task.task_name, said["units"][task.unit_code], task.clause, due.isoformat())
        sheet.write_row(row, 0, cells, page.format())
    for column, wide in enumerate((12, 50, 14, 14, 14)):
        sheet.set_column(column, column, wide)
    sheet.protect()
    sheet.set_landscape()
    sheet.set_paper(PAPER_A4)
    sheet.fit_to_pages(1, 0)
    codes = f"='{said['sheet']}'!$A$3:$A${len(campaign.tasks) + 2}"
    column = [field.name for field in page.ledger.fields].index("task")
    page.sheet.data_validation(FIRST_ROW, column, FIRST_ROW + ROWS - 1, column, choice_of(codes))


def _set_up(page: Page) -> None:
    """Frozen headings, protection without a password, A4 landscape with the headings on every page."""
    said, sheet = texts(), page.sheet
    named = 2 if page.ledger.fields[1] == INSTITUTION else 1
    sheet.freeze_panes(FIRST_ROW, named)
    sheet.autofilter(HEADING_ROW, 0, FIRST_ROW + ROWS - 1, page.right)
    sheet.protect("", dict.fromkeys(ALLOWED, True))
    sheet.set_landscape()
    sheet.set_paper(PAPER_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(-(-sum(map(width, page.ledger.fields)) // SIGNS_A_PAGE), 0)
    sheet.repeat_rows(HEADING_ROW)
    sheet.repeat_columns(0, named - 1)
    sheet.set_footer(said["footer"].format(ledger=page.ledger.name, version=said["version"]))
