"""Complaints from receipt to settlement: how many, how soon checked, which wait, by which channel."""

from collections.abc import Mapping

import streamlit as st

from dashboard import answers, headline, listing, markup
from dashboard.parts import plain_table
from dashboard.view import View
from dashboard.words import figure, number
from queries.rows import Rows

UNKNOWN = "未填写"


def draw(view: View) -> None:
    rows = answers.listed(view.code, "complaints", view.as_of, view.filters)
    found = answers.tally(
        view.code,
        rows,
        complaints="count(*)",
        settled="count(*) filter (is_settled)",
        late="count(*) filter (is_overdue)",
    ).row(0, named=True)
    markup.title(_said(view, found), "超期未办结的在前；等候天数截至统计日")
    if not found["complaints"]:
        markup.empty("筛选范围内没有举报投诉。")
        return
    left, right = st.columns([3, 1], gap="medium")
    ended = "date_diff('day', received_on, coalesce(settled_on, $until))"
    waiting = rows.with_column("waited", ended, until=view.as_of)
    ordered = waiting.ordered("is_overdue desc, is_settled, waited desc, received_on, complaint_id")
    titles = listing.titles("complaints", rows.columns) | {"waited": "历时（天）"}
    with left:
        listing.draw(view, ordered, titles, "complaints", "举报投诉", "没有举报投诉。")
    with right:
        _channels(view, rows)


def _said(view: View, found: Mapping[str, int]) -> str:
    """45 件举报投诉，办结 39 件，6 件超期未办结；核查用时中位数 7 天."""
    median = headline.now(view, "days_to_check").value
    metric = answers.metric("days_to_check")
    soon = f"；{metric.name} {figure(median, metric)}" if median is not None else ""
    tail = f"，{number(found['late'])} 件超期未办结" if found["late"] else ""
    said = f"{number(found['complaints'])} 件举报投诉，办结 {number(found['settled'])} 件"
    return f"{said}{tail}{soon}"


def _channels(view: View, rows: Rows) -> None:
    named = rows.with_column("way", "coalesce(channel, $unknown)", unknown=UNKNOWN)
    counts = answers.tally(view.code, named, ("way",), "complaints desc, way desc", complaints="count(*)")
    lines = [(way, number(count)) for way, count in counts.iter_rows()]
    plain_table.draw("按渠道", ("渠道", "件"), lines, numbers=(1,))
