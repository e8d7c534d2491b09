"""A ledger laid out on a sheet as its office lays it out: title, headings, records, foot."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from etl.example.cells import Cell
from etl.example.habits import Habit, group_headings, writing
from etl.ledgers import LEDGERS

LONGEST_MERGE = 8
Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""


@dataclass
class Sheet:
    """Cells by row, from A1; merges; and where in them the records stand.

    kind: of its ledger, empty for an empty sheet. rows: the sheet row of each record, as Excel counts, in the
    order the records were given. headings: field to heading as written.
    """

    name: str
    kind: str = ""
    cells: list[list[Cell]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)
    is_hidden: bool = False

    def add(self, row: list[Cell]) -> int:
        self.cells.append(row)
        return len(self.cells)


def lay_out(
    kind: str, title: str, sender: str, on: date, columns: dict[str, list[Cell]], habit: Habit
) -> Sheet:
    """One sheet of a ledger. columns: field to cells, one a record; a home's stand together if merged."""
    sheet = Sheet(LEDGERS[kind].name, kind, headings=habit.headings[kind])
    width = len(columns) + habit.has_numbers
    for line in _lines(title, sender, on, habit):
        row = sheet.add([line])
        sheet.merges.append((row - 1, 0, row - 1, width - 1))
    _headings(sheet, kind, list(columns), habit)
    _records(sheet, columns, habit)
    for foot in _foot(kind, on, len(sheet.rows), habit):
        sheet.add(foot)
    return sheet


def _lines(title: str, sender: str, on: date, habit: Habit) -> list[str]:
    """The title, and by habit who filled it in and when."""
    told = writing()["layout"]
    unit, day = f"{told['unit']}{sender}", f"{told['day']}{_long(on)}"
    lines = {1: [], 2: [f"{unit}        {day}"], 3: [unit, day]}
    return [f"{title}{told['example']}", *lines[habit.lines]]


def _long(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def _headings(sheet: Sheet, kind: str, fields: list[str], habit: Habit) -> None:
    told = habit.headings[kind]
    first = [writing()["layout"]["number"]] if habit.has_numbers else []
    if kind == "trainings" and habit.two_levels:
        _two_levels(sheet, first, fields, told)
        return
    sheet.add([*first, *(_broken(told[name], habit) for name in fields)])


def _two_levels(sheet: Sheet, first: list[Cell], fields: list[str], told: dict[str, str]) -> None:
    """The group over 应训 and 实训; other headings merged down over both rows."""
    groups = group_headings()
    upper: list[Cell] = [*first, *(groups[name][0] if name in groups else told[name] for name in fields)]
    lower: list[Cell] = [
        *([None] * len(first)),
        *(groups[name][1] if name in groups else None for name in fields),
    ]
    top = sheet.add(upper) - 1
    sheet.add(lower)
    for column, name in enumerate(lower):
        if name is None:
            sheet.merges.append((top, column, top + 1, column))
    at = len(first)
    for _heading, run in groupby(upper[at:]):
        size = len(list(run))
        if size > 1:
            sheet.merges.append((top, at, top, at + size - 1))
        at += size


def _broken(heading: str, habit: Habit) -> str:
    return f"{heading[:2]}\n{heading[2:]}" if habit.breaks and len(heading) > 4 else heading


def _records(sheet: Sheet, columns: dict[str, list[Cell]], habit: Habit) -> None:
    width = len(columns) + habit.has_numbers
    for number, record in enumerate(zip(*columns.values(), strict=True), 1):
        row = sheet.add([number, *record] if habit.has_numbers else list(record))
        sheet.rows.append(row)
        if habit.blanks and not habit.merges and number % habit.blanks == 0:
            sheet.add([None] * width)
    if habit.merges and "institution" in columns:
        sheet.merges += _runs(sheet, list(columns).index("institution") + habit.has_numbers)


def _runs(sheet: Sheet, column: int) -> Iterator[Merge]:
    """The cells of one home that stand below each other, a few at a time."""
    start = 0
    names = [sheet.cells[row - 1][column] for row in sheet.rows]
    for at in range(1, len(names) + 1):
        ends = at == len(names) or names[at] != names[start] or at - start == LONGEST_MERGE
        if ends:
            if at - start > 1 and names[start] is not None:
                yield sheet.rows[start] - 1, column, sheet.rows[at - 1] - 1, column
            start = at


def _foot(kind: str, on: date, size: int, habit: Habit) -> Iterator[list[Cell]]:
    told = writing()["layout"]
    if habit.foot in {"total", "both"}:
        yield [told["total"], f"{size}条"]
    if habit.foot in {"signature", "both"}:
        filled, checked, day = told["signature"]
        yield []
        yield [f"{filled}张某    {checked}李某某    {day}{_long(on)}"]
    if habit.foot == "note":
        yield []
        yield [told["note"]]
