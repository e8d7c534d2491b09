"""One block laid out: titles, heading rows with merges, rows, and what stands below them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from etl.ledgers import LEDGERS
from tests.etl.messy.columns import Column
from tests.etl.messy.dice import Dice
from tests.etl.messy.lines import Line
from tests.etl.messy.rows import MERGEABLE, merged_runs

Span = tuple[int, int, int, int]
"""A merged range: top, left, bottom, right, from 0."""


@dataclass
class Area:
    """Cells and merged ranges by place, from 0; rows: where each line came to stand; height: rows used."""

    cells: dict[tuple[int, int], object] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    header_row: int = 0
    height: int = 0

    def put(self, row: int, column: int, cell: object) -> None:
        if not (cell is None or cell == ""):
            self.cells[row, column] = cell

    def write(self, texts: Sequence[object]) -> None:
        """Write one row of texts from the left and go to the next."""
        for column, text in enumerate(texts):
            self.put(self.height, column, text)
        self.height += 1

    def wide(self, text: str, width: int, has_merges: bool) -> None:
        """Write a text over the whole width."""
        if has_merges and width > 1:
            self.spans.append((self.height, 0, self.height, width - 1))
        self.write([text])


def lay_block(
    dice: Dice,
    columns: Sequence[Column],
    lines: Sequence[Line],
    title: str | None,
    told_on: date | None,
    has_merges: bool,
) -> Area:
    """Lay out one block. title: the row above it; told_on: the day of reporting to write around it."""
    area = Area(height=dice.randint(1, 2) if dice.mess("blank rows on top", 0.2) else 0)
    is_above = dice.random() < 0.5
    if title is not None:
        area.wide(title, len(columns), has_merges)
    if title is not None and dice.mess("second title row", 0.2):
        area.write(["", "（单位：人、处）"])
    if told_on and is_above:
        area.write([f"填报单位：民政办  填报日期：{_day_text(dice, told_on)}"])
    area.header_row = area.height
    _headings(area, columns, has_merges)
    _rows(dice, area, columns, lines, has_merges)
    _below(dice, area, columns, None if is_above else told_on, has_merges)
    return area


def _day_text(dice: Dice, day: date) -> str:
    return dice.choice((f"{day.year}年{day.month}月{day.day}日", day.isoformat(), f"{day:%Y.%m.%d}"))


def _headings(area: Area, columns: Sequence[Column], has_merges: bool) -> None:
    depth = max(len(column.levels) for column in columns)
    for place, column in enumerate(columns):
        for level, text in enumerate(column.levels):
            before = columns[place - 1].levels[: level + 1] if place else ()
            if level == len(column.levels) - 1 or before != column.levels[: level + 1]:
                area.put(area.height + level, place, text)
        if has_merges and 0 < len(column.levels) < depth:
            bottom = area.height + depth - 1
            area.spans.append((area.height + len(column.levels) - 1, place, bottom, place))
    if has_merges:
        area.spans += _group_spans(area.height, columns)
    area.height += depth


def _group_spans(top: int, columns: Sequence[Column]) -> list[Span]:
    """The ranges of upper headings over several columns."""
    spans: list[Span] = []
    for level in range(max(len(column.levels) for column in columns) - 1):
        uppers = [
            column.levels[: level + 1] if level < len(column.levels) - 1 else None for column in columns
        ]
        for place, upper in enumerate(uppers):
            if upper and (place == 0 or uppers[place - 1] != upper):
                end = next((at for at in range(place, len(uppers)) if uppers[at] != upper), len(uppers))
                spans += [(top + level, place, top + level, end - 1)] if end - place > 1 else []
    return spans


def _rows(dice: Dice, area: Area, columns: Sequence[Column], lines: Sequence[Line], has_merges: bool) -> None:
    runs = _runs(dice, columns, lines) if has_merges else []
    inside = {place for _, first, last in runs for place in range(first + 1, last + 1)}
    for place, line in enumerate(lines):
        _between(dice, area, columns, place in inside or place == 0, has_merges)
        area.rows.append(area.height)
        _row(dice, area, columns, line, place)
        area.height += 1
    for column, first, last in runs:
        area.spans.append((area.rows[first], column, area.rows[last], column))
        for row in range(area.rows[first] + 1, area.rows[last] + 1):
            area.cells.pop((row, column), None)


def _runs(dice: Dice, columns: Sequence[Column], lines: Sequence[Line]) -> list[tuple[int, int, int]]:
    """Column, first and last line of every range merged downwards."""
    return [
        (place, *run)
        for place, column in enumerate(columns)
        if column.field in MERGEABLE and column.field
        for run in merged_runs(dice, lines, column.field)
    ]


def _between(dice: Dice, area: Area, columns: Sequence[Column], is_inside: bool, has_merges: bool) -> None:
    """A blank row, the headings again or a subtotal before a row; within a merged range only a blank row."""
    if dice.mess("blank row between rows", 0.05):
        area.height += 1
    if not is_inside and dice.mess("headings repeated", 0.03):
        _headings(area, columns, has_merges)
    if not is_inside and dice.mess("subtotal between rows", 0.03):
        area.write(["小计", "", 3])


def _row(dice: Dice, area: Area, columns: Sequence[Column], line: Line, place: int) -> None:
    part = dice.choice([column.part for column in columns if _is_split(columns, column)] or [0])
    for at, column in enumerate(columns):
        others = {
            "serial": place + 1,
            "foreign": 12 if line.is_exact else dice.choice(("13903560000", "", 12)),
            "unclear": "2025-03-01",
        }
        if column.field is None:
            area.put(area.height, at, others.get(column.sort))
        elif not _is_split(columns, column) or column.part == part:
            area.put(area.height, at, line.cells[column.field])


def _is_split(columns: Sequence[Column], column: Column) -> bool:
    return column.field is not None and sum(other.field == column.field for other in columns) > 1


def _below(dice: Dice, area: Area, columns: Sequence[Column], told_on: date | None, has_merges: bool) -> None:
    """Totals, signatures, the day of reporting, a paragraph of instructions."""
    if dice.mess("totals", 0.3):
        area.write([dice.choice(("合计", "总计", "合 计")), "", dice.randint(1, 99)])
    if dice.mess("signatures", 0.3):
        area.write(["填表人：张三", "", "审核：李四", "联系电话：0356-2020202"])
    if told_on:
        area.height += dice.randint(0, 1)
        area.write(["", f"填报日期：{_day_text(dice, told_on)}"])
    if dice.mess("instructions below", 0.25):
        area.height += 1
        area.wide("填写要求：1.日期写年月日；2.没有的填无；\n3.每月25日前报送。", len(columns), has_merges)
    if dice.mess("numbered instructions below", 0.1):
        area.height += 1
        for text in ("填写说明：", "1.日期填年月日", "2.隐患等级填一般或重大，不得空缺"):
            area.write([text])
    if dice.mess("以下空白", 0.1):
        area.write(["以下空白"])


def note_headings(columns: Sequence[Column], lines: Sequence[Line]) -> None:
    """Tell every line under which heading each of its fields stands."""
    kind = lines[0].kind
    for line in lines:
        line.headings = {field.name: "".join(field.heading.split()) for field in LEDGERS[kind].fields}
        for field_name in {column.field for column in columns if column.field}:
            own = [column.heading for column in columns if column.field == field_name]
            line.headings[field_name] = "/".join(own)
