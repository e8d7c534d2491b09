"""Whose row it is: institutions, units, organisers and tasks joined to the rows, once per distinct text."""

from collections.abc import Callable, Sequence
from typing import Any

import polars as pl

from etl.issues import Judged, issues_of
from etl.match import Register
from etl.units import Units, match_task
from queries.parts import Campaign

MATCH = {"institution_id": pl.Int32, "rule": pl.String, "detail": pl.String}
UNIT = {
    "unit_code": pl.String,
    "unit_name": pl.String,
    "township_id": pl.Int32,
    "institution_id": pl.Int32,
    "rule": pl.String,
    "detail": pl.String,
}


def with_institutions(judged: Judged, register: Register) -> Judged:
    """Add institution_id; a row whose institution is not found, or is not one alone, is refused."""
    asked = ["credit_code", "institution", "sender_id"]
    return settled(judged, told(judged.rows, asked, register.match, MATCH), "institution", "institution_id")


def with_units(judged: Judged, units: Units) -> Judged:
    """Add unit_code, unit_name, township_id and institution_id of the unit named."""
    asked = ["credit_code", "unit", "sender_id"]
    return settled(judged, told(judged.rows, asked, units.match, UNIT), "unit", "unit_code")


def with_organisers(judged: Judged, units: Units) -> Judged:
    """Put the organiser's own name in place of what was written, and add organiser_code."""
    said = judged.rows.filter(pl.col("organiser").is_not_null())
    answers = told(
        said,
        ["organiser", "institution_id"],
        units.organiser,
        {"name": pl.String, "organiser_code": pl.String},
    )
    named = answers.select("row_id", pl.col("name").alias("organiser"), "organiser_code")
    rows = judged.rows.drop("organiser").join(named, on="row_id", how="left", maintain_order="left")
    return judged.with_rows(rows)


def with_tasks(judged: Judged, campaign: Campaign) -> Judged:
    """Put the task's code in place of what was written."""
    said = judged.rows.filter(pl.col("task").is_not_null())
    answers = told(
        said,
        ["task", "unit_code"],
        lambda text, unit_code: match_task(text, unit_code, campaign),
        {"code": pl.String, "rule": pl.String, "detail": pl.String},
    )
    found = settled(judged, answers, "task", "code")
    return found.with_rows(found.rows.with_columns(pl.col("code").alias("task")).drop("code"))


def told(
    rows: pl.DataFrame, asked: Sequence[str], answer: Callable[..., Sequence[Any]], schema: dict[str, Any]
) -> pl.DataFrame:
    """row_id and what the answer says of the asked columns, answered once per distinct combination."""
    questions = rows.select(asked).unique(maintain_order=True)
    answers = pl.DataFrame(
        [answer(*question) for question in questions.iter_rows()], schema=schema, orient="row"
    )
    renamed = {name: f"asked_{name}" for name in asked}
    table = pl.concat([questions.rename(renamed), answers], how="horizontal")
    joined = rows.select("row_id", pl.col(asked).name.prefix("asked_")).join(
        table, on=list(renamed.values()), how="left", nulls_equal=True, maintain_order="left"
    )
    return joined.select("row_id", *schema)


def settled(judged: Judged, answers: pl.DataFrame, field: str, found: str) -> Judged:
    """The rows with the answers, and an issue for each rule: refusing where `found` is null."""
    effect = pl.when(pl.col(found).is_null()).then(pl.lit("refuse")).otherwise(pl.lit("warn"))
    ruled = answers.filter(pl.col("rule").is_not_null())
    rows = judged.rows.join(answers.drop("rule", "detail"), on="row_id", how="left", maintain_order="left")
    return judged.with_rows(rows).adding(issues_of(ruled, field, pl.col("rule"), effect, pl.col("detail")))
