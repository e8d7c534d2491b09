"""What will still be open on the campaign's last day: a sentence, and place by place on demand."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from dashboard import answers, markup
from dashboard.parts import plain_table
from dashboard.view import View
from dashboard.words import NOTHING, number

Row = Mapping[str, Any]

HEADS = ("未整改", "近期整改", "预计还剩", "范围（95%）")


def draw(view: View) -> None:
    """Nothing from the campaign's last day on."""
    days, last = int(answers.setting(view.code, "pace_days")), view.build.campaign_to
    if view.as_of >= last:
        return
    county = answers.left_open(view.code, view.as_of, view.filters).row(0, named=True)
    markup.note(sentence(county, days, last))
    places = f"各{view.storey.word}"
    with st.expander(f"收官推算：{places}与算法"):
        rows = answers.left_open(view.code, view.as_of, view.filters, view.by).iter_rows(named=True)
        cells = [(row[view.by], *_cells(row)) for row in rows if row[view.by] in view.places]
        heads = (view.storey.name, *HEADS)
        plain_table.draw(f"{places}收官推算", heads, cells, numbers=range(1, len(heads)))
        markup.note(method(days))


def sentence(row: Row, days: int, last: date) -> str:
    """按近 90 天的整改速度（整改 312 处），现在未整改的 57 处到 2026-12-31 预计还剩 9 处（5–14 处）。"""
    if row["open"] == 0:
        return "现在没有未整改的隐患，不必推算。"
    if row["left"] is None:
        return f"近 {days} 天没有整改一处，看不出整改速度，推算不了收官时还剩几处。"
    return (
        f"按近 {days} 天的整改速度（整改 {number(row['closings'])} 处），"
        f"现在未整改的 {number(row['open'])} 处到 {last} "
        f"预计还剩 {number(round(row['left']))} 处（{_range(row)} 处）。"
    )


def method(days: int) -> str:
    return (
        f"算法：近 {days} 天整改的处数 ÷ 同期各处隐患未整改的天数之和，得每处每天整改的可能，"
        "设各处相同、今后不变；范围 95%，计入整改处数与各处去留的偶然。"
        "难改的往往更慢，实际可能偏多；今后新发现的不计；不随时间范围变化。"
    )


def _cells(row: Row) -> tuple[object, ...]:
    counts = (number(row["open"]), number(row["closings"]))
    if row["open"] == 0:
        return (*counts, 0, NOTHING)
    if row["left"] is None:
        return (*counts, "看不出速度", NOTHING)
    return (*counts, number(round(row["left"])), _range(row))


def _range(row: Row) -> str:
    return f"{number(row['low'])}–{number(row['high'])}"
