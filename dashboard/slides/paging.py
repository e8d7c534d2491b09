"""Lists that run on over several slides: as many rows on each as its height holds, however long they are.

Measured as the screen draws them (stage.css), in hundredths of a slide's width; PowerPoint holds no less.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from math import ceil
from typing import TypeVar

from dashboard.slides.parts import Entry, Table

Item = TypeVar("Item")

ACROSS, WHOLE = 92.0, 56.25 - 3.8 - 2.4
"""What a slide has left to its margins and gaps: across, and from top to bottom."""
TITLE, SOURCE = 2.3, 1.2
USUAL, CLOSE = (1.55, 1.35), (1.4, 0.7)
"""Of a table's words the size, and how far its rows stand apart."""
SMALL = 1.2
LINE = 1.35
SIDES = 1.2
NUMBER = 83.0
"""Across what the source line may take beside the slide's number."""
DENSE = 12
"""From so many rows on a table is set closer."""
NARROW, BETWEEN = 0.6, 0.25
"""Of a size: the width of a Latin letter or digit, and what stands between it and Chinese."""


def pages(items: Sequence[Item], most: int) -> Iterator[tuple[str, Sequence[Item]]]:
    """Cut a list into pages, each with what its title says of that: "（2/3）", or nothing where it is one."""
    yield from _numbered([items[start : start + most] for start in range(0, len(items), most)] or [items])


def tables(table: Table, most: int, title: str, source: str) -> Iterator[tuple[str, Table]]:
    """Cut a table into what fits a slide, at most so many rows, each with what its title says of that."""
    room = WHOLE - _height(f"{title}（9/9）", TITLE, ACROSS) - _height(source, SOURCE, NUMBER)
    heads = [Entry(head) for head in table.heads]
    usual, close = ([_row(row, table, way) for row in (heads, *table.rows)] for way in (USUAL, CLOSE))
    starts = [0]
    for place in range(len(table.rows)):
        count = place + 1 - starts[-1]
        heights = close if count >= DENSE else usual
        taken = heights[0] + sum(heights[starts[-1] + 1 : place + 2])
        if count > 1 and (count > most or taken > room):
            starts.append(place)
    ends = [*starts[1:], len(table.rows)]
    parts = [table.rows[start:end] for start, end in zip(starts, ends, strict=True)]
    for words, rows in _numbered(parts):
        yield words, replace(table, rows=rows)


def ems(text: str) -> float:
    """How wide words are, in sizes of their typeface."""
    marks = [ord(mark) > 0x2E7F for mark in text]
    changes = sum(one != other for one, other in pairwise(marks))
    return sum(1 if is_wide else NARROW for is_wide in marks) + BETWEEN * changes


def line_count(width: float, room: float) -> int:
    return max(1, ceil(width / room))


def _numbered(parts: Sequence[Sequence[Item]]) -> Iterator[tuple[str, Sequence[Item]]]:
    for place, part in enumerate(parts, 1):
        yield f"（{place}/{len(parts)}）" if len(parts) > 1 else "", part


def _row(row: Sequence[Entry], table: Table, way: tuple[float, float]) -> float:
    """The height of one row, its words of a size and set so far apart."""
    size, apart = way
    rooms = [(ACROSS * share / sum(table.widths) - SIDES) / size for share in table.widths]
    most = max(_lines(entry, room, size) for entry, room in zip(row, rooms, strict=True))
    return size * LINE * most + apart


def _lines(entry: Entry, room: float, size: float) -> int:
    return line_count(ems(entry.text) + ems(f" {entry.small}" if entry.small else "") * SMALL / size, room)


def _height(text: str, size: float, across: float) -> float:
    return line_count(ems(text), across / size) * size * LINE
