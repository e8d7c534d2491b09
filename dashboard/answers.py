"""Answers of the queries, kept per build: the same question is computed once, whoever asks.

Each function takes the build's code first, so a new build is never served an old build's figures. What is
known of some towns is taken from what is known of all, where that is one question (queries/of_towns.py).
"""

from dataclasses import replace
from datetime import date

import polars as pl

from dashboard import registers
from dashboard.keeping import kept
from dashboard.session import connection
from queries import curve, evaluate, fair, forecast, of_towns, origin, plan, records, rows, todo, worst
from queries.catalog import Metric, catalog
from queries.evaluate import Question
from queries.filters import Filters
from queries.parts import Outline
from queries.rows import Rows
from queries.warehouse import fetch


@kept
def figures(
    build: str, metrics: tuple[str, ...], as_of: date, by: tuple[str, ...] = (), filters: Filters = Filters()
) -> pl.DataFrame:
    """Several metrics in one query: [metric, *by, numerator, denominator, value]."""
    if wide := widened(build, metrics, by, filters):
        return of_towns.narrowed(figures(build, metrics, as_of, *wide), by, filters)
    return evaluate.evaluate_many(connection(build), metrics, as_of, by, filters)


@kept
def answered(build: str, questions: tuple[Question, ...]) -> pl.DataFrame:
    """Questions by the same dimensions about the same towns in one query: as evaluate.answered."""
    wide = [(each, widened(build, (each.metric,), each.by, each.filters)) for each in questions]
    about_all = [replace(each, by=asked[0], filters=asked[1]) for each, asked in wide if asked]
    if questions and len(about_all) == len(questions):
        return of_towns.narrowed(answered(build, tuple(about_all)), questions[0].by, questions[0].filters)
    return evaluate.answered(connection(build), questions)


@kept
def widened(
    build: str, metrics: tuple[str, ...], by: tuple[str, ...], filters: Filters
) -> of_towns.Asked | None:
    """The question about all towns that answers one about some of them, where there is one."""
    return of_towns.widened(connection(build), registers.townships(build), metrics, by, filters)


@kept
def towns(
    build: str, metric: str, as_of: date, filters: Filters = Filters(), by: str = "township"
) -> pl.DataFrame:
    """Each town's, or home's, rate against the county's: the columns of queries.fair.towns."""
    if wide := widened(build, (metric,), (by,), filters):
        return of_towns.rows_of(towns(build, metric, as_of, wide[1], by), filters)
    return fair.towns(connection(build), metric, as_of, filters, by)


@kept
def missing(
    build: str, metric: str, as_of: date, by: tuple[str, ...], filters: Filters, most: int
) -> pl.DataFrame:
    """Who misses a rate over institutions or units, those that miss most first: queries.fair.missing."""
    return fair.missing(connection(build), metric, as_of, by, filters, most)


@kept
def behind(
    build: str,
    metric: str,
    as_of: date,
    filters: Filters = Filters(),
    where: tuple[tuple[str, str | None], ...] = (),
) -> Rows:
    """The rows behind a figure: the metric's population, marked; `where` picks one group of it."""
    return records.behind(connection(build), metric, as_of, filters, dict(where))


@kept
def listed(build: str, kind: str, as_of: date, filters: Filters = Filters()) -> Rows:
    """The records of one kind as known on a day, with the columns records.titles names."""
    return records.listed(connection(build), kind, as_of, filters)


@kept
def taken(
    build: str, known: Rows, columns: tuple[str, ...] = (), most: int | None = None, first: int = 0
) -> pl.DataFrame:
    """Some rows in their order: some columns (default all), at most so many, from the first-th on."""
    return rows.read(connection(build), known, columns, most, first)


def count(build: str, known: Rows) -> int:
    return _count(build, known.ordered("all"))


@kept
def _count(build: str, known: Rows) -> int:
    return rows.count(connection(build), known)


@kept
def tally(
    build: str,
    known: Rows,
    by: tuple[str, ...] = (),
    order: str = "all",
    most: int | None = None,
    **told: str,
) -> pl.DataFrame:
    """Groups of rows told by aggregates in SQL: [*by, *told], in an order, at most so many."""
    return rows.group(connection(build), known, by, order, most, **told)


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
def todo_lines(
    build: str, as_of: date, filters: Filters, most: int, alarming: tuple[str, ...]
) -> pl.DataFrame:
    """今日必督 by lines, in the order of the rules of campaign.toml: the columns of queries.todo.lines."""
    return todo.lines(connection(build), as_of, filters, most, alarming)


@kept
def worst_homes(build: str, as_of: date, filters: Filters, words: tuple[str, ...], most: int) -> pl.DataFrame:
    """The homes to look at first: the columns of queries.worst.homes."""
    return worst.homes(connection(build), as_of, filters, words, most)


@kept
def all_of(build: str, kind: str, as_of: date, filters: Filters) -> pl.DataFrame:
    """All records of one kind of what has few: of one home, say."""
    return taken(build, listed(build, kind, as_of, filters))


@kept
def phase_tasks(build: str, as_of: date, filters: Filters = Filters()) -> pl.DataFrame:
    """The phases with their tasks: phases_as_of's columns and asked, done, late, unsupported."""
    asked = listed(build, "tasks", as_of, filters)
    counts = tally(
        build,
        asked,
        ("phase",),
        asked="count(*)",
        done="count(*) filter (is_done)",
        late="count(*) filter (is_overdue)",
        unsupported="count(*) filter (is_done and not is_supported)",
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
def left_open(build: str, as_of: date, filters: Filters = Filters(), by: str | None = None) -> pl.DataFrame:
    """How many of today's open hazards are expected to be left at the end: forecast.left_open."""
    counts = _open_by_town(build, as_of, filters)
    return forecast.left_open(forecast.together(counts, by))


@kept
def _open_by_town(build: str, as_of: date, filters: Filters) -> pl.DataFrame:
    if wide := widened(build, ("hazards_open",), (of_towns.TOWN,), filters):
        return of_towns.rows_of(_open_by_town(build, as_of, wide[1]), filters)
    return forecast.counted(connection(build), as_of, filters)


@kept
def closing_curve(build: str, as_of: date, by: tuple[str, ...], filters: Filters = Filters()) -> pl.DataFrame:
    """The Kaplan–Meier curve of closing times: [*by, days_taken, …, surviving]."""
    if wide := widened(build, (curve.METRIC,), by, filters):
        return of_towns.rows_of(closing_curve(build, as_of, *wide), filters).drop(of_towns.TOWN)
    return curve.closing_curve(connection(build), as_of, by, filters)


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
