"""What charts share in Python: the figure's type, margins, the labels at the ends of lines."""

from html import escape
from typing import Any

from dashboard.tokens import INK

Figure = dict[str, Any]
"""A figure as Plotly understands it: {"data": [...], "layout": {...}}, without its template (template.py).

A trace whose points can be clicked has `customdata` (what a click gives), `hovertext` (what is said of each)
and `meta`, how far a mark reaches: ROW, CELL or POINT. `layout.meta` may hold `names` (of the rows, kept
beside what scrolls), `least` (pixels of width) and `latest_first` (scrolled to its right end).
"""

ROW, CELL, POINT = "row", "cell", "point"
LINE_HEIGHT = 17


def layout(height: int, **more: Any) -> dict[str, Any]:
    return {"height": height, "margin": {"l": 8, "r": 8, "t": 8, "b": 8, "pad": 4}} | more


def plain(words: str) -> str:
    """Words of a ledger where Plotly knows marks like <b>: they are shown as they are."""
    return escape(words, quote=False)


def end_label(x: object, y: float, text: str, colour: str, shift: float) -> dict[str, Any]:
    """A text right of a point, moved by some pixels."""
    return {
        "x": x,
        "y": y,
        "text": text,
        "xanchor": "left",
        "xshift": 6,
        "yshift": shift,
        "showarrow": False,
        "font": {"color": colour, "size": 13},
    }


def reference_line(value: float) -> dict[str, Any]:
    """A dashed line at a value that the marks are held against."""
    line = {"color": INK, "width": 1.5, "dash": "dash"}
    return {"type": "line", "x0": value, "x1": value, "yref": "paper", "y0": 0, "y1": 1, "line": line}
