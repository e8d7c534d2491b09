"""Horizontal bars."""

from collections.abc import Sequence
from typing import Any

from dashboard.charts.frame import Figure, axis, layout
from dashboard.tokens import INK

CHOSEN = "rgba(31,90,150,0.18)"


def bars(
    labels: Sequence[str], values: Sequence[float], texts: Sequence[str], colours: Sequence[str]
) -> Figure:
    """Horizontal bars from zero, the first label on top, the value written at the bar's end."""
    trace = {
        "type": "bar",
        "orientation": "h",
        "y": list(labels),
        "x": list(values),
        "text": list(texts),
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": list(colours)},
        "hoverinfo": "skip",
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": INK}},
    }
    room = max(values, default=0) * 1.25 or 1
    return {
        "data": [trace, _bands(labels, texts, room)],
        "layout": layout(
            28 * max(len(labels), 1) + 24,
            bargap=0.35,
            barmode="overlay",
            xaxis=axis(visible=False, range=[0, room]),
            yaxis=axis(
                autorange="reversed", tickfont={"color": INK, "size": 13}, showgrid=False, type="category"
            ),
        ),
    }


def _bands(labels: Sequence[str], texts: Sequence[str], room: float) -> dict[str, Any]:
    """A clear band over each bar and its number: it takes the click, and is tinted once chosen."""
    return {
        "type": "bar",
        "orientation": "h",
        "y": list(labels),
        "x": [room] * len(labels),
        "width": 0.94,
        "marker": {"color": CHOSEN, "opacity": 0},
        "hoverinfo": "text",
        "hovertext": [f"{label}：{text}" for label, text in zip(labels, texts, strict=True)],
        "textposition": "none",
        "customdata": list(labels),
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 0}},
    }
