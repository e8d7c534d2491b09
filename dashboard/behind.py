"""What stands behind a figure: the population of a metric, or the records of a rule of 今日必督."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
import streamlit as st

from dashboard import answers, headline, listing
from dashboard.view import View
from dashboard.words import figure, fraction, number, period
from queries.catalog import Metric

FILTERED = ("township", "institution")
"""Dimensions that the shared filters hold."""
MISSING, REACHED, EVERY = "未达到", "已达到", "全部"


@dataclass(frozen=True)
class Asked:
    """The records asked for: a message, what they are, the rows, and their columns' Chinese titles."""

    name: str
    message: str
    explain: str
    rows: pl.DataFrame
    titles: Mapping[str, str]
    is_rate: bool = False


def asked(view: View, query: Mapping[str, str]) -> Asked | None:
    """What a link asks for: `action` (with duty or task), `task`, or `metric` (with its dimensions)."""
    if query.get("action") in answers.action_rules(view.code):
        return _of_action(view, query)
    if query.get("task") in answers.names(view.code, "task"):
        return _of_task(view, query["task"])
    if query.get("metric") in answers.metrics():
        return _of_metric(view, query)
    return None


def choose(shown: Asked) -> pl.DataFrame:
    """Of a rate those that miss it first; the reader may look at the others."""
    if not shown.is_rate or "numerator" not in shown.rows.columns:
        return shown.rows
    reached = shown.rows.filter(pl.col("numerator").cast(pl.Boolean))
    missing = shown.rows.filter(~pl.col("numerator").cast(pl.Boolean))
    parts = {MISSING: missing, REACHED: reached, EVERY: shown.rows}
    labels = {name: f"{name} {number(rows.height)} 条" for name, rows in parts.items()}
    default = MISSING if missing.height else EVERY
    chosen = st.segmented_control(
        "看哪些", list(parts), format_func=labels.__getitem__, default=default, required=True
    )
    return parts[chosen]


def _of_action(view: View, query: Mapping[str, str]) -> Asked:
    rule = answers.action_rules(view.code)[query["action"]]
    items = answers.actions(view.code, view.as_of, view.filters).filter(action=query["action"])
    for key in ("duty", "period", "task"):
        if query.get(key):
            items = items.filter(pl.col(key) == query[key])
    kind, rows = _records_of(view, items)
    message = f"{rule['action_name']}：{number(rows.height)} 项"
    return Asked(
        rule["action_name"],
        message,
        f"要求：{rule['asks']}（{rule['actor']}，方案{rule['clause']}）",
        rows,
        listing.titles(kind, rows),
    )


def _records_of(view: View, items: pl.DataFrame) -> tuple[str, pl.DataFrame]:
    """The full records of some items of 今日必督, in their order."""
    for kind, keys in (("hazards", ["hazard_id"]), ("tasks", ["task", "unit"])):
        known = items.drop_nulls(keys[0])
        if known.height:
            every = answers.table(view.code, kind, view.as_of, view.filters)
            return kind, known.select(keys).join(every, on=keys, how="inner", maintain_order="left")
    return "actions", items


def _of_task(view: View, task: str) -> Asked:
    """A task of the plan, unit by unit: first those that have not done it, or not as the records show."""
    every = answers.table(view.code, "tasks", view.as_of, view.filters).filter(task=task)
    rows = every.with_columns(
        (pl.col("is_done") & pl.col("is_supported").fill_null(value=True)).alias("numerator")
    )
    name = answers.names(view.code, "task")[task]
    done, reached = every.filter("is_done").height, rows.filter("numerator").height
    doubted = f"，其中 {done - reached} 个记录不支持" if done > reached else ""
    clause = "".join(f"依据方案{value}。" for value in every["clause"].unique())
    return Asked(
        name,
        f"{name}：{number(rows.height)} 个单位，{number(done)} 个上报完成{doubted}",
        f"{clause}未达到：没有完成，或上报完成而台账记录不支持。",
        rows,
        listing.titles("tasks", rows),
        is_rate=True,
    )


def _of_metric(view: View, query: Mapping[str, str]) -> Asked:
    metric = answers.metric(query["metric"])
    accepted = answers.dimensions(view.code, metric.code)
    group = tuple((name, query[name]) for name in accepted if name in query and name not in FILTERED)
    rows = answers.rows(view.code, metric.code, view.as_of, view.filters, group)
    now = headline.value(
        answers.figures(
            view.code, (metric.code,), view.as_of, tuple(name for name, _ in group), view.filters
        ),
        **dict(group),
    )
    kind = listing.kind_of(metric.code, rows)
    return Asked(
        metric.name,
        f"{_described(view, group)}{metric.name} {_said(metric, now, rows)}",
        metric.explain,
        listing.urgent_first(rows),
        listing.titles(kind, rows),
        is_rate=metric.summary == "share",
    )


def _said(metric: Metric, now: headline.Value, rows: pl.DataFrame) -> str:
    if metric.summary == "count":
        return f"{number(rows.height)} {metric.unit_name}"
    return f"{figure(now.value, metric)}（{fraction(now.numerator, now.denominator)}）"


def _described(view: View, group: tuple[tuple[str, str], ...]) -> str:
    places = "、".join((*view.filters.townships, *view.filters.institutions))
    words = [
        period(value) if name == "period" else answers.word(view.code, name, value) for name, value in group
    ]
    return "".join(f"{part} " for part in (places, *words) if part)
