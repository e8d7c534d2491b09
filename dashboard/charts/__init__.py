"""Charts as plain dicts, and the one place that draws them.

Few kinds: lines, bars, dots with intervals, heat matrices, maps of tiles. Labels sit at the marks; bars
start at zero and are sorted; a click on a mark selects what it stands for.
"""

from dashboard.charts.bars import bars
from dashboard.charts.cells import Tile
from dashboard.charts.dots import Dot, dots
from dashboard.charts.drawing import draw, marks, release, told
from dashboard.charts.lines import lines, steps
from dashboard.charts.matrix import Head, matrix
from dashboard.charts.tile_map import tile_map

__all__ = [
    "Dot",
    "Head",
    "Tile",
    "bars",
    "dots",
    "draw",
    "lines",
    "marks",
    "matrix",
    "release",
    "steps",
    "tile_map",
    "told",
]
