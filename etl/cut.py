"""A sheet cut at its headings: which rows are titles, which are records, which stand around them."""

from dataclasses import dataclass

import polars as pl

from etl.around import Patterns
from etl.find import Found, Heading
from etl.sheet import Cells, Sheet
from etl.words import heading_key

LONGEST_NAME = 20
"""A lone text longer than this, apart under the records, is a paragraph."""
LONE_DAY = r"^20\d\d\s*[-年]\s*\d{1,2}\s*[-月]\s*\d{1,2}\s*日?$"
FEW_CELLS = 2
"""A row of instructions under 填写要求 has no more cells than this."""


@dataclass(frozen=True)
class Piece:
    """One heading and its records.

    titles: the rows above. records: `row` (as Excel counts) and the grid's columns. around: the other rows.
    """

    found: Found
    titles: tuple[Cells, ...]
    records: pl.DataFrame
    around: tuple[Cells, ...]


def cut(sheet: Sheet, found: list[Found], patterns: Patterns) -> list[Piece]:
    """Cut a sheet into one piece a heading; a heading that only repeats the one before it begins none."""
    groups = _grouped(found)
    bottoms = [group[-1].heading.bottom for group in groups]
    starts = [
        _title_start(sheet, group[0].heading.top, bottom, patterns)
        for group, bottom in zip(groups[1:], bottoms, strict=False)
    ]
    bounds = zip(groups, [0, *starts], [*starts, sheet.grid.height], strict=False)
    return [_piece(sheet, group, start, end, patterns) for group, start, end in bounds]


def _grouped(found: list[Found]) -> list[list[Found]]:
    groups: list[list[Found]] = []
    for one in found:
        if groups and groups[-1][0].heading.paths == one.heading.paths:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _title_start(sheet: Sheet, top: int, after: int, patterns: Patterns) -> int:
    """Find the first of the title rows above a heading: lone texts and labels, up to a blank row."""
    start = top
    for row in range(top - 1, after, -1):
        texts = sheet.texts(row)
        if texts and (len(texts) == 1 or patterns.is_footer(texts[0])):
            start = row
        elif texts or start < top:
            break
    return start


def _piece(sheet: Sheet, group: list[Found], start: int, end: int, patterns: Patterns) -> Piece:
    heading = group[0].heading
    titles = tuple(sheet.grid.slice(start, heading.top - start).rows())
    rows = sheet.grid.with_row_index("row", offset=1).with_columns(pl.col("row").cast(pl.Int64))
    region = rows.slice(heading.bottom + 1, end - heading.bottom - 1)
    numbers = set(map(heading_key, patterns.words.numbers))
    content = [str(column) for column, path in heading.paths.items() if heading_key(path[-1]) not in numbers]
    passed = _repeated_rows(sheet, group, titles) | _paragraph_rows(sheet, heading)
    is_record = _is_record(region, content, passed, patterns)
    return Piece(group[0], titles, region.filter(is_record), tuple(_around(region.filter(~is_record))))


def _around(rows: pl.DataFrame) -> list[Cells]:
    return rows.drop("row").filter(pl.any_horizontal(pl.all().is_not_null())).rows()


def _repeated_rows(sheet: Sheet, group: list[Found], titles: tuple[Cells, ...]) -> set[int]:
    """Give the rows (as Excel counts) of headings printed again, with their titles above them."""
    known = {text for title in titles for text in title if text}
    rows: set[int] = set()
    for repeat in group[1:]:
        top = repeat.heading.top
        while top and known.issuperset(texts := sheet.texts(top - 1)) and texts:
            top -= 1
        rows |= set(range(top + 1, repeat.heading.bottom + 2))
    return rows


def _paragraph_rows(sheet: Sheet, heading: Heading) -> set[int]:
    """Give the rows of texts merged across half the table from its left: paragraphs, names of parts."""
    left, least = min(heading.paths), max(3, len(heading.paths) // 2)
    wide = (
        merge for merge in sheet.wide_merges if merge.left <= left and merge.right - merge.left + 1 >= least
    )
    return {row + 1 for merge in wide for row in range(merge.top, merge.bottom + 1)}


def _is_record(region: pl.DataFrame, content: list[str], passed: set[int], patterns: Patterns) -> pl.Series:
    rows = region.select(
        "row",
        first=pl.coalesce(pl.exclude("row")).str.replace_all(r"\s", "").fill_null(""),
        text=pl.coalesce(content).fill_null(""),
        filled=pl.sum_horizontal(pl.col(content).is_not_null()),
    )
    is_note = pl.col("first").str.contains(patterns.note).cum_max() & (pl.col("filled") <= FEW_CELLS)
    is_footer = pl.col("first").str.contains(patterns.footer)
    is_passed = pl.col("row").is_in(sorted(passed)) if passed else pl.lit(value=False)
    is_full = (pl.col("filled") > 1) & ~is_footer & ~is_passed
    is_apart = pl.col("row") > pl.col("row").filter(is_full).max().fill_null(region["row"].min() or 0) + 1
    is_lone = is_apart & (pl.col("filled") == 1) & _is_prose(pl.col("text"))
    return rows.select((pl.col("filled") > 0) & ~is_footer & ~is_passed & ~is_note & ~is_lone).to_series()


def _is_prose(text: pl.Expr) -> pl.Expr:
    return (text.str.len_chars() > LONGEST_NAME) | text.str.contains(LONE_DAY)
