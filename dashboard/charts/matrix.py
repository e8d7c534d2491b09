"""Heat matrices whose cells can be clicked."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from dashboard.charts.frame import CELL, LINE_HEIGHT, Figure, layout
from dashboard.tokens import MUTED, PAPER, RULE, RUNNING, ink_on

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


@dataclass(frozen=True)
class Tile:
    """A cell: its text, what is said of it, its colour; colour None where there is nothing to count."""

    text: str
    hover: str
    colour: str | None


_Place = tuple[int, int, Tile]


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
    meta = {"names": list(rows), "least": narrowest * len(heads), "latest_first": latest_first}
    return {
        "data": [_cells(rows, heads, tiles)],
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


def _cells(rows: Sequence[str], heads: Sequence[Head], tiles: Sequence[Sequence[Tile]]) -> dict[str, Any]:
    """Bars one row high, set where their cells stand, with their text; nothing to count is hatched."""
    places = [(x, y, tiles[y][x]) for y, x in product(range(len(rows)), range(len(heads)))]
    hollow = [heads[x].is_running and tile.colour is not None for x, _, tile in places]
    fills = [
        PAPER if is_hollow else tile.colour or PAPER
        for (_, _, tile), is_hollow in zip(places, hollow, strict=True)
    ]
    return {
        "type": "bar",
        "x": [x for x, _, _ in places],
        "y": [0.92 if is_hollow else 1 for is_hollow in hollow],
        "base": [
            y - (0.46 if is_hollow else 0.5) for (_, y, _), is_hollow in zip(places, hollow, strict=True)
        ],
        "width": [0.95 if is_hollow else 1 for is_hollow in hollow],
        "marker": _paint(places, fills, hollow),
        "text": [tile.text for _, _, tile in places],
        "textposition": "none",  # marks.js writes it, faster
        "textfont": {"color": [ink_on(fill) for fill in fills]},
        "customdata": [f"{rows[y]}\t{heads[x].key}" for x, y, _ in places],
        "hovertext": [tile.hover for _, _, tile in places],
        "meta": CELL,
    }


def _paint(places: Sequence[_Place], fills: Sequence[str], hollow: Sequence[bool]) -> dict[str, Any]:
    return {
        "color": list(fills),
        "line": {
            "color": [RUNNING if is_hollow else PAPER for is_hollow in hollow],
            "width": [1 if is_hollow else 2 for is_hollow in hollow],
        },
        "pattern": {
            "shape": ["/" if tile.colour is None else "" for _, _, tile in places],
            "fgcolor": RULE,
            "bgcolor": PAPER,
            "size": 6,
        },
    }
