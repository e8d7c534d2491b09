"""A sender's workbook with layout of its own and wrong cells, written to be returned and mended."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.workbook.workbook import Workbook

from etl import Report, load
from etl.returned import write_returned

AS_OF = date(2026, 11, 23)
NOTE = "退回说明"
SENT = "大阳镇安全台账2024-07-01.xlsx"
REGISTER = (("机构名称", "所属乡镇"), ("松鹤院", "大阳镇"), ("鹤年院", "大阳镇"))
HEADINGS = ("序号", "隐患编号", "被检查单位", "排查时间", "隐患等级", "隐患内容", "整改期限", "整改完成日期")
HAZARDS = (
    ("H1", "松鹤院", date(2024, 3, 5), "一般", "漏电", date(2024, 4, 1), date(2024, 3, 9)),
    ("H2", "松鹤院", None, "一般", "漏水", date(2024, 4, 1), None),
    ("H3", "乌有院", date(2024, 3, 6), "一般", "缺灯", date(2024, 4, 1), None),
    ("H4", "乌有院", date(2024, 3, 7), "特急", "堵门", date(2024, 4, 1), None),
    ("H5", "鹤年院", date(2024, 3, 8), "三级", "", date(2024, 2, 1), "2024-02-30"),
    ("H6", "鹤年院", date(2024, 3, 9), "一般", "插座松动", None, "2024-03-01"),
)
FIRST_ROW = 4
MERGED = {2: "C6:C7"}
"""The third and fourth hazards' home stands in one cell."""

WRONG = {
    ("隐患台账", "D5"): "未计入：",
    ("隐患台账", "C6"): "未计入：",
    ("隐患台账", "F8"): "未计入：",
    ("隐患台账", "G9"): "提醒：",
    ("隐患台账", "H9"): "提醒：",
}
"""Where a clerk would look for what is wrong; of a refused row only why it is refused."""

MENDED = {"D5": date(2024, 3, 5), "C6": "松鹤院", "F8": "灭火器过期", "G9": date(2024, 5, 1), "H9": None}
MENDED_AFTER = {"E7": "重大", "E8": "一般", "G8": date(2024, 5, 1), "H8": None}
"""What was wrong behind the reason a row was refused for."""


def send(folder: Path) -> Path:
    """Write the workbook as it was sent."""
    path = folder / SENT
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy/m/d"}) as workbook:
        register = workbook.add_worksheet("机构台账")
        for row, cells in enumerate(REGISTER):
            register.write_row(row, 0, cells)
        _write_hazards(workbook, workbook.add_worksheet("隐患台账"))
    return path


def _write_hazards(workbook: xlsxwriter.Workbook, page: Any) -> None:
    bold = workbook.add_format({"bold": True, "bg_color": "#DDEEFF", "border": 1})
    page.merge_range("A1:H1", "大阳镇隐患台账", bold)
    page.merge_range("A2:H2", "填报日期：2024年7月1日")
    page.write_row(2, 0, HEADINGS, bold)
    page.set_column(5, 5, 33)
    page.set_row(0, 40)
    page.freeze_panes(3, 0)
    for row, cells in enumerate(HAZARDS, 3):
        page.write_formula(row, 0, "=ROW()-3", None, row - 2)
        page.write_row(row, 1, cells)
    page.merge_range(MERGED[2], "乌有院")
    page.write_comment("B4", "这一条已拍照")


def loaded(folder: Path, sent: Path) -> Report:
    """The report of one file, by itself."""
    return load([sent], folder / "warehouse", AS_OF, dry_run=True)


def returned(folder: Path, sent: Path) -> Path:
    """Load a file and write what goes back."""
    return write_returned(sent, sent.name, loaded(folder, sent), folder / "returned")


def noted(book: Workbook) -> dict[tuple[str, str], Cell]:
    """Sheet and coordinate to cell, of every cell with a note of ours."""
    return {
        (cell.parent.title, cell.coordinate): cell
        for cell in cells(book)
        if cell.comment and cell.comment.text.startswith(("未计入：", "提醒："))
    }


def cells(book: Workbook) -> Iterator[Cell]:
    """Every cell but those of 退回说明."""
    pages = (page for page in book.worksheets if page.title != NOTE)
    return (cell for page in pages for row in page.iter_rows() for cell in row)


def mend(path: Path, folder: Path, mended: Mapping[str, object], sheet: str = "隐患台账") -> Path:
    """Write into a returned workbook's cells as a clerk would, and save it in another folder."""
    book = load_workbook(path)
    for place, value in mended.items():
        book[sheet][place] = value
    folder.mkdir(exist_ok=True)
    book.save(folder / path.name)
    return folder / path.name
