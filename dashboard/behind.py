"""What stands behind a figure: the population of a metric, or the records of a rule of 今日必督."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from dashboard import answers, headline, listing
from dashboard.view import View
from dashboard.words import figure, fraction, number, period
from queries import records
from queries.catalog import Metric
from queries.rows import Rows

FILTERED = ("county", "township", "institution")
"""Dimensions that the shared filters hold."""
RECORDS = {
    "overdue_major": ("hazards", ("hazard_id",)),
    "unreported_major": ("hazards", ("hazard_id",)),
    "major_due_soon": ("hazards", ("hazard_id",)),
    "overdue_general": ("hazards", ("hazard_id",)),
    "due_soon": ("hazards", ("hazard_id",)),
    "task_behind": ("tasks", ("task", "unit")),
}
"""Of which records the items of a rule are, and by which columns; of other rules the items say it all."""
MISSING, REACHED, EVERY = "未达到", "已达到", "全部"


@dataclass(frozen=True)
class Asked:
    """The records asked for: a message, what they are, the rows, and their columns' Chinese titles."""

    name: str
    message: str
    explain: str
    rows: Rows
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


def choose(view: View, shown: Asked) -> Rows:
    """Of a rate those that miss it first; the reader may look at the others."""
    if not shown.is_rate or "numerator" not in shown.rows.columns:
        return shown.rows
    counts = _counts(view, shown.rows)
    labels = {name: f"{name} {number(count)} 条" for name, count in counts.items()}
    chosen = st.segmented_control(
        "看哪些",
        list(counts),
        format_func=labels.__getitem__,
        default=MISSING if counts[MISSING] else EVERY,
        required=True,
    )
    wanted = {MISSING: "not numerator", REACHED: "numerator"}
    return shown.rows.where(wanted[chosen]) if chosen in wanted else shown.rows


def _counts(view: View, rows: Rows) -> dict[str, int]:
    found = answers.tally(view.code, rows, every="count(*)", reached="count(*) filter (numerator)")
    every, reached = found.row(0)
    return {MISSING: every - reached, REACHED: reached, EVERY: every}


def _of_action(view: View, query: Mapping[str, str]) -> Asked:
    rule = answers.action_rules(view.code)[query["action"]]
    items = answers.listed(view.code, "actions", view.as_of, view.filters)
    for key in ("action", "duty", "period", "task"):
        if query.get(key):
            items = items.where(f"{key} = $asked_{key}", **{f"asked_{key}": query[key]})
    kind, rows = _records_of(view, query["action"], items)
    return Asked(
        rule["action_name"],
        f"{rule['action_name']}：{number(answers.count(view.code, rows))} 项",
        f"要求：{rule['asks']}（{rule['actor']}，方案{rule['clause']}）",
        rows,
        listing.titles(kind, rows.columns),
    )


def _records_of(view: View, action: str, items: Rows) -> tuple[str, Rows]:
    """The full records of some items of 今日必督, in their order."""
    kind, keys = RECORDS.get(action, ("actions", ()))
    if not keys:
        return kind, items
    return kind, answers.listed(view.code, kind, view.as_of, view.filters).of_those(items, keys, "position")


def _of_task(view: View, task: str) -> Asked:
    """A task of the plan, unit by unit: first those that have not done it, or not as the records show."""
    every = answers.listed(view.code, "tasks", view.as_of, view.filters).where("task = $asked", asked=task)
    rows = every.with_column("numerator", "is_done and coalesce(is_supported, true)")
    name = answers.names(view.code, "task")[task]
    found = answers.tally(
        view.code,
        rows,
        units="count(*)",
        done="count(*) filter (is_done)",
        reached="count(*) filter (numerator)",
        clauses="list(distinct clause)",
    )
    count, done, reached, clauses = found.row(0)
    doubted = f"，其中 {number(done - reached)} 个记录不支持" if done > reached else ""
    clause = "".join(f"依据方案{value}。" for value in clauses or ())
    return Asked(
        name,
        f"{name}：{number(count)} 个单位，{number(done)} 个上报完成{doubted}",
        f"{clause}未达到：没有完成，或上报完成而台账记录不支持。",
        rows,
        listing.titles("tasks", rows.columns),
        is_rate=True,
    )


def _of_metric(view: View, query: Mapping[str, str]) -> Asked:
    metric = answers.metric(query["metric"])
    accepted = answers.dimensions(view.code, metric.code)
    group = tuple((name, query[name]) for name in accepted if name in query and name not in FILTERED)
    rows = answers.behind(view.code, metric.code, view.as_of, view.filters, group)
    now = headline.value(
        answers.figures(
            view.code, (metric.code,), view.as_of, tuple(name for name, _ in group), view.filters
        ),
        **dict(group),
    )
    kind = records.kind_of(metric.code, rows.columns)
    return Asked(
        metric.name,
        f"{_described(view, group)}{metric.name} {_said(view, metric, now, rows)}",
        metric.explain,
        listing.urgent_first(rows),
        listing.titles(kind, rows.columns),
        is_rate=metric.summary == "share",
    )


def _said(view: View, metric: Metric, now: headline.Value, rows: Rows) -> str:
    if metric.summary == "count":
        return f"{number(answers.count(view.code, rows))} {metric.unit_name}"
    return f"{figure(now.value, metric)}（{fraction(now.numerator, now.denominator)}）"


def _described(view: View, group: tuple[tuple[str, str], ...]) -> str:
    named = (*view.filters.townships, *view.filters.institutions)
    places = "、".join(named or view.filters.counties)
    words = [
        period(value) if name == "period" else answers.word(view.code, name, value) for name, value in group
    ]
    return "".join(f"{part} " for part in (places, *words) if part)
