"""Cells that can be clicked: what heat matrices and tile maps are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts.frame import CELL
from dashboard.tokens import HATCH, PAPER, RUNNING, ink_on


@dataclass(frozen=True)
class Tile:
    """A cell: its text, what is said of it, its colour; colour None where there is nothing to count."""

    text: str
    hover: str
    colour: str | None


@dataclass(frozen=True)
class Cell:
    """A tile in its place: column and row from 0, what a click on it gives, whether it is still running."""

    x: int
    y: int
    key: str
    tile: Tile
    is_running: bool = False

    @property
    def is_hollow(self) -> bool:
        return self.is_running and self.tile.colour is not None

    @property
    def fill(self) -> str:
        return PAPER if self.is_hollow or self.tile.colour is None else self.tile.colour


def cells(shown: Sequence[Cell]) -> dict[str, Any]:
    """One trace: filled, hollow while running, hatched where there is nothing to count, each with its text.

    Bars one row high, set where their cells stand: they can be hatched and framed, as a heatmap cannot.
    """
    return {
        "type": "bar",
        "x": [cell.x for cell in shown],
        "y": [0.92 if cell.is_hollow else 1 for cell in shown],
        "base": [cell.y - (0.46 if cell.is_hollow else 0.5) for cell in shown],
        "width": [0.95 if cell.is_hollow else 1 for cell in shown],
        "marker": _paint(shown),
        "text": [cell.tile.text for cell in shown],
        "textposition": "none",  # marks.js writes it, faster
        "textfont": {"color": [ink_on(cell.fill) for cell in shown]},
        "customdata": [cell.key for cell in shown],
        "hovertext": [cell.tile.hover for cell in shown],
        "meta": CELL,
    }


def _paint(shown: Sequence[Cell]) -> dict[str, Any]:
    return {
        "color": [HATCH if cell.tile.colour is None else cell.fill for cell in shown],  # a hatch takes it
        "line": {
            "color": [RUNNING if cell.is_hollow else PAPER for cell in shown],
            "width": [1 if cell.is_hollow else 2 for cell in shown],
        },
        "pattern": {
            "shape": ["/" if cell.tile.colour is None else "" for cell in shown],
            "size": 6,
        },
    }
