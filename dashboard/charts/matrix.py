"""Heat matrices whose cells can be clicked."""

from collections.abc import Sequence

from dashboard.charts.frame import Figure, axis, layout
from dashboard.tokens import ACCENT, FONT, INK

MOST_LEVEL = 13
"""More column heads than this are set aslant."""


def matrix(
    rows: Sequence[str],
    columns: Sequence[str],
    shades: Sequence[Sequence[float | None]],
    texts: Sequence[Sequence[str]],
    hovers: Sequence[Sequence[str]],
    colours: Sequence[str],
) -> Figure:
    """A heat matrix; transparent squares over the cells take the click, which heatmap cells cannot."""
    scale = [[index / (len(colours) - 1), colour] for index, colour in enumerate(colours)]
    heat = {
        "type": "heatmap",
        "x": list(columns),
        "y": list(rows),
        "z": [list(row) for row in shades],
        "zmin": 0,
        "zmax": 1,
        "text": [list(row) for row in texts],
        "texttemplate": "%{text}",
        "textfont": {"size": 12, "family": FONT},
        "colorscale": scale,
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hoverinfo": "skip",
    }
    cells = [(row, column) for row in rows for column in columns]
    clicks = {
        "type": "scatter",
        "mode": "markers",
        "x": [column for _, column in cells],
        "y": [row for row, _ in cells],
        "customdata": [f"{row}\t{column}" for row, column in cells],
        "marker": {"symbol": "square", "size": 24, "opacity": 0, "color": ACCENT},
        "hoverinfo": "text",
        "hovertext": [hover for line in hovers for hover in line],
    }
    return {
        "data": [heat, clicks],
        "layout": layout(
            28 * max(len(rows), 1) + 48,
            xaxis=axis(
                side="top", type="category", showgrid=False, tickangle=0 if len(columns) <= 13 else -45
            ),
            yaxis=axis(
                autorange="reversed", type="category", showgrid=False, tickfont={"color": INK, "size": 13}
            ),
        ),
    }
