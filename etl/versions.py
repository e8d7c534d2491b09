"""The same workbook sent again: rows its newest version no longer holds (contract.md: 新表中已不见)."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

import polars as pl

from etl.blocks import Block, Unread
from etl.issues import issues_of

PASSING = re.compile(r"[\d\W_]|年|月|日|第|期|版|副本|最新|修订|更新|更正")
"""What changes in a name from one sending to the next."""

SHARED = 0.5
"""At least this share of the older version's records must be in the newest, or it is no version of it."""


def gone_rows(
    found: Sequence[Block | Unread], kind: str, rows: pl.DataFrame, sources: pl.DataFrame
) -> pl.DataFrame:
    """Warnings on the last row that gave a record the newest version of its workbook no longer has.

    rows: row_id, block_id. sources: row_id, record_id, of the rows kept.
    """
    held = sources.join(rows.select("row_id", "block_id"), on="row_id").join(
        _versions(found, kind), on="block_id"
    )
    newest = pl.col("sent_on") == pl.col("sent_on").max().over("family")
    last = pl.col("sent_on").max().over("family", "record_id")
    marked = held.with_columns(
        (last == pl.col("sent_on").max().over("family")).alias("is_still_there"),
        pl.col("version").filter(newest).first().over("family").alias("newest_version"),
        (pl.col("sent_on") == last).alias("is_last"),
    ).with_columns(pl.col("is_still_there").mean().over("family", "sent_on").alias("share"))
    gone = marked.filter(~pl.col("is_still_there"), "is_last", pl.col("share") >= SHARED).unique(
        ["family", "record_id"], keep="last", maintain_order=True
    )
    return issues_of(gone.sort("row_id"), _whose(kind), "gone_from_newer", "warn", pl.col("newest_version"))


def _whose(kind: str) -> str:
    return "unit" if kind in ("activities", "task_progress", "measures") else "institution"


def _versions(found: Sequence[Block | Unread], kind: str) -> pl.DataFrame:
    """The dated blocks of a kind: block_id, family (equal for sendings of one sheet), sent_on, version."""
    lines = [
        (number, _family(block), block.reported_on, " ".join(filter(None, (block.path, block.sheet))))
        for number, block in enumerate(found, 1)
        if isinstance(block, Block) and block.kind == kind and block.reported_on
    ]
    schema = {"block_id": pl.Int32, "family": pl.String, "sent_on": pl.Date, "version": pl.String}
    return pl.DataFrame(lines, schema=schema, orient="row")


def _family(block: Block) -> str:
    path = PurePosixPath(block.path).with_suffix("").as_posix()
    return f"{PASSING.sub('', path)} {PASSING.sub('', block.sheet or '')}"
