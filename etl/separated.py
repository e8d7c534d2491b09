"""CSV text to a grid: the separator found, and no row lost to a quote that is never closed."""

import csv
import io
import re
from collections import Counter
from itertools import zip_longest

import polars as pl

from etl.sheet import UnreadableError, text_grid, tidy

SEPARATORS = ",;\t"
SAMPLE = 20_000
QUOTED = re.compile(r'"[^"\n]*"')
UNEVEN = ('"', "\r", "\n\n")
"""A quote, a lone carriage return, a blank line: with them a line is not a record."""
UNCLOSED = (
    '第 {line} 行起引号（"）不成对，分不清各列：请用 Excel 或 WPS 打开核对这一行，另存为 xlsx 后重新报送'
)

Records = list[list[str]]


def separated_grid(text: str) -> pl.DataFrame:
    """Read text separated by commas, semicolons or tabs. UnreadableError names the line a quote spoils."""
    separator = _separator(text)
    even = _even_table(text, separator)
    if even is not None:
        return tidy(even)
    return text_grid(zip_longest(*_records(text, separator), fillvalue=""))


def _separator(text: str) -> str:
    """Find the separator most lines hold equally often; texts may hold more commas than rows hold tabs."""
    lines = QUOTED.sub("", text[:SAMPLE]).splitlines()

    def agreement(separator: str) -> tuple[int, int]:
        counts = Counter(filter(None, (line.count(separator) for line in lines)))
        return max(counts.values(), default=0), counts.total()

    return max(SEPARATORS, key=agreement)


def _even_table(text: str, separator: str) -> pl.DataFrame | None:
    """Read a CSV whose every line is a record of one width, ten times as fast; None for any other."""
    text = text.replace("\r\n", "\n")
    if text.startswith("\n") or any(mark in text for mark in UNEVEN):
        return None
    width = text.partition("\n")[0].count(separator) + 1
    schema = {str(place): pl.String for place in range(width)}
    try:
        return pl.read_csv(
            text.encode(), has_header=False, schema=schema, separator=separator, quote_char=None
        )
    except pl.exceptions.PolarsError:
        return None


def _records(text: str, separator: str) -> Records:
    """Read by the rules of CSV; where these fail, or swallow rows, a record a line if that is even."""
    records, spoilt = _strict(text, separator)
    if not spoilt and (_is_even(records) or not _has_broken_cells(records)):
        return records
    unquoted = list(csv.reader(_lines(text), delimiter=separator, quoting=csv.QUOTE_NONE))
    if _is_even(unquoted):
        return [[_bare(cell) for cell in record] for record in unquoted]
    if spoilt:
        raise UnreadableError(UNCLOSED.format(line=spoilt))
    return records


def _strict(text: str, separator: str) -> tuple[Records, int]:
    """Give the records, and the line on which the first one begins that quotes spoil, 0 for none."""
    reader = csv.reader(_lines(text), delimiter=separator, strict=True)
    records: Records = []
    begun = 1
    try:
        for record in reader:
            records.append(record)
            begun = reader.line_num + 1
    except csv.Error:
        return records, begun
    return records, 0


def _lines(text: str) -> io.StringIO:
    return io.StringIO(text, newline="")


def _is_even(records: Records) -> bool:
    """Tell whether all records are of one width, but for blank lines and lone texts around them."""
    widths = {len(record) for record in records if len(record) > 1}
    return len(widths) == 1 and not any('"' in record[0] for record in records if len(record) == 1)


def _has_broken_cells(records: Records) -> bool:
    return any("\n" in cell or "\r" in cell for record in records for cell in record)


def _bare(cell: str) -> str:
    return cell.strip().strip('"').replace('""', '"')
