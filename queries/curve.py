"""The closing-time curve: how many hazards are still open so many days after they were found."""

from collections.abc import Sequence
from datetime import date

import duckdb
import polars as pl

from queries.evaluate import NO_FILTERS, figure
from queries.filters import Filters, parameters
from queries.warehouse import fetch

METRIC = "days_to_rectify"


def closing_curve(
    con: duckdb.DuckDBPyConnection, as_of: date, by: Sequence[str] = (), filters: Filters = NO_FILTERS
) -> pl.DataFrame:
    """The Kaplan–Meier curve of days_to_rectify: [*by, days_taken, events, leaving, at_risk, surviving].

    One row per length at which a hazard was rectified or, still open, left the count (censored on as_of);
    surviving is the share still open after so many days.
    """
    sql = figure(con, METRIC, by, filters).curve()
    return fetch(con, sql, {"as_of": as_of, **parameters(filters, sql)})
