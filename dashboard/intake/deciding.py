"""What only a person can decide: who is meant by a name, and whether two hazards are one. Kept as data."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
import streamlit as st

import etl
from dashboard import answers, markup, registers
from dashboard.guard import audit
from dashboard.guard.here import here
from dashboard.intake import telling
from dashboard.parts import plain_table
from dashboard.session import Build
from dashboard.view import today
from dashboard.words import number

Row = Mapping[str, Any]
UNKNOWN_NAMES = """
select cell_value as name, count(*) as n, any_value(message) as message,
from refused_rows where rule = 'institution_not_found' and cell_value is not null
group by cell_value order by n desc, name
"""
PAIRS = """
select
    pairs.reason,
    one.institution, one.found_on, one.hazard_number, one.description, one.rectified_on,
    other.found_on as other_found_on,
    other.hazard_number as other_hazard_number,
    other.description as other_description,
    other.rectified_on as other_rectified_on,
from possible_duplicates as pairs
inner join hazards_as_of($as_of) as one on pairs.record_id = one.hazard_id
inner join hazards_as_of($as_of) as other on pairs.other_id = other.hazard_id
where pairs.kind = 'hazards'
order by one.institution_id, one.found_on, one.hazard_id
"""


def decisions(office: etl.Office, build: Build) -> None:
    """Names nobody knows and pairs that may be one, each with the means to decide; then publish anew."""
    names, pairs = answers.ask(build.code, UNKNOWN_NAMES), answers.ask(build.code, PAIRS, as_of=build.as_of)
    markup.title(
        f"等人判定：{names.height} 个认不出的名称，{pairs.height} 对疑似重复",
        "判定记在数据里，以后的台账照此办理",
    )
    if names.is_empty() and pairs.is_empty():
        markup.empty("没有要判定的。")
        return
    who = st.text_input(
        "判定人", key="decided_by", placeholder="写明由谁判定，例如 养老服务和儿童福利科 张某"
    )
    folder = office.decided
    if not names.is_empty():
        _alias(folder, build, names, who)
    if not pairs.is_empty():
        _pair(folder, pairs, who)
    if st.button("按判定重新发布", help="用已收的全部台账重新建库"):
        _publish_anew(office)


def _alias(folder: Any, build: Build, names: pl.DataFrame, who: str) -> None:
    left, middle, right = st.columns([3, 3, 1], vertical_alignment="bottom")
    counts = dict(names.select("name", "n").iter_rows())
    written = left.selectbox(
        "台账里写的",
        list(counts),
        None,
        lambda name: f"{name}（{number(counts[name])} 行）",
        placeholder="选一个名称",
    )
    homes = list(registers.homes(build.code))
    means = middle.selectbox("指的是哪家机构", homes, None, placeholder="选机构")
    is_ready = bool(written and means and who)
    if right.button("就是这家", disabled=not is_ready, width="stretch") and written and means:
        _keep(
            lambda day: etl.add_alias(folder, written, means, who, day), f"已记下：“{written}”就是{means}。"
        )


def _pair(folder: Any, pairs: pl.DataFrame, who: str) -> None:
    rows = pairs.to_dicts()
    chosen = st.selectbox("疑似重复", range(len(rows)), format_func=lambda index: _named(rows[index]))
    row = rows[chosen]
    heads = ("哪一条", "发现日期", "隐患编号", "隐患描述", "整改完成日期")
    plain_table.draw("疑似重复的两条", heads, [_side("甲", row, ""), _side("乙", row, "other_")])
    markup.note(f"机构：{row['institution']}。为何疑似：{row['reason']}。")
    left, right = st.columns(2)
    one, other = _key(row, ""), _key(row, "other_")
    for place, words, same in ((left, "是同一处隐患，合并", True), (right, "是两处隐患，分开", False)):
        if place.button(words, disabled=not who, width="stretch"):
            _keep(
                lambda day, same=same: etl.add_decision(folder, "hazards", one, other, same, who, day),
                f"已记下：{words}。",
            )


def _named(row: Row) -> str:
    return f"{row['institution']} {row['found_on']} {row['description']}"


def _side(name: str, row: Row, side: str) -> tuple[object, ...]:
    return (
        name,
        *(row[f"{side}{key}"] for key in ("found_on", "hazard_number", "description", "rectified_on")),
    )


def _key(row: Row, side: str) -> etl.HazardKey:
    return etl.HazardKey(
        row["institution"], row[f"{side}found_on"], row[f"{side}description"], row[f"{side}hazard_number"]
    )


def _keep(act: Any, words: str) -> None:
    try:
        day: date = today()
        act(day)
    except etl.LoadError as problem:
        st.error(markup.plain(str(problem)))
        return
    telling.told(f"{words}点“按判定重新发布”后生效。")


def _publish_anew(office: etl.Office) -> None:
    try:
        with st.spinner("正在重新发布……"):
            etl.republish(office)
    except etl.LoadError as problem:
        st.error(markup.plain(str(problem)))
        return
    audit.note(here().name, "publish", "按判定重新发布已收的全部台账")
    telling.told("已按判定重新发布。")
