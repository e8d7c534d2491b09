"""Towns by their outlines, plain longitude and latitude: no tiles from elsewhere."""

import json
from collections.abc import Iterator, Mapping, Sequence
from math import cos, radians
from typing import Any

from dashboard.charts.cells import Tile
from dashboard.charts.frame import POINT, Figure, layout
from dashboard.tokens import HATCH, INK, PAPER, ink_on

HEIGHT = 420
Ring = Sequence[Sequence[float]]


def outline_map(towns: Mapping[str, tuple[str, Tile]]) -> Figure:
    """{town: (GeoJSON geometry, tile)} as areas, each with its name and text; a click gives it."""
    rings = {town: list(_rings(json.loads(geometry))) for town, (geometry, _) in towns.items()}
    tiles = {town: tile for town, (_, tile) in towns.items()}
    middle = [latitude for each in rings.values() for ring in each for _, latitude in ring]
    ratio = 1 / cos(radians(sum(middle) / len(middle)))
    hidden = {"visible": False}
    return {
        "data": [*(_area(rings[town], tiles[town]) for town in towns), _names(rings, tiles)],
        "layout": layout(
            HEIGHT,
            margin={"l": 0, "r": 0, "t": 0, "b": 0},
            showlegend=False,
            xaxis=hidden,
            yaxis={**hidden, "scaleanchor": "x", "scaleratio": ratio},
        ),
    }


def _rings(geometry: Mapping[str, Any]) -> Iterator[Ring]:
    """The outer ring of each part."""
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    yield from (part[0] for part in parts)


def _area(rings: Sequence[Ring], tile: Tile) -> dict[str, Any]:
    """One town; its parts are kept apart by gaps. Hatched where there is nothing to count."""
    spots = [spot for ring in rings for spot in (*ring, (None, None))]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [spot[0] for spot in spots],
        "y": [spot[1] for spot in spots],
        "fill": "toself",
        "fillcolor": tile.colour or PAPER,
        "fillpattern": {"shape": "" if tile.colour else "/", "fgcolor": HATCH, "size": 6},
        "line": {"color": PAPER if tile.colour else HATCH, "width": 1.5},
        "hoverinfo": "skip",
    }


def _names(rings: Mapping[str, Sequence[Ring]], tiles: Mapping[str, Tile]) -> dict[str, Any]:
    places = [_middle(max(each, key=_area_of)) for each in rings.values()]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [x for x, _ in places],
        "y": [y for _, y in places],
        "marker": {"size": 34, "opacity": 0},
        "text": [f"{town}<br>{tile.text}" for town, tile in tiles.items()],
        "textfont": {
            "size": 11,
            "color": [_ink(tile) for tile in tiles.values()],
        },
        "customdata": list(tiles),
        "hovertext": [tile.hover for tile in tiles.values()],
        "meta": POINT,
    }


def _ink(tile: Tile) -> str:
    return ink_on(tile.colour) if tile.colour else INK


def _crosses(ring: Ring) -> list[tuple[float, float, float]]:
    """Of each edge: the cross product of its ends, and the sums of their coordinates."""
    ends = zip(ring, [*ring[1:], ring[0]], strict=True)
    return [(a[0] * b[1] - b[0] * a[1], a[0] + b[0], a[1] + b[1]) for a, b in ends]


def _area_of(ring: Ring) -> float:
    return abs(sum(cross for cross, _, _ in _crosses(ring)))


def _middle(ring: Ring) -> tuple[float, float]:
    """The centre of gravity of a ring's area."""
    crosses = _crosses(ring)
    whole = 3 * sum(cross for cross, _, _ in crosses)
    return sum(c * x for c, x, _ in crosses) / whole, sum(c * y for c, _, y in crosses) / whole
