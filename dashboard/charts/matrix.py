"""Heat matrices whose cells can be clicked."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from dashboard.charts.cells import Cell, Tile, cells
from dashboard.charts.frame import LINE_HEIGHT, Figure, layout
from dashboard.tokens import MUTED

ROW_HEIGHT = 28


@dataclass(frozen=True)
class Head:
    """A column's head: its text (lines parted by <br>), its year above; `name` is its name in a sentence.

    `key` is what a click reports.
    What is still running is drawn hollow, with … behind its head: it has not failed yet.
    """

    key: str
    name: str
    text: str
    above: str = ""
    is_running: bool = False


def matrix(
    rows: Sequence[str],
    heads: Sequence[Head],
    tiles: Sequence[Sequence[Tile]],
    narrowest: int = 64,
    *,
    latest_first: bool = False,
) -> Figure:
    """A heat matrix, the first row on top; a click gives "row<tab>head's key".

    `narrowest`: pixels a column needs; a wider matrix scrolls in its own box beside the rows' names, opened
    at its right end where the latest comes first.
    """
    top = head_height(heads)
    shown = [
        Cell(x, y, f"{row}\t{head.key}", tiles[y][x], head.is_running)
        for (y, row), (x, head) in product(enumerate(rows), enumerate(heads))
    ]
    meta = {"names": list(rows), "least": narrowest * len(heads), "latest_first": latest_first}
    return {
        "data": [cells(shown)],
        "layout": layout(
            ROW_HEIGHT * max(len(rows), 1) + top,
            margin={"l": 0, "r": 0, "t": top, "b": 0},
            xaxis={"visible": False, "range": [-0.5, len(heads) - 0.5]},
            yaxis={"visible": False, "range": [len(rows) - 0.5, -0.5]},
            annotations=_heads(heads),
            meta=meta,
        ),
    }


def head_height(heads: Sequence[Head]) -> int:
    """Pixels above the first row."""
    lines = max((head.text.count("<br>") + 1 for head in heads), default=1)
    return LINE_HEIGHT * (lines + any(head.above for head in heads)) + 8


def _heads(heads: Sequence[Head]) -> list[dict[str, Any]]:
    """Each column's text; a year over the first of its columns."""
    texts = [
        _label(x, f"{head.text}…" if head.is_running else head.text, xanchor="center")
        for x, head in enumerate(heads)
    ]
    years = [
        _label(x - 0.5, f"<b>{head.above}</b>", xanchor="left", yshift=LINE_HEIGHT)
        for x, head in enumerate(heads)
        if head.above and (x == 0 or heads[x - 1].above != head.above)
    ]
    return texts + years


def _label(x: float, text: str, **more: Any) -> dict[str, Any]:
    place = {"x": x, "yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False}
    return place | {"text": text, "font": {"color": MUTED, "size": 12}} | more
