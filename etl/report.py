"""What a load did, row by row: the report of contract.md, as JSON and in words."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from etl.blocks import Block, Unread
from etl.intake import Intake
from etl.issues import no_issues
from etl.ledgers import LEDGERS
from etl.rows import Rows

COUNTS = ("read", "taken", "merged", "refused", "warned")
SHOWN = ("path", "sheet", "row", "column", "value", "rule", "message")
WRITTEN_AS = {"township_id": "township", "unit_name": "unit"}
"""Fields of the records whose cell has another field's name."""


@dataclass(frozen=True)
class Report:
    """One load.

    Frames: rows (row_table), issues (issue_table), files (file_table).
    """

    build: str
    as_of: date
    is_published: bool
    rows: pl.DataFrame
    issues: pl.DataFrame
    files: pl.DataFrame

    def counts(self) -> dict[str, int]:
        return _counts(self.rows)

    def refusals(self) -> list[dict[str, Any]]:
        return self.issues.filter(effect="refuse").select(SHOWN).to_dicts()

    def warnings(self) -> list[dict[str, Any]]:
        return self.issues.filter(pl.col("effect") != "refuse").select(SHOWN).to_dicts()

    def as_dict(self) -> dict[str, Any]:
        """The report as contract.md fixes it."""
        return {
            "build": self.build,
            "as_of": self.as_of.isoformat(),
            "published": self.is_published,
            "rows": self.counts(),
            "kinds": {kind: _counts(self.rows.filter(kind=kind)) for kind in LEDGERS},
            "files": [_file(entry) for entry in self.files.iter_rows(named=True)],
            "refusals": self.refusals(),
            "warnings": self.warnings(),
        }


def issue_table(found: Sequence[Block | Unread], intake: Intake) -> pl.DataFrame:
    """Every issue in words: row_id, block_id, kind, effect, the columns of SHOWN, places; in the rows' order.

    places: the columns of the sheet, the first being 1, of which one holds the cell; none where it has none.
    """
    worded = [_worded(found, intake.rows[kind], taken.issues) for kind, taken in intake.taken.items()]
    headings = _ambiguous(found, worded[0].schema)
    return pl.concat([*worded, headings]).sort("block_id", "row", maintain_order=True)


def _ambiguous(found: Sequence[Block | Unread], schema: pl.Schema) -> pl.DataFrame:
    """A warning on the heading row for each column left out because it could mean several things."""
    lines = [
        {
            "block_id": number,
            "kind": block.kind,
            "effect": "warn",
            "path": block.path,
            "sheet": block.sheet,
            "row": block.header_row,
            "column": heading,
            "rule": "ambiguous_heading",
            "message": messages()["rules"]["ambiguous_heading"].replace("{heading}", heading),
            "places": list(block.places.get(heading, ())),
        }
        for number, block in enumerate(found, 1)
        if isinstance(block, Block)
        for heading in block.ambiguous
    ]
    return pl.DataFrame(lines, schema=schema)


def row_table(intake: Intake, issues: pl.DataFrame) -> pl.DataFrame:
    """What became of every row read: row_id, block_id, row_number, kind, fate, is_warned, record_id."""
    kinds = [
        rows.written.select("row_id", "block_id", "row_number", pl.lit(kind).alias("kind")).join(
            intake.taken[kind].sources, on="row_id", how="left", maintain_order="left"
        )
        for kind, rows in intake.rows.items()
    ]
    fate = (
        pl.when(pl.col("is_winning").is_null())
        .then(pl.lit("refused"))
        .when("is_winning")
        .then(pl.lit("taken"))
        .otherwise(pl.lit("merged"))
    )
    warned = issues.filter(pl.col("effect") != "refuse")["row_id"].drop_nulls().unique()
    is_warned = pl.col("row_id").is_in(warned.implode())
    return pl.concat(kinds).with_columns(fate.alias("fate"), is_warned.alias("is_warned")).sort("row_id")


def file_table(found: Sequence[Block | Unread], rows: pl.DataFrame) -> pl.DataFrame:
    """One line a block or unread file: block_id, path, sheet, kind, header_row, the five counts, reason."""
    described = pl.DataFrame(
        [_described(number, block) for number, block in enumerate(found, 1)],
        schema={
            "block_id": pl.Int32,
            "path": pl.String,
            "sheet": pl.String,
            "kind": pl.String,
            "header_row": pl.Int32,
            "sent_on": pl.Date,
            "reason": pl.String,
        },
        orient="row",
    )
    counted = rows.group_by("block_id").agg(*_count_columns())
    return described.join(counted, on="block_id", how="left", maintain_order="left").with_columns(
        pl.col(COUNTS).fill_null(0)
    )


