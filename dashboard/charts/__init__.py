"""Charts as plain dicts, and the one place that draws them.

Few kinds: lines, bars, dots with intervals, heat matrices, maps of tiles or outlines, a time line. Labels sit
at the marks; bars start at zero and are sorted; a click on a mark selects what it stands for.
"""

from dashboard.charts.bars import bars
from dashboard.charts.cells import Tile
from dashboard.charts.dots import Dot, dots
from dashboard.charts.drawing import draw, marks, release, told
from dashboard.charts.frame import Figure
from dashboard.charts.lines import lines, shares, steps
from dashboard.charts.matrix import Head, matrix
from dashboard.charts.outline_map import outline_map
from dashboard.charts.tile_map import tile_map
from dashboard.charts.timeline import Frame, Moment, Span, timeline

__all__ = [
    "Dot",
    "Figure",
    "Frame",
    "Head",
    "Moment",
    "Span",
    "Tile",
    "bars",
    "dots",
    "draw",
    "lines",
    "marks",
    "matrix",
    "outline_map",
    "release",
    "shares",
    "steps",
    "tile_map",
    "timeline",
    "told",
]
