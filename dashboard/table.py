"""Lists of records: sorted by a click on a heading, searched, and taken away as Excel."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
import streamlit as st

from dashboard import markup
from dashboard.export import xlsx
from dashboard.words import NOTHING, number, period

ROW_HEIGHT = 36
PERIODS = ("周期",)
"""Columns that hold periods as codes."""
MORE = "全过程"
"""The column of addresses; on the screen alone."""
MOST_ROWS_SHOWN = 12
MOST_SENT = 5000


def draw(
    frame: pl.DataFrame,
    titles: Mapping[str, str],
    key: str,
    file_name: str,
    when_empty: str,
    addresses: Sequence[str] = (),
) -> None:
    """Show the columns that `titles` names, in its order, under their Chinese titles.

    `addresses`: of each row a page that tells more of it.
    """
    if frame.is_empty():
        markup.empty(when_empty)
        return
    named = frame.select(pl.col(column).alias(title) for column, title in titles.items())
    if addresses:
        named = named.insert_column(0, pl.Series(MORE, addresses))
    left, right = st.columns([5, 1], vertical_alignment="center")
    with left:
        found = search(named, _search_box(key))
    with right:
        _download(found.drop(MORE, strict=False), key, file_name)
    markup.note(_counted(named, found))
    if found.is_empty():
        markup.empty("没有找到。换个词，或清空上面的查找框。")
        return
    height = ROW_HEIGHT * (min(found.height, MOST_ROWS_SHOWN) + 1) + 2
    st.dataframe(
        presentable(found.head(MOST_SENT)),
        hide_index=True,
        height=height,
        row_height=ROW_HEIGHT,
        key=f"{key}-table",
        column_config=_columns(found),
        placeholder=NOTHING,
        alt=f"{file_name}，{found.height} 条",
    )


def search(frame: pl.DataFrame, words: str) -> pl.DataFrame:
    """Rows in which every word stands in some column."""
    searched = [name for name in frame.columns if name != MORE]
    for word in words.split():
        holds = [pl.col(name).cast(pl.String).str.contains(word, literal=True) for name in searched]
        frame = frame.filter(pl.any_horizontal(holds).fill_null(value=False))
    return frame


def presentable(frame: pl.DataFrame) -> pl.DataFrame:
    """Yes and no in Chinese, lists joined; dates and numbers stay what they are, so they sort."""
    return frame.with_columns(_presentable(name, dtype) for name, dtype in frame.schema.items())


def _presentable(name: str, dtype: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if name in PERIODS:
        return column.map_elements(period, return_dtype=pl.String)
    if dtype == pl.Boolean:
        return pl.when(column).then(pl.lit("是")).when(~column).then(pl.lit("否")).alias(name)
    return column.list.join("、") if isinstance(dtype, pl.List) else column


def _columns(frame: pl.DataFrame) -> dict[str, Any]:
    dates = [name for name, dtype in frame.schema.items() if dtype == pl.Date]
    config: dict[str, Any] = {name: st.column_config.DateColumn(format="YYYY-MM-DD") for name in dates}
    return config | {MORE: st.column_config.LinkColumn(display_text="查看", width=64)}


def _search_box(key: str) -> str:
    return st.text_input(
        "在表中查找",
        key=f"{key}-search",
        placeholder="在表中查找，几个词用空格隔开",
        label_visibility="collapsed",
        max_chars=50,
    )


def _counted(named: pl.DataFrame, found: pl.DataFrame) -> str:
    words = f"共 {number(named.height)} 条"
    words += f"，找到 {number(found.height)} 条" if found.height < named.height else ""
    words += f"，显示前 {number(MOST_SENT)} 条，下载为全部" if found.height > MOST_SENT else ""
    return f"{words}。点表头可排序。"


def _download(found: pl.DataFrame, key: str, file_name: str) -> None:
    st.download_button(
        "下载 Excel",
        data=lambda: xlsx.workbook(presentable(found), file_name),
        file_name=f"{file_name}.xlsx",
        mime=xlsx.MIME,
        key=f"{key}-download",
        on_click="ignore",
        width="stretch",
    )