def _described(number: int, block: Block | Unread) -> tuple[object, ...]:
    if isinstance(block, Unread):
        return (number, block.path, block.sheet, None, None, None, block.reason)
    return (number, block.path, block.sheet, block.kind, block.header_row, block.reported_on, None)


def _count_columns() -> list[pl.Expr]:
    fates = [
        (pl.col("fate") == fate).sum().cast(pl.Int32).alias(fate) for fate in ("taken", "merged", "refused")
    ]
    return [
        pl.len().cast(pl.Int32).alias("read"),
        *fates,
        pl.col("is_warned").sum().cast(pl.Int32).alias("warned"),
    ]


def _counts(rows: pl.DataFrame) -> dict[str, int]:
    counts: dict[str, int] = rows.select(_count_columns()).row(0, named=True)
    return counts


def _file(entry: dict[str, Any]) -> dict[str, Any]:
    shown = {name: entry[name] for name in ("path", "sheet", "kind", "header_row")}
    return {**shown, "rows": {name: entry[name] for name in COUNTS}, "reason": entry["reason"]}


@cache
def messages() -> dict[str, dict[str, str]]:
    """The texts of messages.toml: effects and rules."""
    return tomllib.loads(Path(__file__).with_name("messages.toml").read_text(encoding="utf-8"))


def _worded(found: Sequence[Block | Unread], rows: Rows, issues: pl.DataFrame) -> pl.DataFrame:
    """The issues of one kind with place, heading, cell and message."""
    told = issues.with_columns(pl.col("field").replace(WRITTEN_AS))
    placed = told.join(
        rows.written.select("row_id", "block_id", "row_number"), on="row_id", maintain_order="left"
    )
    named = placed.join(_headings(found, rows), on=["block_id", "field"], how="left", maintain_order="left")
    valued = named.join(
        _values(told, rows.written), on=["row_id", "field"], how="left", maintain_order="left"
    )
    return valued.with_columns(_message()).select(
        "row_id",
        "block_id",
        pl.lit(rows.ledger.kind).alias("kind"),
        "effect",
        "path",
        "sheet",
        pl.col("row_number").alias("row"),
        "column",
        "value",
        "rule",
        "message",
        "places",
    )


def _headings(found: Sequence[Block | Unread], rows: Rows) -> pl.DataFrame:
    """What each field is called in each block of a kind, and where the block stands."""
    lines = [
        (
            number,
            block.path,
            block.sheet,
            field.name,
            block.headings.get(field.name, field.heading),
            list(block.places.get(field.name, ())),
        )
        for number, block in enumerate(found, 1)
        if isinstance(block, Block) and block.kind == rows.ledger.kind
        for field in rows.ledger.fields
    ]
    schema = pl.Schema(
        {
            "block_id": pl.Int32(),
            **dict.fromkeys(("path", "sheet", "field", "column"), pl.String()),
            "places": pl.List(pl.Int32()),
        }
    )
    return pl.DataFrame(lines, schema=schema, orient="row")


def _values(issues: pl.DataFrame, written: pl.DataFrame) -> pl.DataFrame:
    """The cells the issues speak of, as written: row_id, field, value."""
    asked = issues.select("row_id", "field").unique()
    cells = [
        asked.filter(field=field).join(written.select("row_id", pl.col(field).alias("value")), on="row_id")
        for field in asked["field"].unique().sort()
    ]
    empty = no_issues().select("row_id", "field", pl.col("detail").alias("value"))
    return pl.concat([empty, *cells])


def _message() -> pl.Expr:
    """The rule's text with heading, cell and detail put in, and what becomes of the row or cell."""
    text = pl.col("rule").replace_strict(messages()["rules"], return_dtype=pl.String)
    for name, column in (("heading", "column"), ("value", "value"), ("detail", "detail")):
        text = text.str.replace(f"{{{name}}}", pl.col(column).fill_null(""), literal=True)
    effect = pl.col("effect").replace_strict(messages()["effects"], return_dtype=pl.String)
    return (text + effect).alias("message")
