"""Figures: a metric on a day, by dimensions, under filters."""

from collections import ChainMap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from weakref import WeakKeyDictionary

import duckdb
import polars as pl

from queries.catalog import DIMENSIONS, Metric, catalog
from queries.filters import Filters, ignored_filters, parameters
from queries.judge import judge
from queries.statement import Figure, in_one_statement
from queries.warehouse import fetch, keeps_days

__all__ = [
    "NO_FILTERS",
    "Filters",
    "QueryError",
    "Question",
    "answered",
    "dimensions",
    "evaluate",
    "evaluate_many",
    "figure",
    "ignored",
    "judge",
    "known_metric",
    "trend",
]

NO_FILTERS = Filters()

_known_columns: WeakKeyDictionary[duckdb.DuckDBPyConnection, dict[str, frozenset[str]]] = WeakKeyDictionary()
"""The columns of each metric's macro, by connection: a build never changes while it is open."""


class QueryError(ValueError):
    """A question that cannot be answered; the message is Chinese."""


@dataclass(frozen=True)
class Question:
    """A metric as known on a day, by dimensions, under filters."""

    metric: str
    as_of: date
    by: tuple[str, ...] = ()
    filters: Filters = NO_FILTERS


def evaluate(
    con: duckdb.DuckDBPyConnection,
    metric: str,
    as_of: date,
    by: Sequence[str] = (),
    filters: Filters = NO_FILTERS,
) -> pl.DataFrame:
    """Evaluate a metric as known on a day: [*by, numerator, denominator, value].

    value: a fraction of 1, a count or days; null for an empty denominator. A count has neither numerator
    nor denominator; a median has events and n. By township every town appears, in official order.
    Raises QueryError for an unknown metric or a dimension it does not accept.
    """
    asked = figure(con, metric, by, filters)
    sql = asked.alone()
    return fetch(con, sql, {"as_of": as_of, **parameters(filters, sql)})


def evaluate_many(
    con: duckdb.DuckDBPyConnection,
    metrics: Sequence[str],
    as_of: date,
    by: Sequence[str] = (),
    filters: Filters = NO_FILTERS,
) -> pl.DataFrame:
    """Evaluate several metrics in one statement: [metric, *by, numerator, denominator, value]."""
    found = answered(con, [Question(metric, as_of, tuple(by), filters) for metric in metrics])
    names = pl.Series("metric", metrics, pl.String).gather(found["place"])
    return found.with_columns(names).select("metric", pl.exclude("metric", "place"))


def answered(con: duckdb.DuckDBPyConnection, questions: Sequence[Question]) -> pl.DataFrame:
    """Answer questions by the same dimensions in one statement: far sooner planned than one by one.

    [place, *by, numerator, denominator, value]: place is a question's among those given, in whose order the
    answers come. Raises QueryError as `evaluate` does.
    """
    if len(questions) == 1:
        (alone,) = questions
        found = evaluate(con, alone.metric, alone.as_of, alone.by, alone.filters)
        return found.select(pl.lit(0, pl.Int32).alias("place"), pl.all())
    pairs = dict.fromkeys((each.as_of, each.filters) for each in questions)
    marks = {pair: f"_{place}" if place else "" for place, pair in enumerate(pairs)}
    figures = [figure(con, each.metric, each.by, each.filters) for each in questions]
    sql = in_one_statement(figures, [marks[each.as_of, each.filters] for each in questions])
    given = [
        {f"as_of{mark}": as_of, **parameters(filters, sql, mark)} for (as_of, filters), mark in marks.items()
    ]
    return fetch(con, sql, dict(ChainMap(*given)))


def trend(
    con: duckdb.DuckDBPyConnection,
    metric: str,
    days: Sequence[date],
    by: Sequence[str] = (),
    filters: Filters = NO_FILTERS,
) -> pl.DataFrame:
    """Evaluate a metric on each of several days: [day, *by, numerator, denominator, value].

    Each day is evaluated anew, as if it were the as-of date.
    """
    asked = figure(con, metric, by, filters, is_trend=True)
    sql = (asked if keeps_days(con) else replace(asked, apart=tuple(days))).alone()
    return fetch(con, sql, {"days": list(days), **parameters(filters, sql)})


def dimensions(con: duckdb.DuckDBPyConnection, metric: str) -> tuple[str, ...]:
    """List the dimensions a metric accepts: those among its macro's columns."""
    columns = _columns(con, known_metric(metric))
    return tuple(name for name in DIMENSIONS if name in columns)


def ignored(con: duckdb.DuckDBPyConnection, metric: str, filters: Filters) -> list[str]:
    """List the filters (fields of Filters) that are set but cannot apply to a metric."""
    known = known_metric(metric)
    return ignored_filters(_columns(con, known), filters, is_stock=known.stock)


def known_metric(code: str) -> Metric:
    """Look up a metric of the catalogue; raises QueryError naming the known ones."""
    metrics = catalog()
    if code not in metrics:
        raise QueryError(f"没有指标 {code}；可用：{'、'.join(metrics)}")
    return metrics[code]


def figure(
    con: duckdb.DuckDBPyConnection,
    code: str,
    by: Sequence[str],
    filters: Filters,
    *,
    is_trend: bool = False,
) -> Figure:
    """Put a question together; raises QueryError where it cannot be asked."""
    metric = known_metric(code)
    columns = _columns(con, metric)
    for name in by:
        if name not in columns or name not in DIMENSIONS:
            accepted = "、".join(each for each in DIMENSIONS if each in columns)
            raise QueryError(f"{metric.name}（{code}）不能按 {name} 分；可用：{accepted}")
    return Figure(metric, columns, tuple(by), filters, is_trend)


def _columns(con: duckdb.DuckDBPyConnection, metric: Metric) -> frozenset[str]:
    if con not in _known_columns:
        sql = "select metric, list(column_name) as columns from metric_columns group by metric"
        _known_columns[con] = {code: frozenset(columns) for code, columns in fetch(con, sql).iter_rows()}
    return _known_columns[con][metric.code]
