"""A figure on many days, kept day by day: from one day to the next a trend keeps all month-ends but one."""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import date
from threading import Lock
from typing import Any

import polars as pl

from dashboard import answers
from dashboard.keeping import KEEPING
from dashboard.session import connection
from queries import compare, evaluate, of_towns
from queries.filters import Filters

MOST = 20_000
FEW = 2
Row = tuple[Any, ...]
Key = tuple[str, str, Filters, date]
"""A build, a metric, the filters, a day."""

SCHEMA = {"day": pl.Date, "numerator": pl.Int64, "denominator": pl.Int64, "value": pl.Float64}

_kept: OrderedDict[Key, Row] = OrderedDict()
_lock = Lock()


def trend(build: str, metric: str, days: Sequence[date], filters: Filters = Filters()) -> pl.DataFrame:
    """One metric anew at each day: [day, numerator, denominator, value]."""
    keys: list[Key] = [(build, metric, filters, day) for day in days]
    with _lock:
        known = {key: _kept[key] for key in keys if key in _kept}
    unknown = [day for key, day in zip(keys, days, strict=True) if key not in known]
    found = _found(build, metric, unknown, filters) if unknown else {}
    with _lock:
        _keep(found | known)
    return pl.DataFrame([(known | found)[key] for key in keys], SCHEMA, orient="row")


def _found(build: str, metric: str, days: Sequence[date], filters: Filters) -> dict[Key, Row]:
    """The figures of the days; of one town those of all towns, where that takes but one question too."""
    wide = answers.widened(build, (metric,), (), filters)
    if wide is None:
        frame = _asked(build, metric, days, (), filters)
        return {(build, metric, filters, row[0]): row for row in frame.iter_rows()}
    frame = _asked(build, metric, days, *wide)
    of_each = {town: of_towns.hold_to(filters, (town,)) for town in answers.townships(build)}
    rows = zip(frame[of_towns.TOWN], frame.select(*SCHEMA).iter_rows(), strict=True)
    return {(build, metric, of_each[town], row[0]): row for town, row in rows if town in of_each}


def _asked(
    build: str, metric: str, days: Sequence[date], by: Sequence[str], filters: Filters
) -> pl.DataFrame:
    """Few days are asked about each by itself, as the queries keep what was true on it; many in one query."""
    con = connection(build)
    columns = [*SCHEMA, *by]
    if len(days) > FEW:
        return evaluate.trend(con, metric, days, by, filters).select(columns)
    each = [evaluate.evaluate(con, metric, day, by, filters).with_columns(day=day) for day in days]
    return pl.concat(frame.select(columns) for frame in each)


def _let_go() -> None:
    with _lock:
        _kept.clear()


KEEPING.append(_let_go)


def change(build: str, metric: str, as_of: date, earlier: date, filters: Filters = Filters()) -> pl.DataFrame:
    """One metric on two days, in one row: the columns of queries.compare.change."""
    both = trend(build, metric, sorted({as_of, earlier}), filters)
    return compare.moved(both, evaluate.known_metric(metric), as_of, earlier)


def _keep(rows: dict[Key, Row]) -> None:
    for key, row in rows.items():
        _kept[key] = row
        _kept.move_to_end(key)
    while len(_kept) > MOST:
        _kept.popitem(last=False)
