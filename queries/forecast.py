"""A modest forecast: how many of today's open hazards will still be open on the campaign's last day."""

from dataclasses import asdict, dataclass
from datetime import date
from math import exp

import duckdb
import polars as pl

from queries.chance import OUTSIDE_95, poisson_limits, quantile
from queries.evaluate import NO_FILTERS
from queries.filters import Filters, conditions, parameters
from queries.warehouse import columns, fetch

COUNTED = """
    select
        towns.county,
        towns.township,
        count(hazards.hazard_id) filter (not hazards.is_rectified)::integer as open,
        count(hazards.rectified_on) filter (hazards.rectified_on > begun_on)::integer as closings,
        coalesce(sum(
            greatest(coalesce(hazards.rectified_on, $as_of) - greatest(hazards.found_on - 1, begun_on), 0)
        ) filter (hazards.hazard_id is not null), 0)::integer as open_days,
        any_value(campaign.to_on - $as_of)::integer as days_left,
    from towns
    cross join (select $as_of - pace_days() as begun_on)
    cross join campaign
    left join (from hazards_as_of($as_of) {where}) as hazards
        on towns.township_id = hazards.township_id
    group by towns.township_id, towns.township, towns.county
    order by towns.township_id
"""


@dataclass(frozen=True)
class Forecast:
    """Of so many hazards open now: how many are expected to be left, and the 95 % range of their number."""

    left: float
    low: int
    high: int


def counted(con: duckdb.DuckDBPyConnection, as_of: date, filters: Filters = NO_FILTERS) -> pl.DataFrame:
    """What the forecast is made of: [county, township, open, closings, open_days, days_left], town by town.

    open: hazards not rectified on as_of; closings: those rectified in the last pace_days (campaign.toml);
    open_days: the days in these on which a hazard was open, the day of its closing with them; days_left: to
    the campaign's last day. A stock: the window is ignored; hazards yet to be found are not counted.
    """
    kept = conditions(columns(con, "hazards_as_of($as_of)"), filters, has_window=False)
    sql = COUNTED.format(where=f"where {' and '.join(kept)}" if kept else "")
    return fetch(con, sql, {"as_of": as_of, **parameters(filters, sql)})


def together(counts: pl.DataFrame, by: str | None = None) -> pl.DataFrame:
    """The counts of some towns in one row, or one a county: [by, open, closings, open_days, days_left]."""
    added = pl.sum("open", "closings", "open_days"), pl.max("days_left")
    return counts.group_by(by, maintain_order=True).agg(*added) if by else counts.select(*added)


def left_open(counts: pl.DataFrame) -> pl.DataFrame:
    """The forecast of what was counted, row by row: [*its columns, left, low, high], of `forecast`.

    Null where that gives none.
    """
    names = ("open", "closings", "open_days", "days_left")
    each = [forecast(*row) for row in counts.select(names).iter_rows()]
    schema = {"left": pl.Float64, "low": pl.Int64, "high": pl.Int64}
    forecasts = pl.DataFrame([asdict(one) if one else dict.fromkeys(schema) for one in each], schema=schema)
    return pl.concat([counts, forecasts], how="horizontal")


def forecast(n_open: int, closings: int, open_days: int, days_left: int) -> Forecast | None:
    """How many of `n_open` are left after `days_left` days, if each closes on any day as likely as lately.

    The rate is closings / open_days, the same for every hazard on every day. low: the 2.5 % quantile of
    those left at the rate's upper exact Poisson limit; high: the 97.5 % quantile at its lower limit. None
    where nothing was closed lately, so that no pace can be seen, and from the campaign's last day on.
    """
    if closings == 0 or days_left <= 0:
        return None
    slowest, fastest = (limit / open_days for limit in poisson_limits(closings))
    return Forecast(
        n_open * exp(-closings / open_days * days_left),
        quantile(OUTSIDE_95, n_open, exp(-fastest * days_left)),
        quantile(1 - OUTSIDE_95, n_open, exp(-slowest * days_left)),
    )
