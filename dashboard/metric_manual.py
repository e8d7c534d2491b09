"""The catalogue as a readable manual, topic by topic."""

from itertools import groupby

from dashboard import answers, judging, markup
from dashboard.markup import Html
from dashboard.parts import plain_table
from dashboard.view import View
from dashboard.words import percent
from queries.catalog import DIMENSIONS, Metric

DIRECTIONS = {"high": "越高越好", "low": "越低越好", "neither": "不分好坏"}


def draw(view: View) -> None:
    metrics = [answers.metric(code) for code in answers.metrics()]
    for topic, group in groupby(metrics, key=lambda metric: metric.topic):
        markup.title(topic)
        heads = ("指标", "说明与算法", "目标与阈值", "可按", "条款")
        plain_table.draw(f"{topic}类指标", heads, [_row(view, metric) for metric in group])


def _row(view: View, metric: Metric) -> tuple[object, ...]:
    return (
        _two(f"<b>{markup.text(metric.name)}</b>", f"命令行用名 {metric.code}"),
        _two(markup.text(metric.explain), "；".join(filter(None, (_formula(metric), metric.note)))),
        _two(_levels(view, metric), DIRECTIONS[metric.good] + ("；存量" if metric.stock else "")),
        "、".join(DIMENSIONS[name] for name in answers.dimensions(view.code, metric.code)),
        f"方案{metric.clause}",
    )


def _two(first: str, second: str) -> Html:
    """A line and, in quiet, a second one beneath."""
    return Html(f'{first}<br><span class="muted">{markup.text(second)}</span>')


def _formula(metric: Metric) -> str:
    return f"{metric.numerator} ÷ {metric.denominator}" if metric.denominator else metric.numerator


def _levels(view: View, metric: Metric) -> str:
    levels = judging.in_force(view.code, view.as_of).get(metric.code)
    if levels is None:
        return "—"
    better = "≥" if metric.good == "high" else "≤"
    return (
        f"目标 {percent(levels.target, 0)}；达标 {better} {percent(levels.warn, 0)}，"
        f"关注 {better} {percent(levels.alarm, 0)}"
    )
