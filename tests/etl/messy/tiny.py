"""Tiny workbooks for one trap each: a register and some sheets, loaded as a sender's file is."""

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from xlsxwriter.utility import xl_cell_to_rowcol

from etl import load
from queries.warehouse import fetch, open_build
from tests.etl.messy.dice import Dice
from tests.etl.messy.files import Page, write_file
from tests.etl.messy.records import ROOT
from tests.etl.workbooks import Rows, rows

AS_OF = date(2026, 11, 23)
SONGHE, FUSHOU = "大箕镇松鹤养老服务中心", "福寿苑老年公寓"
REGISTER = f"""
机构名称 | 所属乡镇 | 曾用名
{SONGHE} | 大箕镇 | 大箕敬老院
{FUSHOU} | 巴公镇 |
"""


@dataclass(frozen=True)
class Loaded:
    """What came of a workbook: the report as JSON, and the tables."""

    report: dict[str, Any]
    warehouse: Path

    def table(self, name: str, order: str) -> list[dict[str, Any]]:
        """A table's rows with their institution's name."""
        with open_build(self.warehouse, self.report["build"]) as con:
            joined = f"from {name} left join institutions using (institution_id) order by {order}"
            return fetch(con, joined).to_dicts()

    def by_row(self, kind: str) -> dict[int, dict[str, Any]]:
        """The records of a kind by the row of the sheet that won."""
        number = {"hazards": "hazard_id", "inspections": "inspection_id"}[kind]
        with open_build(self.warehouse, self.report["build"]) as con:
            sourced = f"""
                select row_number, {kind}.*
                from record_sources
                join {kind} on {kind}.{number} = record_sources.record_id
                where record_sources.kind = '{kind}' and is_winning
            """
            return {row["row_number"]: row for row in fetch(con, sourced).to_dicts()}

    def said(self, place: str) -> set[tuple[int, str, str]]:
        """Row, column and rule of every refusal or warning outside the register."""
        return {
            (entry["row"], "".join(entry["column"].split()), entry["rule"])
            for entry in self.report[place]
            if entry["path"] != "名册.xlsx"
        }

    def rules(self, row: int, heading: str) -> set[str]:
        """The rules by which a cell is warned of."""
        return {rule for place, column, rule in self.said("warnings") if (place, column) == (row, heading)}

    def message(self, place: str, rule: str) -> str:
        """What the first refusal or warning of a rule says."""
        return next(str(entry["message"]) for entry in self.report[place] if entry["rule"] == rule)


def page(name: str, lines: Rows | str, merges: Iterable[str] = (), left: int = 0) -> Page:
    """A sheet of a text table or of rows of cells; merges such as A1:F1; left: empty columns before it."""
    table = rows(lines) if isinstance(lines, str) else lines
    cells = {
        (row, column + left): cell
        for row, line in enumerate(table)
        for column, cell in enumerate(line)
        if cell != ""
    }
    return Page(name, cells, [_span(merge) for merge in merges])


def _span(merge: str) -> tuple[int, int, int, int]:
    first, last = (xl_cell_to_rowcol(corner) for corner in merge.split(":"))
    return (*first, *last)


def load_pages(folder: Path, *pages: Page) -> Loaded:
    """Load one workbook of these sheets beside a register of two homes, without an office's own decisions."""
    ledgers, root = folder / "ledgers", folder / "data"
    ledgers.mkdir()
    shutil.copytree(ROOT / "data" / "reference", root / "reference")
    shutil.copy(ROOT / "data" / "campaign.toml", root)
    write_file(Dice(0), ledgers / "名册.xlsx", [page("机构台账", REGISTER)])
    write_file(Dice(0), ledgers / "台账.xlsx", list(pages))
    report = load([ledgers], folder / "warehouse", AS_OF, root=root)
    return Loaded(report.as_dict(), folder / "warehouse")


def load_cells(folder: Path, heading: str, cells: Sequence[object], given: dict[str, object]) -> Loaded:
    """Load hazards alike but for one column: a cell a row, from the sheet's second row on.

    given: the other columns' cells; each row has its own text.
    """
    headings = ["机构名称", "隐患描述", *given, heading]
    lines = [[SONGHE, f"第{place}处", *given.values(), cell] for place, cell in enumerate(cells)]
    return load_pages(folder, page("隐患台账", [headings, *lines]))
