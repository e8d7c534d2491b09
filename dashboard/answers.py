"""Answers of the queries, kept per build: the same question is computed once, whoever asks.

Each function takes the build's code first, so a new build is never served an old build's figures.
"""

from datetime import date
from functools import lru_cache

import polars as pl

from dashboard.session import connection
from queries import curve, evaluate, fair, forecast, origin, plan, records
from queries.catalog import Metric, catalog
from queries.filters import Filters
from queries.parts import Outline
from queries.warehouse import fetch

kept = lru_cache(maxsize=400)
"""Far cheaper to ask than Streamlit's cache, which hashes arguments and copies answers at every look: nobody
changes what is handed out here."""


HOMES = """
select institution, township, from institutions
inner join townships using (township_id) order by institution_id
"""


@kept
def figures(
    build: str, metrics: tuple[str, ...], as_of: date, by: tuple[str, ...] = (), filters: Filters = Filters()
) -> pl.DataFrame:
    """Several metrics in one query: [metric, *by, numerator, denominator, value]."""
    return evaluate.evaluate_many(connection(build), metrics, as_of, by, filters)


@kept
def towns(
    build: str, metric: str, as_of: date, filters: Filters = Filters(), by: str = "township"
) -> pl.DataFrame:
    """Each town's, or home's, rate against the county's: the columns of queries.fair.towns."""
    return fair.towns(connection(build), metric, as_of, filters, by)


@kept
def missing(
    build: str, metric: str, as_of: date, by: tuple[str, ...] = ("township",), filters: Filters = Filters()
) -> pl.DataFrame:
    """Who misses a rate over institutions or units: [*by, name, misses], those that miss most first."""
    return fair.missing(connection(build), metric, as_of, by, filters)


@kept
def rows(
    build: str,
    metric: str,
    as_of: date,
    filters: Filters = Filters(),
    where: tuple[tuple[str, str | None], ...] = (),
) -> pl.DataFrame:
    """The rows behind a figure: the metric's population, marked; `where` picks one group of it."""
    return evaluate.rows(connection(build), metric, as_of, filters, dict(where))


@kept
def table(build: str, kind: str, as_of: date, filters: Filters = Filters()) -> pl.DataFrame:
    """The records of one kind as known on a day, with the columns records.titles names."""
    return records.records(connection(build), kind, as_of, filters)


@kept
def sources(build: str, kind: str, record_id: int) -> pl.DataFrame:
    """The rows of the ledgers behind one record: the columns of queries.origin.sources."""
    return origin.sources(connection(build), kind, record_id)


@kept
def ask(build: str, sql: str, **parameters: object) -> pl.DataFrame:
    """Rows of the warehouse's public tables and macros; $name in the SQL is the parameter of that name."""
    return fetch(connection(build), sql, parameters)


@kept
def phases(build: str, as_of: date) -> pl.DataFrame:
    return plan.phases(connection(build), as_of)


@kept
def outline(build: str) -> Outline:
    """What the campaign is, and from when to when it runs."""
    return plan.outline(connection(build))


@kept
def setting(build: str, name: str) -> float:
    return float(getattr(plan.settings(connection(build)), name))


@kept
def townships(build: str) -> list[str]:
    """All towns in official order."""
    return ask(build, "select township from townships order by township_id")["township"].to_list()


@kept
def homes(build: str) -> list[tuple[str, str]]:
    """All institutions with their towns, in official order of the towns."""
    return ask(build, HOMES).rows()


@kept
def options(build: str, dimension: str) -> list[str]:
    """The words of a dimension of hazards that the ledgers hold, most frequent first."""
    words = ask(build, f"select {dimension}, count(*) as n from hazards group by all order by n desc, 1")
    return words[dimension].drop_nulls().to_list()


def metric(code: str) -> Metric:
    return catalog()[code]


def metrics() -> list[str]:
    return list(catalog())


@kept
def dimensions(build: str, code: str) -> tuple[str, ...]:
    return evaluate.dimensions(connection(build), code)


@kept
def actions(build: str, as_of: date, filters: Filters = Filters()) -> pl.DataFrame:
    """今日必督 in the order of the rules of campaign.toml."""
    return table(build, "actions", as_of, filters)


@kept
def phase_tasks(build: str, as_of: date, filters: Filters = Filters()) -> pl.DataFrame:
    """The phases with their tasks: phases_as_of's columns and asked, done, late, unsupported."""
    tasks = table(build, "tasks", as_of, filters)
    counts = tasks.group_by("phase").agg(
        pl.len().cast(pl.Int64).alias("asked"),
        pl.col("is_done").sum().cast(pl.Int64).alias("done"),
        pl.col("is_overdue").sum().cast(pl.Int64).alias("late"),
        (pl.col("is_done") & ~pl.col("is_supported")).sum().cast(pl.Int64).alias("unsupported"),
    )
    numbers = pl.col("asked", "done", "late", "unsupported").fill_null(0)
    return (
        phases(build, as_of).join(counts, on="phase", how="left", maintain_order="left").with_columns(numbers)
    )


@kept
def names(build: str, dimension: str) -> dict[str, str]:
    """The Chinese name of each phase, duty or task code."""
    sources = {"phase": ("phases", "from_on"), "duty": ("duty_rules", "duty_rank"), "task": ("tasks", "task")}
    source, order = sources[dimension]
    pairs = ask(build, f"select {dimension}, {dimension}_name, from {source} order by {order} desc").rows()
    return dict(reversed(dict(pairs).items()))


@kept
def left_open(
    build: str, as_of: date, filters: Filters = Filters(), *, by_town: bool = False
) -> pl.DataFrame:
    """How many of today's open hazards are expected to be left at the end: forecast.left_open."""
    return forecast.left_open(connection(build), as_of, filters, by_town=by_town)


@kept
def closing_curve(build: str, as_of: date, filters: Filters = Filters()) -> pl.DataFrame:
    """The Kaplan–Meier curve of closing times by severity: [severity, days_taken, …, surviving]."""
    return curve.closing_curve(connection(build), as_of, ("severity",), filters)


@kept
def ignored(build: str, code: str, filters: Filters) -> list[str]:
    """The filters that are set but cannot apply to a metric."""
    return list(dict.fromkeys(evaluate.ignored(connection(build), code, filters)))


@kept
def periods(build: str, as_of: date) -> list[str]:
    """All periods of any duty begun by a day."""
    return duty_periods(build, as_of)["period"].unique(maintain_order=True).to_list()


@kept
def duty_periods(build: str, as_of: date) -> pl.DataFrame:
    """One row per duty and period begun by a day: the columns of queries.plan.duty_periods."""
    return plan.duty_periods(connection(build), as_of)


@kept
def major_words(build: str) -> list[str]:
    """The words of severity that stand for a major hazard."""
    return ask(build, "select distinct severity from hazards where is_major")["severity"].to_list()


@kept
def action_rules(build: str) -> dict[str, dict[str, str]]:
    """The rules of 今日必督 by code: action_name, asks, actor, clause."""
    return {row["action"]: row for row in ask(build, "from action_rules order by rank").to_dicts()}


def word(build: str, dimension: str, value: str) -> str:
    """The Chinese of a dimension's value: phases and duties have codes, all else is Chinese already."""
    return names(build, dimension).get(value, value) if dimension in {"phase", "duty"} else value
