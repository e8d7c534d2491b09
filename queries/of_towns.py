"""Some towns' figures, taken from those of all: who looks at town after town asks the warehouse but once."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import duckdb
import polars as pl

from queries.evaluate import dimensions
from queries.filters import Filters
from queries.warehouse import fetch

TOWN = "township"
MOST_TOWNS = 60
"""As a county has; of more towns, all of them cost more than the few that somebody looks at."""

Asked = tuple[tuple[str, ...], Filters]
"""By which dimensions, under which filters."""


def towns(con: duckdb.DuckDBPyConnection) -> list[str]:
    """All towns in official order."""
    return fetch(con, "select township from townships order by township_id")["township"].to_list()


def widened(
    con: duckdb.DuckDBPyConnection,
    known: Collection[str],
    metrics: Sequence[str],
    by: Sequence[str],
    filters: Filters,
) -> Asked | None:
    """The question about all towns (`known`) whose answer holds that about some; None where there is none.

    Of several towns only by town: how the groups of several make one group is for the warehouse to say.
    """
    if not 1 < len(known) <= MOST_TOWNS or not set(filters.townships) <= set(known) or filters.institutions:
        return None
    is_by_town = tuple(by) == (TOWN,)
    is_of_one = len(filters.townships) == 1 and TOWN not in by
    if not filters.townships or not (is_by_town or is_of_one):
        return None
    if {"institution", "unit"} & {*by} or any(TOWN not in dimensions(con, metric) for metric in metrics):
        return None
    return tuple(by) if is_by_town else (TOWN, *by), replace(filters, townships=())


def of(answer: pl.DataFrame, by: Sequence[str], filters: Filters) -> pl.DataFrame:
    """Take from the figures of a widened question those that were asked for.

    A group in which only other towns have anything does not appear.
    """
    own = rows_of(answer, filters)
    if TOWN in by:
        return own
    has_any = pl.coalesce(pl.col("denominator"), pl.col("value")) > 0
    return (own.filter(has_any) if by else own).drop(TOWN)


def rows_of(answer: pl.DataFrame, filters: Filters) -> pl.DataFrame:
    """The rows of the towns chosen."""
    return answer.filter(pl.col(TOWN).is_in(filters.townships))
