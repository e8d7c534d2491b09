"""A map of squares, one a town in its rough place, where no outlines are at hand."""

from collections.abc import Mapping

from dashboard.charts.cells import Cell, Tile, cells
from dashboard.charts.frame import Figure, layout

SIDE = 68
"""Pixels of a square's side."""


def tile_map(towns: Mapping[str, tuple[int, int, Tile]]) -> Figure:
    """{town: (row, column, tile)} as squares, its name over the tile's text; a click gives the town."""
    rows = max((row for row, _, _ in towns.values()), default=0) + 1
    columns = max((column for _, column, _ in towns.values()), default=0) + 1
    shown = [
        Cell(column, row, town, Tile(f"{town}\n{tile.text}", tile.hover, tile.colour))
        for town, (row, column, tile) in towns.items()
    ]
    square = {"scaleanchor": "x", "constrain": "domain", "constraintoward": "top"}
    return {
        "data": [cells(shown)],
        "layout": layout(
            SIDE * rows,
            margin={"l": 0, "r": 0, "t": 0, "b": 0},
            xaxis={
                "visible": False,
                "range": [-0.5, columns - 0.5],
                "constrain": "domain",
                "constraintoward": "left",
            },
            yaxis={"visible": False, "range": [rows - 0.5, -0.5], **square},
        ),
    }
