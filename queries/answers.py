"""A figure's frame as the command line and the documents hand it out."""

from datetime import date

import polars as pl

from queries.catalog import Metric, catalog

VALUES = ("value", "earlier_value", "change")


def as_records(metric: str, as_of: date, frame: pl.DataFrame) -> list[dict[str, object]]:
    """The rows of `evaluate`, as JSON objects: metric, as_of, each dimension, numerator, denominator, value.

    value: a share or ratio unrounded, a count or days as a whole number. A count has no numerator and
    denominator; of a median they are the events and n. The rows of `change` have the earlier ones and the
    change (percentage points of a rate) besides.
    """
    about = catalog()[metric]
    said = {"metric": metric, "as_of": as_of.isoformat()}
    whole = [name for name in VALUES if name in frame.columns]
    return [
        {**said, **row, **{name: _value(about, row[name]) for name in whole}}
        for row in frame.iter_rows(named=True)
    ]


def _value(metric: Metric, value: float | None) -> float | None:
    return value if value is None or metric.summary in {"share", "ratio"} else int(value)
