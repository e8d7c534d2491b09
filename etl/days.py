"""The date columns of a ledger: days resolved from their texts, missing years and day counts supplied."""

from datetime import date

import polars as pl

from etl.dates import day_of, read_dates
from etl.happened import speaks_of_plan
from etl.issues import Judged, issues_of
from etl.ledgers import Ledger
from etl.numbers import NUMERAL

COUNTED_FROM = {"deadline_on": "found_on", "due_on": "received_on"}
"""A deadline may be written as a number of days; from which day they count."""

COMES_UNPLANNED = ("found_on", "received_on")
"""What nobody plans: 2024-3-5，限3月20日前整改 still says when the hazard was found."""

EARLIEST_EVENT = date(2000, 1, 1)
EARLIEST = date(1900, 1, 1)
YEARS_AHEAD = 10
"""A day further ahead than this is a slip of the pen (2062), not a plan."""


BARE_NUMBER = rf"^\s*(\d+|{NUMERAL})\s*$"


def no_counted_days() -> pl.DataFrame:
    """Of no block and field anything other than COUNTED_FROM: block_id, field, start."""
    return pl.DataFrame(schema={"block_id": pl.Int32, "field": pl.String, "start": pl.String})


def days_said(name: str) -> pl.Expr:
    """A column of numbers of days, 天 put behind those that are numbers alone."""
    return pl.col(name).str.replace(BARE_NUMBER, "${1}天").alias(name)


def resolve_dates(judged: Judged, ledger: Ledger, as_of: date, counted: pl.DataFrame | None = None) -> Judged:
    """Turn the date columns from text to Date.

    counted: the fields of blocks that count from another field than COUNTED_FROM says.

    What cannot be a day, or is said to have happened after `as_of`, becomes blank: refused where the column
    is required, set aside elsewhere. A supplied year is warned of.
    """
    fields = _fields(ledger)
    if fields.is_empty():
        return judged
    said = _said(judged.rows, fields)
    dated = _supply_years(said, judged.rows, ledger, as_of)
    dated = _judge_days(_count_days(dated, no_counted_days() if counted is None else counted), as_of)
    return judged.with_rows(_back(judged.rows, dated, fields)).adding(
        issues_of(
            dated.filter(pl.col("problem").is_not_null()),
            pl.col("field"),
            pl.col("problem"),
            pl.col("effect"),
        ),
        issues_of(
            dated.filter(pl.col("is_supplied") & pl.col("problem").is_null()),
            pl.col("field"),
            "year_supplied",
            "warn",
            pl.col("day").dt.strftime("%Y-%m-%d"),
        ),
    )


def _fields(ledger: Ledger) -> pl.DataFrame:
    dates = [field for field in ledger.fields if field.type in ("date", "event")]
    return pl.DataFrame(
        {
            "field": [field.name for field in dates],
            "is_event": [field.type == "event" for field in dates],
            "effect": ["refuse" if field.required else "set_aside" for field in dates],
        },
        schema={"field": pl.String, "is_event": pl.Boolean, "effect": pl.String},
    )


def _said(rows: pl.DataFrame, fields: pl.DataFrame) -> pl.DataFrame:
    """One line per written date cell, with what its text says."""
    cells = rows.unpivot(
        on=fields["field"].to_list(),
        index=["row_id", "block_id", "sent_on", "named_on"],
        variable_name="field",
        value_name="text",
    ).drop_nulls("text")
    meant = read_dates(cells["text"]).with_columns(of_plan=speaks_of_plan(pl.col("text")))
    return _without_plans(cells.join(meant, on="text").join(fields, on="field")).drop("of_plan")


def _without_plans(said: pl.DataFrame) -> pl.DataFrame:
    """A plan or a limit written where something should have happened is no day of it."""
    can_be = pl.col("is_event") & ~pl.col("field").is_in(COMES_UNPLANNED)
    is_plan = can_be & pl.col("problem").is_null() & pl.col("of_plan")
    return said.with_columns(
        *(pl.when(~is_plan).then(name).alias(name) for name in ("day", "month", "month_day", "days")),
        problem=pl.when(is_plan).then(pl.lit("not_happened")).otherwise("problem"),
    )


