"""Comparing towns honestly: samples against the limits of chance, complete counts by who is missing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

import duckdb
import polars as pl

from queries.catalog import Metric, column
from queries.chance import OUTSIDE_95, tail
from queries.evaluate import NO_FILTERS, QueryError, evaluate, figure, known_metric
from queries.filters import Filters, parameters
from queries.judge import interval
from queries.plan import settings
from queries.rows import NO_LIMIT
from queries.scope import scope
from queries.statement import order
from queries.warehouse import fetch

Standing = Literal["far_below", "below", "alike", "above", "far_above", "few"]

OUTSIDE_998 = 0.001
"""How unlikely a figure is, on its own side, beyond the funnel's limits of 99.8 %."""


def towns(
    con: duckdb.DuckDBPyConnection,
    metric: str,
    as_of: date,
    filters: Filters = NO_FILTERS,
    by: str = "township",
) -> pl.DataFrame:
    """Each town against the county: [township, numerator, denominator, value, low, high, whole, standing].

    Of a rate over hazards or inspections (`compared` = sample), towns in official order; `by` institution:
    each home instead. low, high: the Wilson 95 % interval; whole: the pooled rate, the chosen towns and
    homes aside, null where but one town's rows are known; standing: see `standing`. Raises QueryError for a
    metric that is no such rate.
    """
    _hold(known_metric(metric), "sample")
    found = evaluate(con, metric, as_of, [by], filters)
    county = None if scope(con) else evaluate(con, metric, as_of, (), of_the_county(filters))["value"].item()
    few = settings(con).few
    sides = [_sides(row, county, few) for row in found.select("numerator", "denominator").iter_rows()]
    columns = {"low": pl.Float64, "high": pl.Float64, "standing": pl.String}
    beside = pl.DataFrame(sides, schema=columns, orient="row")
    both = pl.concat([found, beside], how="horizontal")
    pooled = pl.lit(county, dtype=pl.Float64).alias("whole")
    return both.select(*found.columns, "low", "high", pooled, "standing")


def of_the_county(filters: Filters) -> Filters:
    """The same filters over all towns and homes: the county does not shrink to the towns looked at."""
    return replace(filters, townships=(), institutions=())


def _sides(
    row: tuple[int, int], county: float | None, few: int
) -> tuple[float | None, float | None, Standing | None]:
    low, high = interval(*row) or (None, None)
    return low, high, standing(*row, county, few)


def standing(numerator: int, denominator: int, county: float | None, few: int) -> Standing | None:
    """Where a rate stands against the county's: within what chance allows, beyond 95 % of it, beyond 99.8 %.

    The limits of a funnel plot, by the exact binomial: `below` where so few or fewer of the denominator would
    come about less than once in 40 times if the county's rate held, `far_below` less than once in 1,000;
    likewise above. `few`: a denominator below it is not compared; None for an empty one, and where the
    county's rate is not known.
    """
    if denominator == 0:
        return None
    if denominator < few:
        return "few"
    if county is None:
        return None
    chance = tail(numerator, denominator, county)
    if chance >= OUTSIDE_95:
        return "alike"
    if numerator < denominator * county:
        return "far_below" if chance < OUTSIDE_998 else "below"
    return "far_above" if chance < OUTSIDE_998 else "above"


def missing(
    con: duckdb.DuckDBPyConnection,
    metric: str,
    as_of: date,
    by: Sequence[str] = ("township",),
    filters: Filters = NO_FILTERS,
    most: int | None = None,
) -> pl.DataFrame:
    """Who misses a rate over institutions or units (`compared` = units): [*by, name, misses, units].

    misses: how often, where one counts for several periods or tasks. Groups in natural order, within each
    those that miss most first, at most so many of a group's `units`. Raises QueryError for another metric.
    """
    _hold(known_metric(metric), "units")
    asked = figure(con, metric, by, filters)
    name = "unit" if "unit" in asked.columns else "institution"
    keys = "".join(f"{column(each)}, " for each in by)
    least = "".join(f"min({order(each)}) as order_{each}, " for each in by)
    groups = f"partition by {', '.join(column(each) for each in by)}" if by else ""
    sql = f"""
        with found as (
            select {keys} {least} {name} as name, count(*) as misses, from ({asked.population()})
            where not numerator group by {keys} {name}
        )
        select {keys} name, misses, count(*) over ({groups}) as units, from found
        qualify row_number() over ({groups} order by misses desc, name) <= $most_units
        order by {"".join(f"order_{each} nulls last, {column(each)}, " for each in by)} misses desc, name
    """
    params = parameters(filters, sql) | {"as_of": as_of, "most_units": most or NO_LIMIT}
    return fetch(con, sql, params)


def _hold(metric: Metric, compared: Literal["sample", "units"]) -> None:
    if metric.compared != compared:
        word = {"sample": "不是隐患或检查的比率，不作抽样比较", "units": "不是机构或单位的比率，没有名单"}
        raise QueryError(f"{metric.name}（{metric.code}）{word[compared]}")
