"""Rows of one record made one: a value beats a blank, then the newer row wins (contract.md)."""

from typing import NamedTuple

import polars as pl

from etl.codes import word_of
from etl.issues import issues_of, no_issues
from etl.ledgers import Ledger

CLEARED = ("rectified_on", "verified_on")
"""What a later 打回重改 takes back."""


class Merged(NamedTuple):
    """One row a record, and what it came from.

    records: `record` and the fields; `winner` is the row_id of the newest row, which counts as taken.
    sources: `record`, row_id, is_winning, one line a row. issues: what the rows of one record disagree on.
    """

    records: pl.DataFrame
    sources: pl.DataFrame
    issues: pl.DataFrame


def merge(rows: pl.DataFrame, ledger: Ledger, fields: list[str]) -> Merged:
    """Merge typed rows that share a `record` number; `fields` are the columns a record keeps.

    Which row is newer: the later sent_on, then the one sent back, which has fewer events by nature, then
    the later event, then the later file, sheet and row.
    """
    ordered = _newest_first(rows, ledger)
    several = ordered.filter(pl.col("rows") > 1)
    cleared, returned = _taken_back(ordered) if ledger.kind == "hazards" else (ordered, no_issues())
    keep = ["record", *fields, pl.col("row_id").alias("winner")]
    alone = cleared.filter(pl.col("rows") == 1).select(keep)
    merged = _coalesced(cleared.filter(pl.col("rows") > 1), fields)
    records = pl.concat([alone, merged.select(alone.columns)])
    sources = ordered.select("record", "row_id", (pl.col("place") == 0).alias("is_winning"))
    return Merged(records, sources, pl.concat([returned, *_differences(several, fields)]))


def _newest_first(rows: pl.DataFrame, ledger: Ledger) -> pl.DataFrame:
    events = [field.name for field in ledger.fields if field.type == "event"]
    latest = pl.max_horizontal(events) if events else pl.lit(None, pl.Date)
    is_back = _is_returned() if ledger.kind == "hazards" else pl.lit(value=False)
    return (
        rows.with_columns(latest.alias("latest"), is_back.alias("is_back"))
        .sort(
            "record",
            "sent_on",
            "is_back",
            "latest",
            "row_id",
            descending=[False, True, True, True, True],
            nulls_last=True,
        )
        .with_columns(
            pl.int_range(pl.len()).over("record").alias("place"), pl.len().over("record").alias("rows")
        )
    )


def _coalesced(rows: pl.DataFrame, fields: list[str]) -> pl.DataFrame:
    return rows.group_by("record", maintain_order=True).agg(
        *(pl.col(name).drop_nulls().first() for name in fields), pl.col("row_id").first().alias("winner")
    )


def _is_returned() -> pl.Expr:
    return (pl.col("status") == word_of("status", "returned")).fill_null(value=False)


def _taken_back(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Clear what is older than the latest 打回重改, and what stands in that row itself."""
    since = pl.col("place").filter(_is_returned()).min().over("record")
    is_over = (pl.col("place") >= since).fill_null(value=False)
    marked = rows.with_columns(is_over.alias("is_over"))
    lost = marked.filter("is_over", pl.any_horizontal(pl.col(CLEARED).is_not_null()))
    warned = marked.filter(pl.col("place") == since).join(
        lost, on="record", how="semi", maintain_order="left"
    )
    cleared = marked.with_columns(
        pl.when(~pl.col("is_over")).then(pl.col(name)).alias(name) for name in CLEARED
    )
    return cleared, issues_of(warned, "status", "returned", "warn")


def _differences(rows: pl.DataFrame, fields: list[str]) -> list[pl.DataFrame]:
    """A warning on the newest row for each field the older ones give otherwise."""
    if rows.is_empty():
        return []
    texts = rows.select(
        "record",
        *(_as_text(name, rows.schema[name]) for name in fields),
        winner=pl.col("row_id").first().over("record"),
    )
    values = texts.group_by("record").agg(pl.col(fields).drop_nulls().n_unique()).select(pl.col(fields).max())
    return [_difference(texts, name) for name in fields if values[name][0] > 1]


def _as_text(name: str, kind: pl.DataType) -> pl.Expr:
    return pl.col(name).list.join("、") if isinstance(kind, pl.List) else pl.col(name).cast(pl.String)


def _difference(texts: pl.DataFrame, name: str) -> pl.DataFrame:
    said = texts.select("record", "winner", pl.col(name).alias("text"))
    differing = said.drop_nulls("text").filter(pl.col("text").n_unique().over("record") > 1)
    disputed = differing.group_by("record", "winner", maintain_order=True).agg(
        pl.col("text").unique(maintain_order=True)
    )
    told = disputed.select(pl.col("winner").alias("row_id"), "text")
    chosen = pl.format("{}”，未取“", pl.col("text").list.first())
    others = pl.col("text").list.slice(1).list.join("”“") + pl.lit("”")
    return issues_of(told, name, "rows_differ", "warn", chosen + others)
