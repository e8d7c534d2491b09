"""A sheet cut at its headings: which rows are titles, which are records, which stand around them."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from etl.around import Patterns
from etl.columns import STAND_INS, Columns
from etl.find import Found, Heading
from etl.ledgers import LEDGERS
from etl.sheet import Cells, Sheet
from etl.words import heading_key

LONGEST_NAME = 20
"""A lone text longer than this, apart under the records, is a paragraph."""
LONE_DAY = r"^20\d\d\s*[-年]\s*\d{1,2}\s*[-月]\s*\d{1,2}\s*日?$"
PAGE = re.compile(r"[-—(（]*(续表?|第[\d一二三四五六七八九十]+页).*$")
LIKE_A_DAY = r"\d\D+\d|\d{5}|月"
DAYS = ("date", "event")
LEFT = 4
"""Among so many columns from the left 合计 may stand."""
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
    groups = _grouped(sheet, found, patterns)
    bottoms = [group[-1].heading.bottom for group in groups]
    starts = [
        _title_start(sheet, group[0].heading.top, bottom, patterns)
        for group, bottom in zip(groups[1:], bottoms, strict=False)
    ]
    bounds = zip(groups, [0, *starts], [*starts, sheet.grid.height], strict=False)
    return [_piece(sheet, group, start, end, patterns) for group, start, end in bounds]


def _grouped(sheet: Sheet, found: list[Found], patterns: Patterns) -> list[list[Found]]:
    """Put a heading printed again to the first of its table; one under a title of its own begins another."""
    groups: list[list[Found]] = []
    titles: set[str] = set()
    after = 0
    for one in found:
        top = one.heading.top
        start = _title_start(sheet, top, after, patterns) if groups else 0
        own = set(_title_keys(sheet, range(start, top), patterns))
        if groups and groups[-1][0].heading.paths == one.heading.paths and own <= titles:
            groups[-1].append(one)
        else:
            groups.append([one])
            titles = own
        after = one.heading.bottom
    return groups


def _title_keys(sheet: Sheet, rows: range, patterns: Patterns) -> Iterator[str]:
    """Give the titles in rows as they are compared, without 续表 or a page behind them."""
    for texts in map(sheet.texts, rows):
        if len(texts) == 1 and patterns.is_title(texts[0]):
            yield _without_page(texts[0])


def _without_page(text: str) -> str:
    return PAGE.sub("", "".join(text.split()))


def _title_start(sheet: Sheet, top: int, after: int, patterns: Patterns) -> int:
    """Find the first of the rows above a heading that are its own: lone texts and labels, up to a blank row.

    A label above a title is a footer of the table before.
    """
    start, has_title = top, False
    for row in range(top - 1, after, -1):
        texts = sheet.texts(row)
        is_label = bool(texts) and patterns.is_footer(texts[0])
        if texts and (is_label or len(texts) == 1) and not (is_label and has_title):
            start, has_title = row, has_title or patterns.is_title(texts[0])
        elif texts or start < top:
            break
    return start


def _piece(sheet: Sheet, group: list[Found], start: int, end: int, patterns: Patterns) -> Piece:
    heading = group[0].heading
    titles = tuple(sheet.grid.slice(start, heading.top - start).rows())
    first = heading.bottom + 2
    region = sheet.grid.slice(first - 1, end - first + 1)
    region = region.insert_column(0, pl.Series("row", range(first, first + region.height), dtype=pl.Int64))
    numbers = set(map(heading_key, patterns.words.numbers))
    content = [str(column) for column, path in heading.paths.items() if heading_key(path[-1]) not in numbers]
    passed = _repeated_rows(sheet, group, titles) | _paragraph_rows(sheet, heading)
    marked = region.with_columns(
        carried=_carried(sheet, content, region["row"]),
        is_complete=_is_complete(group[0].columns[0], patterns),
    )
    is_record = _is_record(marked, content, passed, patterns)
    return Piece(group[0], titles, region.filter(is_record), tuple(_around(region.filter(~is_record))))


def _around(rows: pl.DataFrame) -> list[Cells]:
    return rows.drop("row").filter(pl.any_horizontal(pl.all().is_not_null())).rows()


def _repeated_rows(sheet: Sheet, group: list[Found], titles: tuple[Cells, ...]) -> set[int]:
    """Give the rows (as Excel counts) of headings printed again, with their titles above them."""
    known = {_without_page(text) for title in titles for text in title if text}
    rows: set[int] = set()
    for repeat in group[1:]:
        top = repeat.heading.top
        while top and known.issuperset(map(_without_page, texts := sheet.texts(top - 1))) and texts:
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


def _carried(sheet: Sheet, content: list[str], rows: pl.Series) -> pl.Series:
    """Count each row's cells that only a range merged downwards fills: without others such a row is blank."""
    carried = Counter(
        row + 1
        for top, left, bottom, _ in sheet.merges
        if str(left) in content and top < sheet.grid.height and sheet.grid[top, left] is not None
        for row in range(top + 1, bottom + 1)
    )
    return pl.Series([carried[row] for row in rows] if carried else [0] * len(rows), dtype=pl.Int64)


