"""Some towns' figures, taken from those of all: who looks at town after town asks the warehouse but once."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import chain

import duckdb
import polars as pl

from queries.evaluate import dimensions
from queries.filters import Filters

TOWN = "township"
PLACES = {"county", TOWN, "institution", "unit"}
MOST_TOWNS = 60
"""As a county has; of more towns, all of them cost more than the few that somebody looks at."""

Asked = tuple[tuple[str, ...], Filters]
"""By which dimensions, under which filters."""


def are_few(towns: Collection[str]) -> bool:
    """Whether all of so many towns are asked about, where some are looked at."""
    return 1 < len(towns) <= MOST_TOWNS


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
    held = held_to(filters)
    if not are_few(known) or not held or not set(held) <= set(known):
        return None
    if filters.institutions or filters.counties:
        return None
    is_by_town = tuple(by) == (TOWN,) and bool(filters.townships)
    is_of_one = len(held) == 1 and not PLACES & {*by}
    if not (is_by_town or is_of_one):
        return None
    if any(TOWN not in dimensions(con, metric) for metric in metrics):
        return None
    return tuple(by) if is_by_town else (TOWN, *by), hold_to(filters, ())


def held_to(filters: Filters) -> tuple[str, ...]:
    """The towns that filters hold to, whether filtered by or picked in a chart; none where by both."""
    picked = tuple(town for name, town in filters.picked if name == TOWN and town is not None)
    return filters.townships or picked if not (filters.townships and picked) else ()


def hold_to(filters: Filters, towns: tuple[str, ...]) -> Filters:
    """The same filters held to other towns instead, or to none."""
    if filters.townships:
        return replace(filters, townships=towns)
    others = {TOWN: [(TOWN, town) for town in towns]}
    pairs = (others.get(name, [(name, value)]) for name, value in filters.picked)
    return replace(filters, picked=tuple(chain.from_iterable(pairs)))


def narrowed(answer: pl.DataFrame, by: Sequence[str], filters: Filters) -> pl.DataFrame:
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
    return answer.filter(pl.col(TOWN).is_in(held_to(filters)))
