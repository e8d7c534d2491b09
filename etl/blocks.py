"""One block of records cut out of a sheet: what reading hands to judging."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path

import polars as pl

from etl.around import Patterns, days_in
from etl.columns import STAND_INS, Columns, Levels, Source, missing_headings, path_keys
from etl.cut import Piece, cut
from etl.find import find_headings
from etl.ledgers import LEDGERS
from etl.mapping import Mapping, Rule, read_mapping
from etl.read import read_file
from etl.sheet import Sheet, UnreadableError

NOTHING = "没有内容：文件里没有写着台账的工作表，请核对后重新报送"
SEARCHED = 20
"""How many rows are looked through for the headings a mapping file names."""


@dataclass(frozen=True)
class Block:
    """The rows under one heading.

    path: as reported, relative. sheet: None for CSV. kind: a key of LEDGERS. header_row: the first heading
    row, as Excel counts. headings: field to heading as written there, two levels joined with ' › '.
    rows: `row` (Int64, as Excel counts), then one String column per field found, null where blank.
    sheet_cells: `row`, then one String column per heading of the sheet, mapped or not.
    reported_on: 填报日期 in the sheet, else a day in the file's name. origin: title rows, sheet name and
    path, in which a town's name may stand. is_example: 示例数据 stands there. constants: field to value for
    a column the sheet lacks. words: field to {word as written: word of choices.toml}; both from the mapping.
    ambiguous: headings that could be two fields, or a field's second heading: not in rows.
    places: field, or ambiguous heading, to its columns, the first being 1; the credit code's also stand
    behind those of the name it may stand for. counted: of fields the mapping has counted in days,
    the field they count from.
    """

    path: str
    sheet: str | None
    kind: str
    header_row: int
    headings: dict[str, str]
    rows: pl.DataFrame
    sheet_cells: pl.DataFrame
    reported_on: date | None
    origin: str
    is_example: bool
    constants: dict[str, str]
    words: dict[str, dict[str, str]]
    ambiguous: tuple[str, ...]
    places: dict[str, tuple[int, ...]] = field(default_factory=dict)
    counted: dict[str, str] = field(default_factory=dict)

    def cells(self, row: int) -> dict[str, str]:
        """Every written cell of one sheet row, heading to text; KeyError for a row of another block."""
        position = self.sheet_cells["row"].search_sorted(row)
        if position >= self.sheet_cells.height or self.sheet_cells["row"][position] != row:
            raise KeyError(row)
        cells = self.sheet_cells.drop("row").row(position, named=True)
        return {heading: text for heading, text in cells.items() if text is not None}


@dataclass(frozen=True)
class Unread:
    """A file or sheet nothing could be taken from, and why, in words for the reader.

    headings: what its first rows hold, as headings are compared, where a mapping asks for headings.
    """

    path: str
    sheet: str | None
    reason: str
    headings: frozenset[str] = frozenset()


def read_blocks(path: Path, name: str, mapping: Mapping | None = None) -> list[Block | Unread]:
    """Read every block of a file, reported under a name; what cannot be read comes back as Unread."""
    mapping = mapping or read_mapping([])
    try:
        sheets = read_file(path)
    except UnreadableError as error:
        return [Unread(name, None, str(error))]
    blocks = [block for sheet in sheets for block in _sheet_blocks(sheet, name, mapping)]
    return blocks or [Unread(name, None, NOTHING)]


def _sheet_blocks(sheet: Sheet, name: str, mapping: Mapping) -> list[Block | Unread]:
    file, patterns = Path(name).name, Patterns(mapping.words.around)
    if sheet.is_blank or patterns.is_ours(sheet):
        return []
    rule = mapping.rule(file, sheet.name)
    found = find_headings(sheet, file, mapping.words, rule)
    if not found:
        headings = _possible_headings(sheet) if mapping.names_headings else frozenset()
        return [Unread(name, sheet.name, _why_nothing(sheet, rule), headings)]
    pieces = cut(sheet, found, patterns)
    days = [patterns.reported_day([*piece.titles, *piece.around]) for piece in pieces]
    others = [*filter(None, days), *reversed(days_in(file)), None]
    return [
        _block(piece, sheet.name, name, day or others[0], patterns, rule)
        for piece, day in zip(pieces, days, strict=True)
    ]


def _why_nothing(sheet: Sheet, rule: Rule | None) -> str:
    if not rule:
        return "没有找到认得的表头：请对照模板核对表头，或用映射文件说明各列的意思"
    tops = range(min(sheet.grid.height, SEARCHED))
    missing = min((missing_headings(dict(enumerate(_levels(sheet, top))), rule) for top in tops), key=len)
    return f"映射文件要的列不在表中：{'、'.join(missing)}"


def _possible_headings(sheet: Sheet) -> frozenset[str]:
    """Every text of the first rows that may be a heading, alone or under the one above it."""
    rows = [sheet.cells(row) for row in range(min(sheet.grid.height, SEARCHED))]
    single = [(text,) for cells in rows for text in cells if text]
    double = [
        (upper, lower)
        for above, below in pairwise(rows)
        for upper, lower in zip(above, below, strict=True)
        if upper and lower
    ]
    return frozenset(key for path in [*single, *double] for key in path_keys(path))


def _levels(sheet: Sheet, row: int) -> list[Levels]:
    return [(text or "",) for text in sheet.cells(row)]


def _block(
    piece: Piece, sheet: str | None, name: str, day: date | None, patterns: Patterns, rule: Rule | None
) -> Block | Unread:
    kinds = piece.found.columns
    row = piece.found.heading.top + 1
    if len(kinds) > 1:
        alike = "、".join(LEDGERS[columns.kind].name for columns in kinds)
        return Unread(
            name,
            sheet,
            f"第 {row} 行的表头分不清是哪一种台账（{alike}）：请在工作表名或标题中写明",
            frozenset(key for path in piece.found.heading.paths.values() for key in path_keys(path)),
        )
    headings = _names(piece.found.heading.paths)
    origin = " ".join([*(text for title in piece.titles for text in title if text), sheet or "", name])
    return Block(
        path=name,
        sheet=sheet,
        kind=kinds[0].kind,
        header_row=row,
        headings={
            field: " / ".join(headings[column] for column in source.columns)
            for field, source in kinds[0].fields.items()
        },
        rows=piece.records.select(
            "row", *(_text(source).alias(field) for field, source in kinds[0].fields.items())
        ),
        sheet_cells=piece.records.select("row", **{text: str(column) for column, text in headings.items()}),
        reported_on=day,
        origin=origin,
        is_example=patterns.words.example in origin,
        constants=rule.constants if rule else {},
        words=rule.values if rule else {},
        ambiguous=tuple(headings[column] for column in kinds[0].unclear),
        places=_places(kinds[0], headings),
        counted=rule.counted if rule else {},
    )


def _places(columns: Columns, headings: dict[int, str]) -> dict[str, tuple[int, ...]]:
    own = {name: _counted(source.columns) for name, source in columns.fields.items()}
    stood_for = {name: own.get(name, ()) + own[other] for name, other in STAND_INS.items() if other in own}
    return {headings[column]: _counted([column]) for column in columns.unclear} | own | stood_for


def _counted(columns: Sequence[int]) -> tuple[int, ...]:
    return tuple(column + 1 for column in columns)


def _names(paths: dict[int, Levels]) -> dict[int, str]:
    """Name each column by its levels, line breaks taken out; a second column of one name gets its place."""
    names: dict[int, str] = {}
    for column, levels in paths.items():
        name = " › ".join("".join(level.splitlines()) for level in levels)
        names[column] = f"{name}（第 {column + 1} 列）" if name in names.values() else name
    return names


def _text(source: Source) -> pl.Expr:
    columns = [pl.col(str(column)) for column in source.columns]
    if source.separator is None:
        return pl.coalesce(columns)
    joined = pl.concat_str(columns, separator=source.separator, ignore_nulls=True)
    return pl.when(joined != "").then(joined)