def _is_complete(columns: Columns, patterns: Patterns) -> pl.Expr:
    """Tell whether a row holds all its kind requires, a day where a day is asked: then it is a record.

    One of these texts may look like a footer, 负责人签字栏空白, if days are there to tell it from one.
    """
    required = [field for field in LEDGERS[columns.kind].fields if field.required]
    texts = {
        field: _without_blanks(pl.coalesce(places))
        for field in required
        if (places := _places(columns, field.name))
    }
    days = [text.str.contains(LIKE_A_DAY) for field, text in texts.items() if field.type in DAYS]
    footers = pl.sum_horizontal(0, *(text.str.contains(patterns.footer) for text in texts.values()))
    return pl.all_horizontal(
        len(texts) > 1, footers <= min(len(days), 1), *days, *(text != "" for text in texts.values())
    )


def _places(columns: Columns, field: str) -> list[str]:
    """Give the grid's columns of a field, then those of what may stand for it."""
    sources = (columns.fields.get(name) for name in (field, STAND_INS.get(field, "")))
    return [str(column) for source in sources if source for column in source.columns]


def _is_record(region: pl.DataFrame, content: list[str], passed: set[int], patterns: Patterns) -> pl.Series:
    filled = pl.sum_horizontal(pl.col(content).is_not_null()).cast(pl.Int64)
    rows = region.select(
        "row",
        "is_complete",
        first=_without_blanks(pl.coalesce(pl.exclude("row", "carried", "is_complete"))),
        text=pl.coalesce(content).fill_null(""),
        filled=filled,
        is_written=filled > pl.col("carried"),
        is_total=pl.any_horizontal(_without_blanks(pl.col(content[:LEFT])).is_in(patterns.words.totals)),
    )
    is_passed = pl.col("row").is_in(sorted(passed)) if passed else pl.lit(value=False)
    is_footer = pl.col("first").str.contains(patterns.footer) & ~pl.col("is_complete")
    is_around = is_passed | pl.col("is_total") | is_footer
    last_full = pl.col("row").filter((pl.col("filled") > 1) & ~is_around).max().fill_null(pl.col("row").min())
    is_prose = (pl.col("row") > last_full + 1) & _is_prose(pl.col("text"))
    is_seal = (pl.col("row") > last_full) & pl.col("first").str.contains(patterns.seal)
    is_lone = (pl.col("filled") == 1) & (is_prose | is_seal)
    is_note = _is_note(patterns)
    return rows.select(pl.col("is_written") & ~is_around & ~is_note & ~is_lone).to_series()


def _is_note(patterns: Patterns) -> pl.Expr:
    """Tell whether a row stands in a paragraph: begun by a word for it, ended by a complete record."""
    is_thin = (pl.col("filled") <= FEW_CELLS) & ~pl.col("is_complete")
    begins = is_thin & pl.col("first").str.contains(patterns.note)
    state = pl.when(begins).then(True).when("is_complete").then(False)
    return is_thin & state.forward_fill().fill_null(value=False)


def _without_blanks(text: pl.Expr) -> pl.Expr:
    return text.str.replace_all(r"\s", "").fill_null("")


def _is_prose(text: pl.Expr) -> pl.Expr:
    return (text.str.len_chars() > LONGEST_NAME) | text.str.contains(LONE_DAY)
