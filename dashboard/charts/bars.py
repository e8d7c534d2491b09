"""Horizontal bars."""

from collections.abc import Sequence
from typing import Any

from dashboard.charts.frame import ROW, Figure, layout, plain, reference_line
from dashboard.tokens import INK

LONG = 10
"""Longer names stand in two lines."""


def bars(
    labels: Sequence[str],
    values: Sequence[float],
    texts: Sequence[str],
    colours: Sequence[str],
    reference: float | None = None,
) -> Figure:
    """Horizontal bars from zero, the first label on top, the value written at the bar's end.

    `reference`: what they are held against, as a dashed line; the values then stand in a column of their own,
    where it does not cross them.
    """
    trace = {
        "type": "bar",
        "orientation": "h",
        "y": list(labels),
        "x": list(values),
        "text": list(texts),
        "textposition": "outside" if reference is None else "none",
        "cliponaxis": False,
        "marker": {"color": list(colours)},
        "customdata": list(labels),
        "hovertext": [f"{label}：{text}" for label, text in zip(labels, texts, strict=True)],
        "meta": ROW,
    }
    names = [_folded(label) for label in labels]
    ticks = {"tickmode": "array", "tickvals": list(labels), "ticktext": names}
    axis = {"tickfont": {"color": INK, "size": 13}, "showgrid": False, "type": "category", **ticks}
    return {
        "data": [trace],
        "layout": layout(
            (28 if all(len(label) <= LONG for label in labels) else 36) * max(len(labels), 1) + 24,
            bargap=0.35,
            margin={"l": 8, "r": _room(texts), "t": 8, "b": 8, "pad": 4},
            xaxis={"visible": False, "range": [0, max([*values, reference or 0], default=0) or 1]},
            yaxis={"autorange": "reversed", **axis},
            annotations=[] if reference is None else _column(labels, texts),
            shapes=[] if reference is None else [reference_line(reference)],
        ),
    }


def _folded(label: str) -> str:
    """A long name in two lines, so that it leaves room for its bar on a phone."""
    half = (len(label) + 1) // 2
    return plain(label) if len(label) <= LONG else f"{plain(label[:half])}<br>{plain(label[half:])}"


def _column(labels: Sequence[str], texts: Sequence[str]) -> list[dict[str, Any]]:
    """Each bar's text right of the chart."""
    beside = {"xref": "paper", "x": 1, "xanchor": "left", "xshift": 8, "showarrow": False}
    return [{"y": label, "text": text, **beside} for label, text in zip(labels, texts, strict=True)]


def _room(texts: Sequence[str]) -> int:
    """Pixels right of the longest bar for the longest text; a Chinese character is as wide as two letters."""
    letters = max((sum(1 if mark.isascii() else 2 for mark in text) for text in texts), default=0)
    return 16 + 7 * letters
