"""Heat matrices whose cells can be clicked."""

from collections.abc import Sequence
from typing import Any

from dashboard.charts.frame import Figure, axis, layout
from dashboard.tokens import ACCENT, FONT, INK

MOST_LEVEL = 13
"""More column heads than this are set aslant."""

Grid = Sequence[Sequence[Any]]


def matrix(
    rows: Sequence[str],
    columns: Sequence[str],
    shades: Grid,
    texts: Grid,
    hovers: Grid,
    colours: Sequence[str],
) -> Figure:
    """A heat matrix, the first row on top: shades are shares (0–1) of `colours`, None for an empty cell."""
    heads = axis(
        side="top",
        type="category",
        range=[-0.5, len(columns) - 0.5],
        showgrid=False,
        showline=False,
        tickangle=0 if len(columns) <= MOST_LEVEL else -45,
    )
    names = axis(
        type="category",
        range=[len(rows) - 0.5, -0.5],
        showgrid=False,
        showline=False,
        tickfont={"color": INK, "size": 13},
    )
    return {
        "data": [_cells(rows, columns, shades, texts, colours), _clicks(rows, columns, hovers)],
        "layout": layout(28 * max(len(rows), 1) + 48, xaxis=heads, yaxis=names),
    }


def _cells(
    rows: Sequence[str], columns: Sequence[str], shades: Grid, texts: Grid, colours: Sequence[str]
) -> dict[str, Any]:
    return {
        "type": "heatmap",
        "x": list(columns),
        "y": list(rows),
        "z": [list(row) for row in shades],
        "zmin": 0,
        "zmax": 1,
        "text": [list(row) for row in texts],
        "texttemplate": "%{text}",
        "textfont": {"size": 12, "family": FONT},
        "colorscale": [[index / (len(colours) - 1), colour] for index, colour in enumerate(colours)],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hoverinfo": "skip",
    }


def _clicks(rows: Sequence[str], columns: Sequence[str], hovers: Grid) -> dict[str, Any]:
    """Transparent squares over the cells: Streamlit reports a click on a point, not on a heatmap's cell."""
    cells = [(row, column) for row in rows for column in columns]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [column for _, column in cells],
        "y": [row for row, _ in cells],
        "customdata": [f"{row}\t{column}" for row, column in cells],
        "marker": {"symbol": "square", "size": 24, "opacity": 0, "color": ACCENT},
        "hoverinfo": "text",
        "hovertext": [hover for line in hovers for hover in line],
    }
