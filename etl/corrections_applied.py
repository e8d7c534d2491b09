"""Corrections made on the texts of a load, before anything is judged."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from etl.blocks import Block, Unread
from etl.corrections import Correction
from etl.dates import read_dates
from etl.disk import LoadError
from etl.issues import issues_of
from etl.ledgers import LEDGERS
from etl.names import key
from etl.rows import Rows
from etl.same import text_key
from etl.words import heading_key

SHOWN = 3

Places = dict[tuple[str, str], list[int]]
"""Kind and field to the blocks they stand in."""


def with_corrections(
    found: Sequence[Block | Unread], rows: dict[str, Rows], corrections: Sequence[Correction]
) -> dict[str, Rows]:
    """The rows of gather with every correction made on their texts, and told among their issues.

    Raises LoadError, naming the correction, where it matches nothing or another has mended the same cell.
    """
    for correction in corrections:
        rows = {**rows, **_mended(correction, _places(correction, found), rows)}
    return rows


def _places(correction: Correction, found: Sequence[Block | Unread]) -> Places:
    places: Places = defaultdict(list)
    blocks = [(number, block) for number, block in enumerate(found, 1) if isinstance(block, Block)]
    for number, block in blocks:
        field = _field(block, correction.field)
        if field and correction.fits(block.path, block.sheet, block.kind):
            places[block.kind, field].append(number)
    return places


def _field(block: Block, said: str) -> str | None:
    """The field meant by its English name, its heading in the block, or its official heading."""
    ledger = LEDGERS[block.kind]
    official = {of.heading: of.name for of in ledger.fields}
    written = {heading: name for name, heading in block.headings.items()}
    known = {heading_key(heading): name for heading, name in (official | written).items()}
    return next((of.name for of in ledger.fields if of.name == said), known.get(heading_key(said)))


def _mended(correction: Correction, places: Places, rows: dict[str, Rows]) -> dict[str, Rows]:
    """The kinds a correction changes."""
    asked = {
        (kind, field): _cells(correction, rows[kind].written, field, blocks)
        for (kind, field), blocks in places.items()
    }
    hits = {place: cells.filter(cell=correction.was.strip()) for place, cells in asked.items()}
    if all(cells.is_empty() for cells in hits.values()):
        raise LoadError(_unmatched(correction, list(asked.values())))
    mended: dict[str, Rows] = {}
    for (kind, field), cells in hits.items():
        mended[kind] = _with_cells(correction, mended.get(kind, rows[kind]), field, cells)
    return mended


def _cells(correction: Correction, written: pl.DataFrame, field: str, blocks: list[int]) -> pl.DataFrame:
    """The cells a correction speaks of: row_id, cell ('' where blank)."""
    asked = written.filter(pl.col("block_id").is_in(blocks))
    if correction.row is not None:
        asked = asked.filter(row_number=correction.row)
    for name, value in correction.record.items():
        asked = asked.filter(_says(asked[name], value))
    return asked.select("row_id", pl.col(field).fill_null("").str.strip_chars().alias("cell"))


def _says(texts: pl.Series, value: str | date) -> pl.Expr:
    if isinstance(value, str):
        return text_key(texts.name) == key(value)
    days = read_dates(texts).filter(day=value)["text"]
    return pl.col(texts.name).is_in(days.implode())


def _with_cells(correction: Correction, rows: Rows, field: str, cells: pl.DataFrame) -> Rows:
    already = rows.corrected.filter(field=field).join(cells, on="row_id", how="semi")
    if not already.is_empty():
        raise LoadError(f"更正“{correction.name}”与另一条更正改的是同一格，请只留一条。")
    is_hit = pl.col("row_id").is_in(cells["row_id"].implode())
    instead = pl.lit(correction.instead.strip() or None, pl.String)
    texts = rows.texts.with_columns(pl.when(is_hit).then(instead).otherwise(field).alias(field))
    told = f"{correction.instead}”（{correction.name}：{correction.why}）"
    issues = issues_of(cells, field, "corrected", "warn", pl.lit(told))
    return replace(rows, texts=texts, corrected=pl.concat([rows.corrected, issues]))


def _unmatched(correction: Correction, asked: list[pl.DataFrame]) -> str:
    there = pl.concat([*asked, pl.DataFrame(schema={"row_id": pl.UInt32, "cell": pl.String})])
    cells = "、".join(f"“{cell}”" for cell in there["cell"].unique(maintain_order=True).head(SHOWN))
    why = f"那里写的是{cells}，不是“{correction.was}”" if cells else "找不到它说的文件、工作表、行或列"
    return f"更正“{correction.name}”对不上：{why}。请核对 corrections.toml，改正或删去这一条。"
