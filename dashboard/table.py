"""Lists of records, a page at a time: searched, sorted, turned over, and taken away whole as Excel."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl
import streamlit as st

from dashboard import download, markup
from dashboard.export import xlsx
from dashboard.sources import Source
from dashboard.words import NOTHING, number, period
from queries.each import each

ROW_HEIGHT = 36
PERIODS = ("周期",)
"""Columns that hold periods as codes."""
MORE = "全过程"
"""The column of addresses; on the screen alone."""
MOST_ROWS_SHOWN = 12
PAGE = 100
USUAL = "按常用次序"
WAYS = {False: "升序", True: "降序"}

Addresses = Callable[[pl.DataFrame], Sequence[str]]


def draw(
    source: Source,
    titles: Mapping[str, str],
    key: str,
    file_name: str,
    when_empty: str,
    addresses: Addresses | None = None,
    beside: Sequence[str] = (),
) -> None:
    """Show the columns that `titles` names, in its order, under their Chinese titles.

    `addresses`: gives of each row a page that tells more of it; it may look at the columns `beside`.
    """
    every = source.count()
    if not every:
        markup.empty(when_empty)
        return
    asked, count, words = _asked(source, titles, key, every, file_name)
    if not count:
        markup.empty("没有找到。换个词，或清空上面的查找框。")
        return
    first = PAGE * (_page(count, key, words) - 1)
    frame = asked.read([*dict.fromkeys([*titles, *beside])], PAGE, first)
    more = addresses(frame) if addresses else ()
    _show(named(frame, titles), more, key, f"{file_name}，{count} 条")


def _asked(
    source: Source, titles: Mapping[str, str], key: str, every: int, file_name: str
) -> tuple[Source, int, str]:
    """What the reader asks of the rows, how many there are of it, and how it is asked.

    Says how many, and offers them as Excel.
    """
    left, middle, right = st.columns([4, 2, 1], vertical_alignment="center")
    with left:
        words = _search_box(key)
    with middle:
        way = _sort_box(titles, key, every)
    asked = source.holding(words, list(titles))
    if way:
        asked = asked.sorted(way[0], descending=way[1])
    count = asked.count() if words.split() else every
    with right:
        _download(asked, titles, key, file_name)
    markup.note(_counted(every, count))
    return asked, count, f"{words.strip()} {way or ''}".strip()


def _search_box(key: str) -> str:
    return st.text_input(
        "在表中查找",
        key=f"{key}-search",
        placeholder="在表中查找，几个词用空格隔开",
        label_visibility="collapsed",
        max_chars=50,
    )


def _sort_box(titles: Mapping[str, str], key: str, every: int) -> tuple[str, bool] | None:
    """A table of one page is sorted by a click on its heads; of more pages the whole is sorted here."""
    if every <= PAGE:
        return None
    ways = [(column, descending) for column in titles for descending in WAYS]
    return st.selectbox(
        "排序",
        [None, *ways],
        format_func=lambda way: f"按{titles[way[0]]}{WAYS[way[1]]}" if way else USUAL,
        key=f"{key}-sort",
        label_visibility="collapsed",
    )


def _counted(every: int, count: int) -> str:
    found = f"，找到 {number(count)} 条" if count < every else ""
    pages = f"，每页 {PAGE} 条" if count > PAGE else ""
    sent = f"，下载前 {number(xlsx.MOST_ROWS)} 条" if count > xlsx.MOST_ROWS else ""
    how = "点表头可排序" if every <= PAGE else "排序用上面的选单，对全部有效"
    return f"共 {number(every)} 条{found}{pages}{sent}。{how}。"


def _page(count: int, key: str, words: str) -> int:
    """The page looked at: what is asked by other words begins again at the first."""
    pages = -(-count // PAGE)
    asked = "-".join(filter(None, (key, "page", str(pages), words)))
    return st.pagination(pages, key=asked) if pages > 1 else 1


def _show(frame: pl.DataFrame, addresses: Sequence[str], key: str, spoken: str) -> None:
    if addresses:
        frame = frame.insert_column(0, pl.Series(MORE, addresses))
    st.dataframe(
        presentable(frame),
        hide_index=True,
        height=ROW_HEIGHT * (min(frame.height, MOST_ROWS_SHOWN) + 1) + 2,
        row_height=ROW_HEIGHT,
        key=f"{key}-table",
        column_config=_columns(frame),
        placeholder=NOTHING,
        alt=spoken,
    )


def named(frame: pl.DataFrame, titles: Mapping[str, str]) -> pl.DataFrame:
    """The columns that `titles` names, in its order, under their titles."""
    return frame.select(pl.col(column).alias(title) for column, title in titles.items())


def presentable(frame: pl.DataFrame) -> pl.DataFrame:
    """Yes and no in Chinese, lists joined; dates and numbers stay what they are, so they sort."""
    periods = [each(frame[name], period, pl.String) for name in PERIODS if name in frame.columns]
    others = {name: dtype for name, dtype in frame.schema.items() if name not in PERIODS}
    return frame.with_columns(*periods, *(_presentable(name, dtype) for name, dtype in others.items()))


def _presentable(name: str, dtype: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if dtype == pl.Boolean:
        return pl.when(column).then(pl.lit("是")).when(~column).then(pl.lit("否")).alias(name)
    return column.list.join("、") if isinstance(dtype, pl.List) else column


def _columns(frame: pl.DataFrame) -> dict[str, Any]:
    dates = [name for name, dtype in frame.schema.items() if dtype == pl.Date]
    config: dict[str, Any] = {name: st.column_config.DateColumn(format="YYYY-MM-DD") for name in dates}
    return config | {MORE: st.column_config.LinkColumn(display_text="查看", width=64)}


def _download(asked: Source, titles: Mapping[str, str], key: str, file_name: str) -> None:
    def made() -> bytes:
        return xlsx.workbook(presentable(named(asked.take([*titles], xlsx.MOST_ROWS), titles)), file_name)

    download.button("下载 Excel", made, f"{file_name}.xlsx", f"{key}-download")
