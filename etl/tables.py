"""All tables of schema.sql from one intake."""

import json
from collections.abc import Sequence
from datetime import date

import polars as pl

from etl.blocks import Block, Unread
from etl.intake import Intake
from etl.ledgers import LEDGERS
from etl.report import Report, messages
from etl.townships import Townships
from queries.kinds import RECORDS


def all_tables(
    found: Sequence[Block | Unread], intake: Intake, townships: Townships, report: Report
) -> dict[str, pl.DataFrame]:
    """Every table but `build`."""
    rows, issues = report.rows, report.issues
    return {
        "townships": townships.frame(),
        **{kind: taken.records for kind, taken in intake.taken.items()},
        "source_files": _source_files(found, intake, townships, report),
        "record_sources": _record_sources(rows),
        "possible_duplicates": _possible_duplicates(intake),
        "refused_rows": _issue_rows(issues.filter(effect="refuse")).join(
            _cells(found, rows), on=["block_id", "row_number"], how="left", maintain_order="left"
        ),
        "warned_rows": _issue_rows(issues.filter(pl.col("effect") != "refuse")),
    }


def build_table(name: str, as_of: date, county: str, is_example: bool) -> pl.DataFrame:
    """The table `build`: one row."""
    return pl.DataFrame({"build": [name], "as_of": [as_of], "county": [county], "is_example": [is_example]})


def _source_files(
    found: Sequence[Block | Unread], intake: Intake, townships: Townships, report: Report
) -> pl.DataFrame:
    named = pl.DataFrame(
        {
            "block_id": range(1, len(found) + 1),
            "sender": [
                townships.within(block.origin) if isinstance(block, Block) else None for block in found
            ],
        },
        schema={"block_id": pl.Int32, "sender": pl.Int32},
    )
    only = _only_towns(intake, report.rows)
    towns = report.files.join(named, on="block_id").join(only, on="block_id", how="left")
    names = {kind: ledger.name for kind, ledger in LEDGERS.items()}
    return towns.select(
        "block_id",
        "path",
        "sheet",
        "kind",
        pl.col("kind").replace(names).alias("kind_name"),
        "header_row",
        pl.coalesce("sender", "only_town").alias("township_id"),
        pl.col("sent_on").alias("reported_on"),
        pl.col("read", "taken", "merged", "refused", "warned").name.prefix("rows_"),
        "reason",
    ).sort("block_id")


def _only_towns(intake: Intake, rows: pl.DataFrame) -> pl.DataFrame:
    """The town of a block all of whose records lie in one: block_id, only_town."""
    homes = intake.taken["institutions"].records.select(
        "institution_id", pl.col("township_id").alias("home_town")
    )
    towns = [_record_towns(kind, taken.records, homes) for kind, taken in intake.taken.items()]
    placed = rows.join(pl.concat(towns), on=["kind", "record_id"]).drop_nulls("town")
    return (
        placed.group_by("block_id")
        .agg(pl.col("town").unique())
        .filter(pl.col("town").list.len() == 1)
        .select("block_id", pl.col("town").list.first().alias("only_town"))
    )


def _record_towns(kind: str, records: pl.DataFrame, homes: pl.DataFrame) -> pl.DataFrame:
    lacking = (
        records
        if "township_id" in records.columns
        else records.with_columns(township_id=pl.lit(None, pl.Int32))
    )
    with_homes = lacking.join(homes, on="institution_id", how="left")
    return with_homes.select(
        pl.lit(kind).alias("kind"),
        pl.col(RECORDS[kind]).alias("record_id"),
        pl.coalesce("township_id", "home_town").alias("town"),
    )


def _record_sources(rows: pl.DataFrame) -> pl.DataFrame:
    kept = rows.filter(pl.col("fate") != "refused")
    return kept.select("kind", "record_id", "block_id", "row_number", "is_winning").sort(pl.all())


def _possible_duplicates(intake: Intake) -> pl.DataFrame:
    numbers = intake.taken["hazards"].records.select("winner", "hazard_id")
    named = intake.duplicates.join(numbers, left_on="one", right_on="winner").join(
        numbers, left_on="other", right_on="winner", suffix="_other"
    )
    return named.select(
        pl.lit("hazards").alias("kind"),
        pl.min_horizontal("hazard_id", "hazard_id_other").alias("record_id"),
        pl.max_horizontal("hazard_id", "hazard_id_other").alias("other_id"),
        pl.col("reason").replace_strict(messages()["duplicates"], return_dtype=pl.String),
    ).sort("record_id", "other_id")


def _issue_rows(issues: pl.DataFrame) -> pl.DataFrame:
    return issues.select(
        "block_id",
        pl.col("row").alias("row_number"),
        pl.col("column").alias("column_name"),
        pl.col("value").alias("cell_value"),
        "rule",
        "message",
    )


def _cells(found: Sequence[Block | Unread], rows: pl.DataFrame) -> pl.DataFrame:
    """The refused rows as they stand in their sheets: block_id, row_number, cells (JSON, heading to text)."""
    refused = rows.filter(fate="refused").select("block_id", "row_number")
    return refused.with_columns(
        pl.Series(
            "cells", [cells_of(found[block - 1], row) for block, row in refused.iter_rows()], dtype=pl.String
        )
    )


def cells_of(block: Block | Unread, row: int) -> str:
    """One sheet row as JSON; an unread file has no rows."""
    return json.dumps(block.cells(row) if isinstance(block, Block) else {}, ensure_ascii=False)
