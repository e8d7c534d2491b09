"""The one place that draws a figure, and says which mark was clicked."""

from typing import Any

import streamlit as st

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


def _customdata(point: dict[str, Any]) -> str:
    value = point["customdata"]
    return str(value[0] if isinstance(value, list | tuple) else value)
