"""Is a figure good enough: against the plan's dated thresholds, in one of three words."""

from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Literal

import duckdb

from queries.catalog import Metric, catalog
from queries.plan import thresholds

Judgement = Literal["good", "warn", "alarm"]

NORMAL_95 = 1.959963984540054
"""The 97.5 % quantile of the normal distribution."""


@dataclass(frozen=True)
class Limits:
    """The threshold of a metric that is in force."""

    target: float
    warn: float
    alarm: float


def limits(con: duckdb.DuckDBPyConnection, as_of: date) -> dict[str, Limits]:
    """The thresholds in force on a day, by metric."""
    found = thresholds(con, as_of).drop("from_on").iter_rows(named=True)
    return {str(row.pop("metric")): Limits(**row) for row in found}


def judge(
    con: duckdb.DuckDBPyConnection,
    metric: str,
    value: float | None,
    as_of: date,
    *,
    has_overdue_major: bool = False,
) -> Judgement | None:
    """Judge one figure; None where there is no value or nothing to hold it against.

    `has_overdue_major` says whether an overdue major hazard is among those counted. Many figures at once:
    take `limits` once and use `judge_by`.
    """
    return judge_by(limits(con, as_of), metric, value, has_overdue_major=has_overdue_major)


def judge_by(
    known: dict[str, Limits], metric: str, value: float | None, *, has_overdue_major: bool = False
) -> Judgement | None:
    """Judge one figure by thresholds already read."""
    about = catalog()[metric]
    if value is None:
        return None
    if about.summary == "count":
        return _judge_count(about, value, has_overdue_major=has_overdue_major)
    return _judge_value(about, value, known[metric]) if metric in known else None


def _judge_count(metric: Metric, value: float, *, has_overdue_major: bool) -> Judgement | None:
    if metric.good == "neither":
        return None
    if value == 0:
        return "good"
    return "alarm" if has_overdue_major else "warn"


def _judge_value(metric: Metric, value: float, against: Limits) -> Judgement:
    way = -1 if metric.good == "low" else 1
    if way * value >= way * against.warn:
        return "good"
    return "warn" if way * value >= way * against.alarm else "alarm"


def interval(numerator: int, denominator: int) -> tuple[float, float] | None:
    """The Wilson 95 % interval of a share, as fractions of 1; None for an empty denominator."""
    if denominator == 0:
        return None
    share = numerator / denominator
    weight = NORMAL_95**2 / denominator
    middle = (share + weight / 2) / (1 + weight)
    half = NORMAL_95 * sqrt(share * (1 - share) / denominator + weight / (4 * denominator)) / (1 + weight)
    return max(middle - half, 0.0), min(middle + half, 1.0)
