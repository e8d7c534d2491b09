"""Heat matrices whose cells can be clicked."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from dashboard.charts.frame import LINE_HEIGHT, Figure, axis, layout
from dashboard.tokens import FONT, INK, MUTED, PAPER, RULE, RUNNING, ink_on

ROW_HEIGHT = 28
CLEAR = "rgba(0,0,0,0)"


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


@dataclass(frozen=True)
class _Placed:
    x: int
    y: int
    key: str
    tile: Tile
    is_hollow: bool

    @property
    def fill(self) -> str:
        return PAPER if self.is_hollow or self.tile.colour is None else self.tile.colour


def matrix(rows: Sequence[str], heads: Sequence[Head], tiles: Sequence[Sequence[Tile]]) -> Figure:
    """A heat matrix without row names, the first row on top; a click gives "row<tab>head's key"."""
    places = [
        _Placed(x, y, f"{row}\t{head.key}", tiles[y][x], head.is_running and tiles[y][x].colour is not None)
        for (y, row), (x, head) in product(enumerate(rows), enumerate(heads))
    ]
    top = head_height(heads)
    return {
        "data": [_cells(places), *_texts(places), _clicks(places)],
        "layout": layout(
            ROW_HEIGHT * max(len(rows), 1) + top,
            margin={"l": 0, "r": 0, "t": top, "b": 0},
            barmode="overlay",
            xaxis=axis(visible=False, range=[-0.5, len(heads) - 0.5]),
            yaxis=axis(visible=False, range=[len(rows) - 0.5, -0.5]),
            annotations=_heads(heads),
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


def _bars(places: Sequence[_Placed]) -> dict[str, Any]:
    """Bars one row high, set where their cells stand."""
    return {
        "type": "bar",
        "x": [place.x for place in places],
        "y": [0.92 if place.is_hollow else 1 for place in places],
        "base": [place.y - (0.46 if place.is_hollow else 0.5) for place in places],
        "width": [0.95 if place.is_hollow else 1 for place in places],
    }


def _cells(places: Sequence[_Placed]) -> dict[str, Any]:
    """Filled, hollow while running, hatched where there is nothing to count."""
    return _bars(places) | {
        "hoverinfo": "skip",
        "marker": {
            "color": [place.fill for place in places],
            "line": {
                "color": [RUNNING if place.is_hollow else PAPER for place in places],
                "width": [1 if place.is_hollow else 2 for place in places],
            },
            "pattern": {
                "shape": ["/" if place.tile.colour is None else "" for place in places],
                "fgcolor": RULE,
                "bgcolor": PAPER,
                "size": 6,
            },
        },
        "unselected": {"marker": {"opacity": 1}},
    }


def _texts(places: Sequence[_Placed]) -> list[dict[str, Any]]:
    """One trace per ink: a heatmap's own labels do not keep to our contrast."""
    return [
        {
            "type": "scatter",
            "mode": "text",
            "x": [place.x for place in places if ink_on(place.fill) == ink],
            "y": [place.y for place in places if ink_on(place.fill) == ink],
            "text": [place.tile.text for place in places if ink_on(place.fill) == ink],
            "textfont": {"color": ink, "size": 12, "family": FONT},
            "hoverinfo": "skip",
            "selected": {"textfont": {"color": ink}},
            "unselected": {"textfont": {"color": ink}},
        }
        for ink in (INK, PAPER)
    ]


def _clicks(places: Sequence[_Placed]) -> dict[str, Any]:
    """Clear cells over all else: they take the click, and the chosen one shows its frame."""
    return _bars(places) | {
        "customdata": [place.key for place in places],
        "hoverinfo": "text",
        "hovertext": [place.tile.hover for place in places],
        "textposition": "none",
        "marker": {"color": CLEAR, "opacity": 0, "line": {"color": INK, "width": 3}},
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 0}},
    }
