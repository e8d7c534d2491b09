"""The nine empty workbooks: headings as reading knows them, drop-downs, checks and notes."""

from datetime import datetime
from io import BytesIO
from pathlib import Path

import xlsxwriter

from etl.disk import told, write_bytes
from etl.ledgers import LEDGERS, Ledger
from etl.templates_columns import choice_of, texts
from etl.templates_sheet import ACCENT, PALE, Page, set_up_print, write_sheet
from queries.campaign import read_campaign
from queries.parts import Campaign

CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - one day for all, so that the same code writes the same bytes
TASK_WIDTHS = (12, 50, 14, 14, 14)


@told()
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
    content = BytesIO()
    with xlsxwriter.Workbook(content) as workbook:
        workbook.set_properties({"title": ledger.name, "created": CREATED})
        workbook.set_custom_property(said["property"], said["version"], "text")
        page = Page(workbook, ledger)
        write_sheet(page)
        if ledger.kind == "task_progress":
            _write_tasks(page, campaign)
            _offer_tasks(page, len(campaign.tasks))
    write_bytes(path, content.getvalue())
    return path


def _write_tasks(page: Page, campaign: Campaign) -> None:
    """The plan's tasks on a sheet behind, which reading passes over."""
    said = texts()["tasks"]
    sheet = page.workbook.add_worksheet(said["sheet"])
    sheet.write_string(0, 0, said["title"], page.format(bold=True, font_size=14, font_color=ACCENT))
    sheet.write_row(1, 0, said["headings"], page.format(bold=True, bg_color=PALE))
    ends = {phase.phase: phase.to_on for phase in campaign.phases}
    for row, task in enumerate(campaign.tasks, 2):
        due = task.due_on or ends[task.phase]
        cells = (task.task, task.task_name, said["units"][task.unit_code], task.clause, due.isoformat())
        sheet.write_row(row, 0, cells, page.format())
    for column, width in enumerate(TASK_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.protect()
    set_up_print(sheet, 1)


def _offer_tasks(page: Page, count: int) -> None:
    column = [field.name for field in page.ledger.fields].index("task")
    page.check(column, choice_of(f"='{texts()['tasks']['sheet']}'!$A$3:$A${count + 2}"))
