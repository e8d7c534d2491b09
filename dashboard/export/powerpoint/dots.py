"""Native dots with their intervals, and the level they are held against."""

from copy import deepcopy
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboard.export.powerpoint import native
from dashboard.export.powerpoint.native import HEAD, SHARE, SIZE
from dashboard.export.powerpoint.page import SMALLEST, box, colour
from dashboard.export.powerpoint.place import Place
from dashboard.slides.parts import Dots
from dashboard.tokens import INK, INTERVAL, MUTED

MARK = 11
MANY = 8
"""More dots than that have smaller words, and no n/N under their names."""
HEADROOM = 0.12
"""Of the scale, above 100 %, for what stands over the dots there."""
UNTIL_ALL = '[>1]"";0%'


def dots(drawn: Any, body: Dots, place: Place) -> None:
    """Names below, rates upwards: a chart of lines without lines is the kind that every program can edit."""
    native.head(drawn, body.name if body.level is None else f"{body.name}（虚线为{body.level_name}）", place)
    inner = place.below(HEAD)
    if not body.dots:
        box(drawn, body.empty, inner.left, inner.top, inner.width, HEAD, SIZE, MUTED)
        return
    spoken = f"{body.name}：" + "，".join(f"{dot.label} {dot.text} {dot.part}" for dot in body.dots)
    chart = native.chart(drawn, XL_CHART_TYPE.LINE_MARKERS, _data(body), inner, spoken)
    _scale(chart, body)
    rates, *others = chart.plots[0].series
    upper, lower = others[-2:]
    _marks(rates, body)
    _intervals(rates, upper, lower)
    if body.level is not None:
        _level(others[0])


def _data(body: Dots) -> CategoryChartData:
    """The sheet: rate, level, and how far the interval reaches up and down."""
    data = CategoryChartData(number_format=SHARE)
    data.categories = [
        dot.label if len(body.dots) > MANY else f"{dot.label}\n{dot.part}" for dot in body.dots
    ]
    data.add_series(body.name, [dot.value for dot in body.dots])
    if body.level is not None:
        data.add_series(body.level_name, [body.level for _ in body.dots])
    data.add_series("区间向上", [dot.high - dot.value for dot in body.dots])
    data.add_series("区间向下", [dot.value - dot.low for dot in body.dots])
    return data


def _size(body: Dots) -> float:
    return SMALLEST if len(body.dots) > MANY else SIZE


def _scale(chart: Any, body: Dots) -> None:
    native.plain_categories(chart)
    names = chart.category_axis.tick_labels
    names.font.size = Pt(_size(body))
    chart.category_axis._element.find(qn("c:txPr")).find(qn("a:bodyPr")).set("rot", "0")
    axis = chart.value_axis
    native.quiet(axis)
    axis.minimum_scale, axis.maximum_scale = body.least, 1 + (1 - body.least) * HEADROOM
    axis.major_unit = 0.1 if body.least >= 0.5 else 0.2
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = UNTIL_ALL, False


def _marks(series: Any, body: Dots) -> None:
    series.smooth = False
    series.format.line.fill.background()
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, MARK
    for place, dot in enumerate(body.dots):
        point = series.points[place]
        for fill in (point.marker.format.fill, point.marker.format.line.fill, point.format.fill):
            fill.solid()
            fill.fore_color.rgb = colour(dot.colour)
    native.labels(series, SHARE, XL_LABEL_POSITION.RIGHT, _size(body))
    for place, dot in enumerate(body.dots):
        native.reword(series.points[place], dot.value, INK, XL_LABEL_POSITION.RIGHT, _size(body))


def _intervals(series: Any, upper: Any, lower: Any) -> None:
    """The two last series are no lines of their own: their columns of the sheet are the error bars."""
    reach = {}
    for side, column in (("plus", upper), ("minus", lower)):
        reach[side] = deepcopy(column._element.find(qn("c:val")).find(qn("c:numRef")))
        column._element.getparent().remove(column._element)
    line = f'<a:ln w="34925"><a:solidFill><a:srgbClr val="{colour(INTERVAL)}"/></a:solidFill></a:ln>'
    bars = parse_xml(
        f'<c:errBars {nsdecls("c", "a")}><c:errDir val="y"/><c:errBarType val="both"/>'
        '<c:errValType val="cust"/><c:noEndCap val="1"/><c:plus/><c:minus/>'
        f"<c:spPr>{line}</c:spPr></c:errBars>"
    )
    for side, numbers in reach.items():
        bars.find(qn(f"c:{side}")).append(numbers)
    series._element.find(qn("c:cat")).addprevious(bars)


def _level(series: Any) -> None:
    series.smooth = False
    series.marker.style = XL_MARKER_STYLE.NONE
    series.format.line.color.rgb = colour(INTERVAL)
    series.format.line.width, series.format.line.dash_style = Pt(1), MSO_LINE.DASH
    native.named(series.points[0], SHARE, XL_LABEL_POSITION.ABOVE)
