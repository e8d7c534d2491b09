"""Dots with intervals beside a reference."""

from collections.abc import Sequence
from typing import Any

from dashboard.charts.frame import Figure, axis, layout
from dashboard.tokens import INK


def dots(
    labels: Sequence[str],
    values: Sequence[float],
    lows: Sequence[float],
    highs: Sequence[float],
    texts: Sequence[str],
    colours: Sequence[str],
    reference: float | None,
) -> Figure:
    """Dots with 95 % intervals on one scale of per cent, the county's value as a dashed line."""
    whiskers = {
        "type": "data",
        "symmetric": False,
        "array": [high - value for high, value in zip(highs, values, strict=True)],
        "arrayminus": [value - low for low, value in zip(lows, values, strict=True)],
        "thickness": 3,
        "width": 0,
        "color": "#aebfd2",
    }
    trace = {
        "type": "scatter",
        "mode": "markers",
        "y": list(labels),
        "x": list(values),
        "error_x": whiskers,
        "marker": {"color": list(colours), "size": 11},
        "hoverinfo": "text",
        "hovertext": [f"{label}：{text}" for label, text in zip(labels, texts, strict=True)],
        "customdata": list(labels),
    }
    notes = [_right_label(label, text) for label, text in zip(labels, texts, strict=True)]
    line = [_reference_line(reference)] if reference is not None else []
    return {
        "data": [trace],
        "layout": layout(
            26 * max(len(labels), 1) + 40,
            margin={"l": 8, "r": 140, "t": 24, "b": 8},
            xaxis=axis(tickformat=".0%", side="top", range=[min([*lows, 0.98]) - 0.02, 1.01]),
            yaxis=axis(
                autorange="reversed", tickfont={"color": INK, "size": 13}, showgrid=False, type="category"
            ),
            annotations=notes,
            shapes=line,
        ),
    }


def _right_label(label: str, text: str) -> dict[str, Any]:
    return {
        "xref": "paper",
        "x": 1,
        "xanchor": "left",
        "xshift": 8,
        "y": label,
        "text": text,
        "showarrow": False,
    }


def _reference_line(value: float) -> dict[str, Any]:
    line = {"color": INK, "width": 1.5, "dash": "dash"}
    return {"type": "line", "x0": value, "x1": value, "yref": "paper", "y0": 0, "y1": 1, "line": line}
