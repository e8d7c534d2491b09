"""The one place that draws a figure, and says which mark was clicked."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboard import markup
from dashboard.charts.frame import Figure

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}


def draw(figure: Figure, key: str, alternative: str, *, clickable: bool = False) -> str | None:
    """Show a figure; returns what the clicked mark stands for (its customdata), None without a click."""
    if not clickable:
        st.plotly_chart(figure, key=key, theme=None, config=CONFIG, alt=alternative)
        return None
    state = st.plotly_chart(
        figure,
        key=key,
        theme=None,
        config=CONFIG,
        alt=alternative,
        on_select="rerun",
        selection_mode="points",
    )
    points = state["selection"]["points"]
    return _customdata(points[0]) if points else None


def draw_wide(
    figure: Figure, key: str, alternative: str, names: Sequence[str], least: int, *, latest_first: bool
) -> str | None:
    """A clickable figure at least `least` pixels wide that scrolls in its own box beside its rows' names.

    `latest_first`: the box opens at its right end.
    """
    box = f"{'late' if latest_first else 'early'}-{key}"
    # Streamlit never makes a chart wider than what holds it, so what holds it is widened.
    st.html(f"<style>.st-key-{box} > * {{ min-width: {least}px; }}</style>")
    with st.container(horizontal=True, wrap=False, gap="small", key=f"wide-{key}"):
        _row_names(names, figure["layout"]["margin"]["t"])
        with st.container(key=box):
            return draw(figure, key, alternative, clickable=True)


def _row_names(names: Sequence[str], above: int) -> None:
    rows = "".join(f"<div>{markup.text(name)}</div>" for name in names)
    st.html(
        f'<div class="zb zb-names" aria-hidden="true" style="padding-top: {above}px">{rows}</div>',
        width="content",
    )


def _customdata(point: dict[str, Any]) -> str:
    value = point["customdata"]
    return str(value[0] if isinstance(value, list | tuple) else value)
