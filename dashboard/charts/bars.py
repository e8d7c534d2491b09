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
            xaxis={"visible": False, "range": [0, max(values, default=0) * 1.25 or 1]},
            yaxis={"autorange": "reversed", **names},
        ),
    }
