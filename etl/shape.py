"""Merged records in the shape of schema.sql: numbered, with the codes the rules need beside the words."""

import polars as pl

from etl.codes import codes_of, word_of
from queries.kinds import RECORDS

FOUND_BY_COUNTY = {"county", "surprise", "covert", "joint"}
AUTHORITY = {"township", *FOUND_BY_COUNTY}
UNANNOUNCED = {"surprise", "covert"}

ORDER: dict[str, tuple[str, ...]] = {
    "inspections": ("institution_id", "inspected_on", "inspection_type"),
    "hazards": ("institution_id", "found_on", "hazard_number", "description"),
    "trainings": ("institution_id", "trained_on", "organiser"),
    "drills": ("institution_id", "drilled_on", "drill_type"),
    "complaints": ("institution_id", "received_on", "content"),
    "activities": ("unit_code", "township_id", "institution_id", "held_on", "activity_type"),
    "task_progress": ("task", "unit_code", "township_id", "institution_id"),
    "measures": ("unit_code", "township_id", "institution_id", "measure"),
}
"""How a kind's records are numbered: by what they are, so the order of reading does not matter."""


def numbered(records: pl.DataFrame, kind: str) -> pl.DataFrame:
    """Records with their number from 1; equals are ordered by the row they come from."""
    ordered = records.sort(*ORDER[kind], "winner", nulls_last=True)
    return ordered.with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int32).alias(RECORDS[kind]))


def shaped(records: pl.DataFrame, kind: str) -> pl.DataFrame:
    """Numbered records with the columns schema.sql asks for (and some it does not)."""
    named = records.rename({"unit_name": "unit"}) if "unit_name" in records.columns else records
    derived = named.with_columns(*DERIVED.get(kind, ()))
    return derived.with_columns(*LATER.get(kind, ()))


def _code(column: str, name: str) -> pl.Expr:
    return pl.col(column).replace_strict(codes_of(name), default=None, return_dtype=pl.String)


def _in(column: str, codes: set[str]) -> pl.Expr:
    return pl.col(column).is_in(sorted(codes)).fill_null(value=False)


def _is_named(column: str, name: str) -> pl.Expr:
    return pl.col(column).is_not_null() & pl.col(column).ne_missing(pl.lit(word_of(name, "other")))


def _area_codes() -> pl.Expr:
    return pl.col("areas").list.eval(
        pl.element().replace_strict(codes_of("area"), default=None, return_dtype=pl.String).drop_nulls()
    )


DERIVED: dict[str, tuple[pl.Expr, ...]] = {
    "inspections": (
        _code("inspection_type", "inspection_type").alias("inspection_code"),
        pl.col("areas").fill_null([]),
    ),
    "hazards": (
        pl.col("severity").fill_null(word_of("severity", "general")),
        _code("source", "source").alias("source_code"),
        (_is_named("area", "area") & _is_named("kind", "kind")).alias("is_comparable"),
        (pl.col("severity") == word_of("severity", "major")).fill_null(value=False).alias("is_major"),
    ),
    "drills": ((pl.col("drill_type") == word_of("drill_type", "evacuation")).alias("is_evacuation"),),
    "activities": (_code("activity_type", "activity_type").alias("activity_code"),),
}
LATER: dict[str, tuple[pl.Expr, ...]] = {
    "inspections": (
        _in("inspection_code", AUTHORITY).alias("is_authority"),
        _in("inspection_code", UNANNOUNCED).alias("is_unannounced"),
        _area_codes().alias("area_codes"),
    ),
    "hazards": (_in("source_code", FOUND_BY_COUNTY).alias("is_found_by_county"),),
}
