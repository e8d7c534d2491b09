"""Horizontal bars."""

from collections.abc import Sequence

from dashboard.charts.frame import Figure, axis, layout
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
        "hoverinfo": "text",
        "hovertext": [f"{label}：{text}" for label, text in zip(labels, texts, strict=True)],
        "customdata": list(labels),
    }
    room = max(values, default=0) * 1.25 or 1
    return {
        "data": [trace],
        "layout": layout(
            28 * max(len(labels), 1) + 24,
            bargap=0.35,
            xaxis=axis(visible=False, range=[0, room]),
            yaxis=axis(
                autorange="reversed", tickfont={"color": INK, "size": 13}, showgrid=False, type="category"
            ),
        ),
    }
