"""A list as an Excel workbook: dates as dates, numbers as numbers, filters, no live formulas."""

from io import BytesIO

import polars as pl
import xlsxwriter

SAFE = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
WIDEST = 48
MOST_ROWS = 100_000
"""What a workbook of one list holds at most: more takes minutes to make, and nobody reads it."""
SHEET_NAME_LIMIT = 31


def workbook(frame: pl.DataFrame, name: str) -> bytes:
    """One sheet with the frame's columns under their own names."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, SAFE) as book:
        add_sheet(book, frame, name)
    return target.getvalue()


def add_sheet(book: xlsxwriter.Workbook, frame: pl.DataFrame, name: str) -> None:
    """Add a frame to a workbook: its heads frozen and filtered, its columns as wide as they need."""
    frame.write_excel(
        book,
        worksheet=name[:SHEET_NAME_LIMIT],
        dtype_formats={pl.Date: "yyyy-mm-dd"},
        header_format={"bold": True, "bg_color": "#eef3f9", "border": 1},
        column_widths=_widths(frame),
        freeze_panes=(1, 0),
        autofilter=True,
    )


def _widths(frame: pl.DataFrame) -> dict[str | pl.selectors.Selector, tuple[str, ...] | int]:
    """Pixels by the longest text of a column; a Chinese character is as wide as two letters."""
    return {name: 12 + 7 * min(WIDEST, _letters(frame[name], name)) for name in frame.columns}


def _letters(column: pl.Series, name: str) -> int:
    texts = column.cast(pl.String) if not isinstance(column.dtype, pl.List) else column.list.join("、")
    longest = texts.str.len_bytes().max()
    return max(int(longest) if isinstance(longest, int) else 0, 3 * len(name)) * 2 // 3 + 2