def _supply_years(said: pl.DataFrame, rows: pl.DataFrame, ledger: Ledger, as_of: date) -> pl.DataFrame:
    """Give 3月5日 the year nearest to its row's days, its neighbours', the report's or the title's."""
    yearless = said.filter(pl.col("month").is_not_null())
    marked = said.with_columns(is_supplied=pl.lit(value=False))
    if yearless.is_empty():
        return marked
    near = yearless.join(_references(said, rows, ledger), on="row_id", how="left").with_columns(
        reference=pl.coalesce("reference", "sent_on", "named_on"),
        latest=pl.min_horizontal("sent_on", pl.lit(as_of)),
    )
    return marked.join(_nearest(near), on=["row_id", "field"], how="left").with_columns(
        day=pl.coalesce("day", "supplied"),
        is_supplied=pl.col("supplied").is_not_null(),
        problem=pl.coalesce("problem", "problem_right"),
    )


def _references(said: pl.DataFrame, rows: pl.DataFrame, ledger: Ledger) -> pl.DataFrame:
    is_own = pl.col("field") == (ledger.event or "")
    by_row = (
        said.drop_nulls("day")
        .group_by("row_id")
        .agg(reference=pl.coalesce(pl.col("day").filter(is_own).first(), pl.col("day").min()))
    )
    known = rows.select("row_id", "block_id").join(by_row, on="row_id", how="left").sort("row_id")
    around = pl.coalesce(pl.col("reference").forward_fill(), pl.col("reference").backward_fill())
    return known.select("row_id", around.over("block_id").alias("reference"))


def _nearest(near: pl.DataFrame) -> pl.DataFrame:
    """One line per yearless cell: supplied, or the problem that leaves it without."""
    years = near.join(pl.DataFrame({"offset": [0, -1, 1]}), how="cross").with_columns(
        day_of(pl.col("reference").dt.year() + pl.col("offset"), pl.col("month"), pl.col("month_day")).alias(
            "supplied"
        )
    )
    is_ahead = pl.col("is_event") & (pl.col("supplied") > pl.col("latest"))
    distance = (pl.col("supplied") - pl.col("reference")).abs()
    broken = (
        pl.when(pl.col("reference").is_null())
        .then(pl.lit("unreadable_date"))
        .otherwise(pl.lit("impossible_date"))
    )
    return (
        years.with_columns(is_ahead=is_ahead, distance=distance)
        .sort("is_ahead", "distance", "supplied", nulls_last=True)
        .group_by("row_id", "field", maintain_order=True)
        .agg(pl.col("supplied", "reference").first())
        .select("row_id", "field", "supplied", problem=pl.when(pl.col("supplied").is_null()).then(broken))
    )


def _count_days(said: pl.DataFrame, otherwise: pl.DataFrame) -> pl.DataFrame:
    """Turn 7天 into the day that many days after the one it counts from."""
    if said["days"].null_count() == said.height:
        return said
    starts = said.select(
        "row_id", pl.col("field").alias("start"), pl.col("day").alias("started_on")
    ).drop_nulls()
    usual = pl.col("field").replace_strict(COUNTED_FROM, default=None, return_dtype=pl.String)
    counted = (
        said.join(otherwise, on=["block_id", "field"], how="left")
        .with_columns(pl.coalesce("start", usual))
        .join(starts, on=["row_id", "start"], how="left")
    )
    day = pl.coalesce("day", pl.col("started_on") + pl.duration(days=pl.col("days")))
    is_lost = pl.col("days").is_not_null() & pl.col("started_on").is_null()
    return counted.with_columns(
        day=day, problem=pl.when(is_lost).then(pl.lit("unreadable_date")).otherwise("problem")
    )


def _judge_days(said: pl.DataFrame, as_of: date) -> pl.DataFrame:
    day, is_event = pl.col("day"), pl.col("is_event")
    earliest = pl.when(is_event).then(pl.lit(EARLIEST_EVENT)).otherwise(pl.lit(EARLIEST))
    is_far = (day < earliest) | (day.dt.year() > as_of.year + YEARS_AHEAD)
    return said.with_columns(
        problem=pl.when(is_far)
        .then(pl.lit("impossible_date"))
        .when(is_event & (day > as_of))
        .then(pl.lit("future_date"))
        .otherwise("problem")
    ).with_columns(day=pl.when(pl.col("problem").is_null()).then(day))


def _back(rows: pl.DataFrame, dated: pl.DataFrame, fields: pl.DataFrame) -> pl.DataFrame:
    """The rows with the texts of their date columns replaced by days."""
    names = fields["field"].to_list()
    plain = rows.drop(names)
    for name in names:
        column = dated.filter(field=name).select("row_id", pl.col("day").alias(name))
        plain = plain.join(column, on="row_id", how="left", maintain_order="left")
    return plain
