"""A figure on many days, kept day by day: from one day to the next a trend keeps all month-ends but one."""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import date
from threading import Lock
from typing import Any

import polars as pl

from dashboard.session import connection
from queries import compare, evaluate
from queries.filters import Filters

MOST = 20_000
FEW = 2
SCHEMA = {"day": pl.Date, "numerator": pl.Int64, "denominator": pl.Int64, "value": pl.Float64}

_kept: OrderedDict[tuple[object, ...], tuple[Any, ...]] = OrderedDict()
_lock = Lock()


def trend(build: str, metric: str, days: Sequence[date], filters: Filters = Filters()) -> pl.DataFrame:
    """One metric anew at each day: [day, numerator, denominator, value]."""
    keys = {day: (build, metric, filters, day) for day in days}
    with _lock:
        known = {day: _kept[key] for day, key in keys.items() if key in _kept}
    unknown = [day for day in days if day not in known]
    if unknown:
        known |= {row[0]: row for row in _asked(build, metric, unknown, filters).iter_rows()}
    with _lock:
        _keep({keys[day]: known[day] for day in days})
    return pl.DataFrame([known[day] for day in days], SCHEMA, orient="row")


def _asked(build: str, metric: str, days: Sequence[date], filters: Filters) -> pl.DataFrame:
    """Few days are asked about each by itself, as the queries keep what was true on it; many in one query."""
    con = connection(build)
    if len(days) > FEW:
        return evaluate.trend(con, metric, days, (), filters).select(*SCHEMA)
    each = [evaluate.evaluate(con, metric, day, (), filters).with_columns(day=day) for day in days]
    return pl.concat(frame.select(*SCHEMA) for frame in each)


def change(build: str, metric: str, as_of: date, earlier: date, filters: Filters = Filters()) -> pl.DataFrame:
    """One metric on two days, in one row: the columns of queries.compare.change."""
    both = trend(build, metric, sorted({as_of, earlier}), filters)
    return compare.moved(both, evaluate.known_metric(metric), as_of, earlier)


def _keep(rows: dict[tuple[object, ...], tuple[Any, ...]]) -> None:
    for key, row in rows.items():
        _kept[key] = row
        _kept.move_to_end(key)
    while len(_kept) > MOST:
        _kept.popitem(last=False)
