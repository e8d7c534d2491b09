"""Headings found anywhere in a sheet: one to four rows, merged or not, flattened to one path a column."""

import re
from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeGuard

import polars as pl

from etl.columns import Columns, Levels, understand
from etl.mapping import Rule
from etl.sheet import Cells, Sheet
from etl.words import Words, bare_heading_key, heading_key

LEVELS = 4
FEW = 2_000
LONGEST = 40
UNIT = re.compile(r"[(（\[【].*[)）\]】]")
NO_GROUP = re.compile(r"[\d:：]|.{13}")


@dataclass(frozen=True)
class Heading:
    """Heading rows top to bottom (0-based, both included) and the levels of each column's heading."""

    top: int
    bottom: int
    paths: dict[int, Levels]


@dataclass(frozen=True)
class Found:
    """A heading and the kinds it may be of; several where the words do not decide."""

    heading: Heading
    columns: list[Columns]


def find_headings(sheet: Sheet, file: str, words: Words, rule: Rule | None) -> list[Found]:
    """Find every heading of a sheet from the top, repeated ones too. The file's name may tell the kind."""
    found: list[Found] = []
    for row in _candidates(sheet.grid, words.heading_keys | _rule_keys(rule)):
        after = found[-1].heading.bottom if found else -1
        if row > after:
            hints = (_title(sheet, row, after), sheet.name or "", file)
            best = _best(sheet, row, after, words, hints, rule)
            found += [best] if best.columns else []
    return found


def _title(sheet: Sheet, row: int, after: int) -> str:
    above = [sheet.texts(place) for place in range(max(after + 1, row - LEVELS), row)]
    return " ".join(texts[0] for texts in above if len(texts) == 1)


def _rule_keys(rule: Rule | None) -> set[str]:
    return {heading_key(name) for named in rule.columns.values() for name in named} if rule else set()


def _candidates(grid: pl.DataFrame, known: frozenset[str]) -> list[int]:
    """Give the rows with two or more known headings; columns of many values are looked at only there."""
    distinct = _distinct(grid)
    few = [name for name, values in distinct.items() if len(values) <= FEW] or grid.columns
    hits = {text for name in few for text in distinct[name] if _is_known(text, known)}
    if not hits:
        return []
    is_hit = pl.any_horizontal(pl.col(few).is_in(sorted(hits)))
    near = grid.select(pl.arg_where(is_hit)).to_series()
    return [row for row in near if sum(_is_known(text, known) for text in grid.row(row)) >= 2]


def _distinct(grid: pl.DataFrame) -> dict[str, Collection[str | None]]:
    """Give the texts of each column; of few rows they are found sooner than a plan for it is made."""
    if grid.height <= FEW:
        return {column.name: set(column.to_list()) for column in grid.iter_columns()}
    return {column.name: column[0].to_list() for column in grid.select(pl.all().unique().implode())}


def _is_known(text: str | None, known: frozenset[str]) -> TypeGuard[str]:
    if not text or len(text) > LONGEST:
        return False
    return heading_key(text) in known or bare_heading_key(text) in known


def _best(sheet: Sheet, row: int, after: int, words: Words, hints: Sequence[str], rule: Rule | None) -> Found:
    """Read the heading that begins at a row, or at a row of group names above it where that says more."""
    heading = heading_at(sheet, row)
    best = Found(heading, understand(heading.paths, words, hints, rule))
    upper = sheet.cells(row - 1) if row - 1 > after else ()
    if _is_group_row(upper, sheet.cells(row)):
        heading = heading_at(sheet, row - 1)
        grouped = Found(heading, understand(heading.paths, words, hints, rule))
        if _score(grouped) > _score(best) or _share(upper, sheet.cells(row)):
            return grouped
    return best


def _score(found: Found) -> int:
    return max((columns.score for columns in found.columns), default=0)


def _is_group_row(upper: Cells, below: Cells) -> bool:
    texts = {text for text in upper if text}
    return (
        len(texts) > 1
        and not any(NO_GROUP.search(text) for text in texts)
        and _continues(_spread(upper, below), below)
    )


def heading_at(sheet: Sheet, top: int) -> Heading:
    """Take a row and the levels under it for a heading."""
    levels = [sheet.cells(top)]
    headed: set[int] = set()
    for row in range(top + 1, min(top + LEVELS, sheet.grid.height)):
        below = sheet.cells(row)
        upper = _spread(levels[-1], below, headed)
        if not _continues(upper, below):
            break
        headed |= {place for place, text in enumerate(levels[-1]) if text}
        levels = [*levels[:-1], upper, below]
    return Heading(top, top + len(levels) - 1, dict(_paths(levels)))


def _spread(upper: Cells, below: Cells, headed: Set[int] = frozenset()) -> Cells:
    """Carry a group's name right over its blanks to its last part below, as a CSV leaves a merged range.

    headed: the columns whose own heading stands higher up, over which no group goes.
    """
    cells = list(upper)
    named = [place for place, text in enumerate(upper) if text]
    for start, limit in pairwise([*named, len(upper)]):
        end = min([place for place in headed if place > start] + [limit])
        if below[start] and below[start] != upper[start]:
            last = max(place for place in range(start, end) if below[place])
            cells[start : last + 1] = [upper[start]] * (last + 1 - start)
    return tuple(cells)


def _continues(upper: Cells, below: Cells) -> bool:
    """Tell whether a row is a further level: under groups, merged from above, or units in brackets."""
    if not any(below):
        return False
    if _share(upper, below):
        return True
    return all(
        not text or text == upper[place] or UNIT.fullmatch(text) or _is_grouped(upper, place)
        for place, text in enumerate(below)
    )


def _share(upper: Cells, below: Cells) -> bool:
    """Tell whether two cells at least are merged downwards into the next row."""
    return sum(text is not None and text == above for above, text in zip(upper, below, strict=True)) >= 2


def _is_grouped(upper: Cells, place: int) -> bool:
    beside = upper[max(place - 1, 0) : place] + upper[place + 1 : place + 2]
    return upper[place] is not None and upper[place] in beside


def _paths(levels: list[Cells]) -> Iterator[tuple[int, Levels]]:
    for column, texts in enumerate(zip(*levels, strict=True)):
        path: list[str] = []
        for text in texts:
            if text and (not path or path[-1] != text):
                path.append(text)
        if path:
            yield column, tuple(path)
