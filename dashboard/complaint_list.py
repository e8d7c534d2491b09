"""Complaints from receipt to settlement: how many, how soon checked, which wait, by which channel."""

import polars as pl
import streamlit as st

from dashboard import answers, headline, listing, markup, table
from dashboard.parts import plain_table
from dashboard.view import View
from dashboard.words import figure, number

UNKNOWN = "未填写"


def draw(view: View) -> None:
    rows = answers.table(view.code, "complaints", view.as_of, view.filters)
    markup.title(_said(view, rows), "超期未办结的在前；等候天数截至统计日")
    if rows.is_empty():
        markup.empty("筛选范围内没有举报投诉。")
        return
    left, right = st.columns([3, 1], gap="medium")
    ended = pl.coalesce("settled_on", pl.lit(view.as_of))
    waiting = rows.with_columns(waited=(ended - pl.col("received_on")).dt.total_days()).sort(
        "is_overdue", "is_settled", "waited", descending=[True, False, True]
    )
    titles = listing.titles("complaints", waiting) | {"waited": "历时（天）"}
    with left:
        table.draw(waiting, titles, "complaints", f"举报投诉_{view.as_of:%Y-%m-%d}", "没有举报投诉。")
    with right:
        _channels(rows)


def _said(view: View, rows: pl.DataFrame) -> str:
    """45 件举报投诉，办结 39 件，6 件超期未办结；核查用时中位数 7 天."""
    settled, late = rows.filter("is_settled").height, rows.filter("is_overdue").height
    median = headline.value(
        answers.figures(view.code, ("days_to_check",), view.as_of, (), view.filters)
    ).value
    metric = answers.metric("days_to_check")
    soon = f"；{metric.name} {figure(median, metric)}" if median is not None else ""
    tail = f"，{number(late)} 件超期未办结" if late else ""
    return f"{number(rows.height)} 件举报投诉，办结 {number(settled)} 件{tail}{soon}"


def _channels(rows: pl.DataFrame) -> None:
    counts = rows.group_by(pl.col("channel").fill_null(UNKNOWN)).len().sort("len", "channel", descending=True)
    lines = [(channel, number(count)) for channel, count in counts.iter_rows()]
    plain_table.draw("按渠道", ("渠道", "件"), lines, numbers=(1,))
