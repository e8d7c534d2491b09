"""How a figure moved between two as-of dates."""

from collections.abc import Sequence
from datetime import date

import duckdb
import polars as pl

from queries.catalog import Metric
from queries.evaluate import NO_FILTERS, known_metric, trend
from queries.filters import Filters

MEASURES = ("numerator", "denominator", "value")


def change(
    con: duckdb.DuckDBPyConnection,
    metric: str,
    as_of: date,
    earlier: date,
    by: Sequence[str] = (),
    filters: Filters = NO_FILTERS,
) -> pl.DataFrame:
    """Evaluate a metric on a day and on another, both anew, in one query.

    [*by, numerator, denominator, value, earlier_numerator, earlier_denominator, earlier_value, change].
    `earlier`: 30 days before, the same day a year before (`days.year_before`), the last meeting's day.
    change: percentage points of a rate, how many more of a count, days of a median; null where either day
    has no value. Groups are those of either day: a count is 0, a rate null, on the day that lacks one.
    Raises QueryError as `evaluate` does.
    """
    frame = trend(con, metric, sorted({as_of, earlier}), by, filters)
    return moved(frame, known_metric(metric), as_of, earlier, by)


def moved(
    frame: pl.DataFrame, metric: Metric, as_of: date, earlier: date, by: Sequence[str] = ()
) -> pl.DataFrame:
    """Set a trend's figures of two days side by side: the columns of `change`."""
    now, before = (frame.filter(day=each).drop("day") for each in (as_of, earlier))
    before = before.rename({name: f"earlier_{name}" for name in MEASURES})
    # a trend has every group on each of its days
    both = (
        now.join(before, on=list(by), how="left", nulls_equal=True, maintain_order="left")
        if by
        else pl.concat([now, before], how="horizontal")
    )
    difference = (pl.col("value") - pl.col("earlier_value")) * points(metric)
    return both.with_columns(difference.alias("change"))


def points(metric: Metric) -> int:
    """What a change is counted in: the percentage points of a rate's whole, else the metric's own unit."""
    return 100 if metric.unit == "percent" else 1
