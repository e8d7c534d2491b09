"""Horizontal bars."""

from collections.abc import Sequence

from dashboard.charts.frame import ROW, Figure, layout
from dashboard.tokens import INK


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
        "customdata": list(labels),
        "hovertext": [f"{label}：{text}" for label, text in zip(labels, texts, strict=True)],
        "meta": ROW,
    }
    names = {"tickfont": {"color": INK, "size": 13}, "showgrid": False, "type": "category"}
    return {
        "data": [trace],
        "layout": layout(
            28 * max(len(labels), 1) + 24,
            bargap=0.35,
            margin={"l": 8, "r": _room(texts), "t": 8, "b": 8, "pad": 4},
            xaxis={"visible": False, "range": [0, max(values, default=0) or 1]},
            yaxis={"autorange": "reversed", **names},
        ),
    }


def _room(texts: Sequence[str]) -> int:
    """Pixels right of the longest bar for the longest text; a Chinese character is as wide as two letters."""
    letters = max((sum(1 if mark.isascii() else 2 for mark in text) for text in texts), default=0)
    return 16 + 7 * letters
