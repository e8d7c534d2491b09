"""All blocks of one kind as one frame of texts, each row with a number of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from etl.blocks import Block, Unread
from etl.days import days_said, no_counted_days
from etl.issues import no_issues
from etl.ledgers import LEDGERS, Ledger
from etl.townships import Townships
from etl.words import heading_key, words
from etl.years import period_in

PLACE = pl.Schema(
    {
        "row_id": pl.UInt32,
        "block_id": pl.Int32,
        "sheet_id": pl.Int32,
        "row_number": pl.Int32,
        "sent_on": pl.Date,
        "sender_id": pl.Int32,
        "named_on": pl.Date,
        "rest": pl.String,
    }
)
"""Where a row stands: sheet_id is equal for the blocks of one sheet; sent_on is the day its ledger was filled
in; sender_id is the town named in the title, the sheet's or the file's name, named_on the middle of the year
or month named there; rest is what columns no field is read from say of it, but for the running number."""


@dataclass(frozen=True)
class Rows:
    """One kind: `written` as in the cells, `texts` with the mapping's words and constants put in.

    Both have the columns of PLACE, then one String column per field of the ledger. corrected: what is said of
    the texts changed by corrections. counted: of fields a mapping has counted in days, the
    field they count from: block_id, field, start.
    """

    ledger: Ledger
    written: pl.DataFrame
    texts: pl.DataFrame
    corrected: pl.DataFrame = field(default_factory=no_issues)
    counted: pl.DataFrame = field(default_factory=no_counted_days)


def gather(found: Sequence[Block | Unread], townships: Townships) -> dict[str, Rows]:
    """Every kind's rows; blocks are numbered from 1 in the order given, rows from 0 through all of them."""
    parts: dict[str, list[tuple[pl.DataFrame, pl.DataFrame]]] = {kind: [] for kind in LEDGERS}
    sheets = _sheet_ids(found)
    first = 0
    for block_id, block in enumerate(found, 1):
        if isinstance(block, Block):
            sender = townships.within(block.origin)
            place = _place(
                block, first, {"block_id": block_id, "sheet_id": sheets[block_id - 1], "sender_id": sender}
            )
            parts[block.kind].append(_with_texts(block, place))
            first += place.height
    return {
        kind: replace(_joined(LEDGERS[kind], pairs), counted=_counted(found, kind))
        for kind, pairs in parts.items()
    }


def _counted(found: Sequence[Block | Unread], kind: str) -> pl.DataFrame:
    lines = [
        (number, name, start)
        for number, block in enumerate(found, 1)
        if isinstance(block, Block) and block.kind == kind
        for name, start in block.counted.items()
    ]
    return pl.DataFrame(lines, schema=no_counted_days().schema, orient="row")


def _sheet_ids(found: Sequence[Block | Unread]) -> list[int]:
    numbers: dict[tuple[str, str | None], int] = {}
    return [numbers.setdefault((block.path, block.sheet), len(numbers) + 1) for block in found]


def _rest(block: Block) -> pl.Expr:
    """The cells of a row that no field holds, as one text; null where there are none."""
    numbers = set(map(heading_key, words().around.numbers))
    held = {part for heading in block.headings.values() for part in heading.split(" / ")}
    others = [
        pl.col(heading).fill_null("")
        for heading in block.sheet_cells.columns
        if heading not in {"row", *held} and heading_key(heading) not in numbers
    ]
    if not others:
        return pl.lit(None, pl.String)
    said = pl.concat_str(others, separator="\n")
    return pl.when(said.str.strip_chars() != "").then(said)


def _place(block: Block, first: int, numbers: dict[str, int | None]) -> pl.DataFrame:
    return block.sheet_cells.select(
        pl.int_range(first, first + pl.len()).alias("row_id"),
        pl.col("row").alias("row_number"),
        _rest(block).alias("rest"),
        pl.lit(block.reported_on, pl.Date).alias("sent_on"),
        pl.lit(period_in(block.origin), pl.Date).alias("named_on"),
        *(pl.lit(number, pl.Int32).alias(name) for name, number in numbers.items()),
    ).select(pl.col(name).cast(kind) for name, kind in PLACE.items())


def _with_texts(block: Block, place: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The written cells and the texts of one block."""
    fields = [field.name for field in LEDGERS[block.kind].fields]
    written = pl.concat(
        [place, block.rows.select(name for name in fields if name in block.rows.columns)], how="horizontal"
    )
    if not (block.constants or block.words or block.counted):
        return written, written
    texts = written.with_columns(
        pl.lit(value, pl.String).alias(name)
        for name, value in block.constants.items()
        if name not in written.columns
    )
    worded = texts.with_columns(
        pl.col(name).str.strip_chars().replace(words)
        for name, words in block.words.items()
        if name in texts.columns
    )
    return written, worded.with_columns(days_said(name) for name in block.counted)


def _joined(ledger: Ledger, pairs: list[tuple[pl.DataFrame, pl.DataFrame]]) -> Rows:
    schema = pl.Schema({**PLACE, **{field.name: pl.String() for field in ledger.fields}})
    empty = schema.to_frame()
    written, texts = (pl.concat([empty, *(pair[side] for pair in pairs)], how="diagonal") for side in (0, 1))
    return Rows(ledger, written, texts)


def places_of(found: Sequence[Block | Unread], rows: Rows) -> pl.DataFrame:
    """Where each row stands, for the reader. Columns: row_id, place."""
    blocks = pl.DataFrame(
        {
            "block_id": range(1, len(found) + 1),
            "name": [" ".join(filter(None, (block.path, block.sheet))) for block in found],
        },
        schema={"block_id": pl.Int32, "name": pl.String},
    )
    named = rows.written.select("row_id", "block_id", "row_number").join(blocks, on="block_id")
    return named.select("row_id", pl.format("{} 第{}行", "name", "row_number").alias("place"))
