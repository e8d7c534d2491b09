"""The catalogue as a readable manual, topic by topic, each metric with its case worked by hand."""

from itertools import groupby

from dashboard import answers, duty_grid, judging, markup
from dashboard.markup import Html
from dashboard.parts import plain_table
from dashboard.view import View
from dashboard.words import percent
from queries.cases_told import Told, told
from queries.catalog import DIMENSIONS, Metric

DIRECTIONS = {"high": "越高越好", "low": "越低越好", "neither": "不分好坏"}


def draw(view: View) -> None:
    metrics = [answers.metric(code) for code in answers.metrics()]
    for topic, group in groupby(metrics, key=lambda metric: metric.topic):
        markup.title(topic)
        heads = ("指标", "说明与算法", "目标与阈值", "可按", "条款")
        members = list(group)
        plain_table.draw(f"{topic}类指标", heads, [_row(view, metric) for metric in members])
        markup.put("".join(_example(metric) for metric in members))


def _row(view: View, metric: Metric) -> tuple[object, ...]:
    return (
        _two(f"<b>{markup.text(metric.name)}</b>", f"命令行用名 {metric.code}"),
        _two(
            markup.text(metric.explain),
            "；".join(filter(None, (*_formula(metric), *_asked(view, metric), metric.note))),
        ),
        _two(_levels(view, metric), DIRECTIONS[metric.good] + ("；存量" if metric.stock else "")),
        "、".join(DIMENSIONS[name] for name in answers.dimensions(view.code, metric.code)),
        f"方案{metric.clause}",
    )


def _example(metric: Metric) -> str:
    """The metric's case worked by hand, folded away."""
    tables = "".join(
        _table(f"{metric.name}例表 {number}", each) for number, each in enumerate(told(metric), 1)
    )
    return (
        f'<details class="zb-case"><summary>手算一例：{markup.text(metric.name)}</summary>{tables}</details>'
    )


def _table(label: str, table: Told) -> str:
    rows = [[Html(markup.text(cell) if cell else "") for cell in row] for row in table.rows]
    drawn = plain_table.html(f"{label}：{table.title}", table.heads, rows)
    return f"<p>{markup.text(table.title)}</p>{drawn}"


def _two(first: str, second: str) -> Html:
    """A line and, in quiet, a second one beneath."""
    return Html(f'{first}<br><span class="muted">{markup.text(second)}</span>')


def _formula(metric: Metric) -> tuple[str, str]:
    formula = f"{metric.numerator} ÷ {metric.denominator}" if metric.denominator else metric.numerator
    return formula, metric.grain


def _asked(view: View, metric: Metric) -> tuple[str, ...]:
    """Of a duty what the plan asks on the day."""
    duty = metric.code.removesuffix("_rate")
    return (
        (duty_grid.rule(view, duty).removesuffix("。"),) if duty in answers.names(view.code, "duty") else ()
    )


def _levels(view: View, metric: Metric) -> str:
    levels = judging.in_force(view.code, view.as_of).get(metric.code)
    if levels is None:
        return "—"
    better = "≥" if metric.good == "high" else "≤"
    return (
        f"目标 {percent(levels.target, 0)}；达标 {better} {percent(levels.warn, 0)}，"
        f"关注 {better} {percent(levels.alarm, 0)}"
    )
