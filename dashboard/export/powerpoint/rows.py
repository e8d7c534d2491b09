"""How large the words of a table can be, and how high its rows must be for them."""

from collections.abc import Sequence

from pptx.util import Inches, Pt

from dashboard.export.powerpoint.page import SMALLEST
from dashboard.slides.paging import ems, line_count
from dashboard.slides.parts import Entry

SIZES = (14, 13, 12, SMALLEST)
LINE = 1.48
"""The height of a line, in sizes of its words: that of the tallest Chinese typefaces in use."""
MARGINS = Pt(12)
ROW, LEAST = Inches(0.48), Inches(0.27)


def fitting(lines: Sequence[Sequence[Entry]], widths: Sequence[int], height: int) -> tuple[float, list[int]]:
    """The largest size at which all rows fit the height (EMU), and each row's height."""
    sized = ((size, [_height(line, widths, size) for line in lines]) for size in SIZES)
    size, heights = next((each for each in sized if sum(each[1]) <= height), (SMALLEST, None))
    if heights is None:
        heights = [_height(line, widths, size) for line in lines]
    spare = max(0, height - sum(heights)) // len(heights)
    return size, [min(max(each, ROW), each + spare) for each in heights]


def _height(line: Sequence[Entry], widths: Sequence[int], size: float) -> int:
    most = max(_lines(entry, width, size) for entry, width in zip(line, widths, strict=True))
    return max(LEAST, int(Pt(size) * LINE * most + Pt(4)))


def _lines(entry: Entry, width: int, size: float) -> int:
    small = ems(f" {entry.small}") * Pt(SMALLEST) if entry.small else 0
    return line_count(ems(entry.text) * Pt(size) + small, width - MARGINS)
