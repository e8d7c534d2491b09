"""The refused rows as a workbook, to be mended and sent again."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import xlsxwriter

from etl.blocks import Block, Unread
from etl.disk import write_bytes
from etl.report import Report

HEADINGS = ("文件", "工作表", "行", "列", "所填", "原因与处理办法", "整行内容")
WIDTHS = (28, 14, 6, 16, 20, 60, 80)
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""What people typed stays text: a cell beginning with = is no formula."""


def write_refused(path: Path, found: Sequence[Block | Unread], report: Report) -> None:
    """Write one line for each reason a row was refused, with the whole row beside it."""
    refused = report.issues.filter(effect="refuse")
    content = BytesIO()
    with xlsxwriter.Workbook(content, PLAIN) as workbook:
        sheet = workbook.add_worksheet("未计入的行")
        sheet.freeze_panes(1, 0)
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.write_row(0, 0, HEADINGS, workbook.add_format({"bold": True, "bg_color": "#DDDDDD"}))
        for line, issue in enumerate(refused.iter_rows(named=True), 1):
            shown = [issue[name] for name in ("path", "sheet", "row", "column", "value", "message")]
            sheet.write_row(line, 0, [*shown, _cells(found[issue["block_id"] - 1], issue["row"])])
    write_bytes(path, content.getvalue())


def _cells(block: Block | Unread, row: int) -> str:
    cells = block.cells(row) if isinstance(block, Block) else {}
    return "；".join(f"{heading}：{text}" for heading, text in cells.items())
