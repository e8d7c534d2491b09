"""Marks chosen in a page's charts: each narrows the other charts and the list below, and shows as a chip."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from dashboard import answers, charts, markup
from dashboard.view import View
from queries.catalog import DIMENSIONS

UNKNOWN = "未填写"
"""What a mark is called that stands for rows without a value."""


@dataclass(frozen=True)
class Chart:
    """A chart whose marks can be chosen: a metric by one dimension, or by two as a matrix."""

    metric: str
    by: tuple[str, ...]

    @property
    def key(self) -> str:
        return "-".join((self.metric, *self.by))

    def values(self, mark: str) -> dict[str, str | None]:
        """What a mark stands for: dimension to value."""
        parts = (None if part == UNKNOWN else part for part in mark.split("\t"))
        return dict(zip(self.by, parts, strict=False))


@dataclass(frozen=True)
class Picks:
    """What is chosen on a page, chart by chart."""

    view: View
    chosen: Mapping[Chart, Mapping[str, str | None]]

    def beside(self, *by: str) -> View:
        """The view of the chart by these dimensions: narrowed by what is chosen in all others."""
        return self._narrowed(chart for chart in self.chosen if chart.by != by)

    @property
    def narrowed(self) -> View:
        """The view of what lies behind all that is chosen."""
        return self._narrowed(self.chosen)

    @property
    def where(self) -> dict[str, str | None]:
        return {name: value for values in self.chosen.values() for name, value in values.items()}

    def _narrowed(self, kept: Iterable[Chart]) -> View:
        pairs = tuple(pair for chart in kept for pair in self.chosen[chart].items())
        return replace(self.view, filters=replace(self.view.filters, picked=pairs))


def read(view: View, *shown: Sequence[str]) -> Picks:
    """What is chosen in the charts of a page, each named by its metric and dimensions, as far as it exists.

    A choice whose mark the filters have taken away is none.
    """
    asked = [Chart(metric, tuple(by)) for metric, *by in shown]
    marks = {chart: charts.told(chart.key) for chart in asked}
    chosen = {chart: chart.values(mark) for chart, mark in marks.items() if mark}
    return Picks(view, {chart: values for chart, values in chosen.items() if _exists(view, chart, values)})


def _exists(view: View, chart: Chart, values: Mapping[str, str | None]) -> bool:
    if tuple(values) != chart.by:
        return False
    figures = answers.figures(view.code, (chart.metric,), view.as_of, chart.by, view.filters)
    known = set(figures.drop_nulls("value").select(chart.by).iter_rows())
    return tuple(values.values()) in known


def chips(picks: Picks, words: Mapping[str, str] | None = None) -> None:
    """What is chosen, each with its ✕; stays in sight while the page is scrolled.

    The box is there without a choice too: what stands below it keeps its place, and the keyboard's focus.
    """
    with st.container(key="zb-picks", horizontal=True, vertical_alignment="center"):
        if picks.chosen:
            markup.note("图上选了：")
        for chart, values in picks.chosen.items():
            named = said(values, words)
            st.button(
                f"{markup.plain(named)} ✕",
                key=f"pick-{chart.key}",
                on_click=partial(charts.release, chart.key),
                help=f"取消“{markup.plain(named)}”，其他图和清单随之恢复",
            )


def said(values: Mapping[str, str | None], words: Mapping[str, str] | None = None) -> str:
    """What is chosen, in words; `words` gives the Chinese of codes."""
    return "，且".join(
        f"{DIMENSIONS[name]} {UNKNOWN if value is None else (words or {}).get(value, value)}"
        for name, value in values.items()
    )
