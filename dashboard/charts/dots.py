"""Dots with intervals beside a reference."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts.frame import ROW, Figure, layout, plain, reference_line
from dashboard.tokens import INK, INTERVAL

HEADROOM = 0.02
UNRANKED = "太少不排名"
SIZE = 11
BESIDE, BESIDE_UNRANKED = 140, 212
"""Pixels for what is written beside a dot, also where it says that it is not ranked."""


@dataclass(frozen=True)
class Dot:
    """A rate (fraction of 1) with its interval, what is written beside it, its colour, what its hover adds.

    `text` is the rate in words, `part` its n/N. What counts too few to be ranked stands last and says so.
    """

    label: str
    value: float
    low: float
    high: float
    text: str
    part: str
    colour: str
    hint: str = ""
    mark: str = ""
    is_ranked: bool = True

    @property
    def words(self) -> str:
        """What its hover says."""
        return " ".join(filter(None, (f"{self.label}：{self.text}", self.part, self.mark, self.hint)))


def dots(shown: Sequence[Dot], reference: float | None) -> Figure:
    """Dots with their intervals on one scale of per cent, the first on top; the reference is dashed."""
    shown = sorted(shown, key=lambda dot: not dot.is_ranked)
    beside = BESIDE if all(dot.is_ranked for dot in shown) else BESIDE_UNRANKED
    floor = max(0, min([*(dot.low for dot in shown), 1 - HEADROOM]) - HEADROOM)
    ceiling = min(1.01, max([dot.high for dot in shown] + [reference or 0], default=1) + HEADROOM)
    labels = [dot.label for dot in shown]
    ticks = {"tickmode": "array", "tickvals": labels, "ticktext": [plain(label) for label in labels]}
    names = {"tickfont": {"color": INK, "size": 13}, "showgrid": False, "type": "category", **ticks}
    return {
        "data": [_trace(shown)],
        "layout": layout(
            26 * max(len(shown), 1) + 40,
            margin={"l": 8, "r": beside, "t": 24, "b": 8},
            xaxis={"tickformat": ".0%", "side": "top", "range": [floor, ceiling]},
            yaxis={"autorange": "reversed", **names},
            annotations=[_right_label(dot) for dot in shown],
            shapes=[] if reference is None else [reference_line(reference)],
        ),
    }


def _trace(shown: Sequence[Dot]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "y": [dot.label for dot in shown],
        "x": [dot.value for dot in shown],
        "error_x": _whiskers(shown),
        "marker": {"color": [dot.colour for dot in shown], "size": SIZE},
        "customdata": [dot.label for dot in shown],
        "hovertext": [dot.words for dot in shown],
        "meta": ROW,
    }


def _whiskers(shown: Sequence[Dot]) -> dict[str, Any]:
    return {
        "type": "data",
        "symmetric": False,
        "array": [dot.high - dot.value for dot in shown],
        "arrayminus": [dot.value - dot.low for dot in shown],
        "thickness": 2,
        "width": 0,
        "color": INTERVAL,
    }


def _right_label(dot: Dot) -> dict[str, Any]:
    beside = {"xref": "paper", "x": 1, "xanchor": "left", "xshift": 8, "showarrow": False}
    text = " ".join(
        filter(None, (f"<b>{dot.text}</b>", dot.part, dot.mark, "" if dot.is_ranked else UNRANKED))
    )
    return {"y": dot.label, "text": text, **beside}
