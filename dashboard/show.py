"""What pages say: a page names its figures, and these verbs draw them with the shared filters."""

from collections.abc import Mapping

import polars as pl
import streamlit as st

from dashboard import (
    answers,
    charts,
    headline,
    listing,
    markup,
    picking,
    sentences,
    top_line,
    trends,
)
from dashboard.parts import cards as drawn_cards
from dashboard.parts.cards import Card
from dashboard.picking import UNKNOWN, Picks
from dashboard.tokens import ACCENT, GENERAL, JUDGEMENT_COLOURS, MAJOR
from dashboard.view import View
from dashboard.words import NOTHING, number
from queries import records
from queries.catalog import DIMENSIONS
from queries.days import ends
from queries.rows import Rows

VAGUE = ("其他", UNKNOWN)
"""What says nothing comes last and is never the message."""
MOST_BARS = 12
FILTERS = {
    "since": "时间范围",
    "until": "时间范围",
    "counties": "县区",
    "townships": "乡镇",
    "institutions": "机构",
    "severities": "隐患等级",
    "areas": "环节",
}
COURSE_MONTHS = 36
CURVE_DAYS = 120


def page(unit: str = "") -> View:
    """The page's top line; returns what the page is drawn from."""
    view: View = st.session_state["view"]
    top_line.draw(view, unit)
    return view


def cards(view: View, *wanted: Card | headline.Wanted) -> None:
    drawn_cards.draw(headline.cards(view, wanted))


def population(view: View, code: str) -> Rows:
    """The rows a metric counts, within the filters."""
    return answers.behind(view.code, code, view.as_of, view.filters)


def count_bars(picks: Picks, code: str, by: str) -> None:
    """A count by a dimension as sorted bars; a click narrows the rest of the page."""
    view = picks.beside(by)
    metric = answers.metric(code)
    frame = answers.figures(view.code, (code,), view.as_of, (by,), view.filters)
    rows = [
        {"name": row[by] or UNKNOWN, "value": row["value"]}
        for row in frame.iter_rows(named=True)
        if row["value"]
    ]
    note = f"；{metric.note}" if metric.note and by in {"county", "township"} else ""
    markup.title(sentences.most(metric.name, rows, vague=VAGUE), f"按{DIMENSIONS[by]}，单位：处{note}")
    if not rows:
        return
    if by != "age":
        rows.sort(key=lambda row: (row["name"] in VAGUE, -row["value"]))
    shown = rows[:MOST_BARS]
    labels = [row["name"] for row in shown]
    values = [row["value"] for row in shown]
    figure = charts.bars(labels, values, [number(value) for value in values], [ACCENT] * len(shown))
    spoken = f"{metric.name}按{DIMENSIONS[by]}：" + "，".join(
        f"{row['name']} {number(row['value'])}" for row in shown
    )
    charts.draw(figure, f"{code}-{by}", spoken, clickable=True)
    if len(rows) > MOST_BARS:
        markup.note(f"另有 {len(rows) - MOST_BARS} 类较少，见下方清单。")


def course(view: View) -> None:
    """Month by month, as known at each month's end: found and rectified within it, and still open."""
    first = view.filters.since or view.build.campaign_from
    days = ends(first, min(view.filters.until or view.as_of, view.as_of), "month", COURSE_MONTHS)
    found = trends.trend(view.code, "rectification_rate", days, view.filters)
    left = trends.trend(view.code, "hazards_open", days, view.filters)["value"].to_list()
    series = {
        "当月发现": (_monthly(found["denominator"]), GENERAL),
        "当月整改": (_monthly(found["numerator"]), ACCENT),
        "月末未整改": (left, JUDGEMENT_COLOURS["warn"]),
    }
    back = max(0, len(days) - 13)
    message = sentences.course("未整改隐患", (days[back], left[back]), (days[-1], left[-1]))
    markup.title(message, "各月末当时已知的数，单位：处")
    charts.draw(charts.lines(days, series), "course", "发现、整改与未整改隐患的逐月变化")


def _monthly(totals: pl.Series) -> list[float | None]:
    """What each month added to a running total; corrections may make it fall."""
    return totals.diff().fill_null(totals[0]).to_list()


def closing_curve(view: View) -> None:
    """How soon hazards are put right: the share rectified after so many days, by severity (Kaplan–Meier)."""
    curve = answers.closing_curve(view.code, view.as_of, ("severity",), view.filters)
    medians = answers.figures(view.code, ("days_to_rectify",), view.as_of, ("severity",), view.filters)
    words = "，".join(f"{row['severity']} {_median(row['value'])}" for row in medians.iter_rows(named=True))
    subtitle = f"自发现起 {CURVE_DAYS} 天内的累计整改比例；未整改的按已等待天数计入"
    markup.title(f"一半隐患整改完成所需天数：{words or NOTHING}", subtitle)
    if curve.is_empty():
        markup.empty("筛选范围内没有隐患。")
        return
    majors = answers.major_words(view.code)
    series = {
        str(severity): (*_cut(part), MAJOR if severity in majors else GENERAL)
        for (severity,), part in curve.group_by("severity", maintain_order=True)
    }
    charts.draw(charts.steps(series), "closing-curve", f"整改用时：{words}")


def _median(days: float | None) -> str:
    return "未过半" if days is None else f"{number(days)} 天"


def _cut(part: pl.DataFrame) -> tuple[list[int], list[float]]:
    """A curve from day 0 to the days a chart shows."""
    part = part.filter(pl.col("days_taken") <= CURVE_DAYS)
    return [0, *part["days_taken"]], [0.0, *(1 - part["surviving"])]


def not_applicable(view: View, *codes: str) -> None:
    """Say, once and on top, which of the filters set cannot apply to which figures of the page."""
    words: dict[str, list[str]] = {}
    for code in codes:
        for name in answers.ignored(view.code, code, view.filters):
            words.setdefault(FILTERS[name], []).append(answers.metric(code).name)
    for filter_name, metrics in words.items():
        markup.note(f"筛选“{filter_name}”对{'、'.join(dict.fromkeys(metrics))}不适用：这些数字仍按全部计算。")


def records_behind(
    picks: Picks,
    code: str,
    file_name: str,
    words: Mapping[str, str] | None = None,
    every: Rows | None = None,
) -> None:
    """The records behind the marks clicked, or behind the whole figure: their count equals it.

    `words` gives the Chinese of codes (phases, duties, periods); `every`: what is listed without a click,
    where that is more than the metric's population (the running period, say).
    """
    view = picks.narrowed
    rows = population(view, code) if every is None or picks.chosen else every
    said = picking.said(picks.where, words)
    hint = "已按图上的点选筛出；再点一次同一标记可取消" if said else "点图上的标记可只看其中的记录"
    markup.title(f"{file_name}：{said or '全部'} {number(answers.count(view.code, rows))} 条", hint)
    shown = listing.titles(records.kind_of(code, rows.columns), rows.columns)
    listing.draw(view, listing.urgent_first(rows), shown, f"{code}-records", file_name)
