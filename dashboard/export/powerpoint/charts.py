"""Native charts: their data stand in the file, so the office can change them."""

from typing import Any

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Inches, Pt

from dashboard.export.powerpoint.page import TYPEFACE, box, colour, write
from dashboard.export.powerpoint.place import Place
from dashboard.slides.parts import Bars, Course, Gantt
from dashboard.tokens import ACCENT, AMOUNTS, INK, MUTED, RULE
from dashboard.words import number, percent

SIZE = 13
HEAD = Inches(0.42)
DIGIT = Pt(SIZE) * 0.72
"""What a character beside a bar takes, most being digits."""
MOST_ROOM = 0.6
PER_CHARACTER = Pt(SIZE) * 1.05
LEAST_NAMES, MOST_NAMES = 0.12, 0.45
ROW = Inches(0.5)


def bars(drawn: Any, body: Bars, place: Place) -> None:
    level = "" if body.level is None else f"（{body.level_name} {percent(body.level, 0)}）"
    _head(drawn, f"{body.name}{level}", place)
    inner = place.below(HEAD)
    if not body.bars:
        box(drawn, body.empty, inner.left, inner.top, inner.width, HEAD, SIZE, MUTED)
        return
    inner = Place(inner.left, inner.top, inner.width, min(inner.height, ROW * (len(body.bars) + 1)))
    data = CategoryChartData(number_format="0.0%" if body.is_share else "#,##0")
    data.categories = [bar.label for bar in body.bars]
    data.add_series(body.name, [bar.value for bar in body.bars])
    chart = _chart(
        drawn,
        XL_CHART_TYPE.BAR_CLUSTERED,
        data,
        inner,
        f"{body.name}：" + "，".join(f"{bar.label} {bar.text}" for bar in body.bars),
    )
    names = _names(body, inner)
    most = (body.most or 1) / (1 - _room(body, inner.width * (1 - names)))
    _scale(chart, most, names)
    plot = chart.plots[0]
    plot.gap_width, plot.vary_by_categories = 45, False
    for point, bar in zip(_points(plot.series[0], len(body.bars)), body.bars, strict=True):
        point.format.fill.solid()
        point.format.fill.fore_color.rgb = colour(bar.colour)
        _label(point, bar.text)
    if body.level is not None:
        _upright(drawn, inner, names + (1 - names) * body.level / most)


def _names(body: Bars, place: Place) -> float:
    """The share of the width that the longest name needs."""
    longest = max(len(bar.label) for bar in body.bars)
    return min(MOST_NAMES, max(LEAST_NAMES, (longest + 1) * PER_CHARACTER / place.width))


def _room(body: Bars, width: float) -> float:
    """The share of the scale that what stands beside the bars needs."""
    return min(MOST_ROOM, max(len(bar.text) for bar in body.bars) * DIGIT / width)


def course(drawn: Any, body: Course, place: Place) -> None:
    _head(drawn, body.name, place)
    data = CategoryChartData(number_format="#,##0")
    data.categories = [f"{day:%Y-%m}" for day in body.days]
    for name, (values, _) in body.series.items():
        data.add_series(name, values)
    spoken = f"{body.name}：" + "，".join(
        f"{name} {number(values[-1])}" for name, (values, _) in body.series.items() if values
    )
    chart = _chart(drawn, XL_CHART_TYPE.LINE, data, place.below(HEAD), spoken)
    _quiet(chart.value_axis)
    chart.value_axis.minimum_scale = 0
    chart.category_axis.format.line.color.rgb = colour(RULE)
    for series, (name, (values, line)) in zip(chart.plots[0].series, body.series.items(), strict=True):
        series.smooth = False
        series.format.line.color.rgb = colour(line)
        series.format.line.width = Pt(2.5)
        if values and values[-1] is not None:
            _label(series.points[len(values) - 1], f"{name} {number(values[-1])}", XL_LABEL_POSITION.ABOVE)


def gantt(drawn: Any, body: Gantt, place: Place) -> None:
    """Phases as stacked bars: the way to their first day (not drawn), what is done, what is left."""
    data = CategoryChartData(number_format="0")
    data.categories = [stretch.name for stretch in body.stretches]
    lasts = [(stretch.to_on - stretch.from_on).days + 1 for stretch in body.stretches]
    done = [days * (stretch.done or 0) for days, stretch in zip(lasts, body.stretches, strict=True)]
    data.add_series("此前（天）", [(stretch.from_on - body.from_on).days for stretch in body.stretches])
    data.add_series("按已完成任务折算（天）", done)
    data.add_series("其余（天）", [days - part for days, part in zip(lasts, done, strict=True)])
    chart = _chart(drawn, XL_CHART_TYPE.BAR_STACKED, data, place, "四个阶段的起止和完成比例")
    whole = (body.to_on - body.from_on).days + 1
    names = 0.12
    _scale(chart, whole, names)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 60, 100
    plot.series[0].format.fill.background()
    for series, fill in zip(list(plot.series)[1:], (ACCENT, AMOUNTS[1]), strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour(fill)
    gone = min(1, max(0, ((body.today - body.from_on).days + 1) / whole))
    _upright(drawn, place, names + (1 - names) * gone)


def _head(drawn: Any, text: str, place: Place) -> None:
    frame = box(drawn, "", place.left, place.top, place.width, HEAD, SIZE, INK)
    write(frame.paragraphs[0], text, SIZE + 1, INK, is_bold=True)


def _chart(drawn: Any, kind: Any, data: CategoryChartData, place: Place, spoken: str) -> Any:
    shape = drawn.shapes.add_chart(
        kind, Emu(place.left), Emu(place.top), Emu(place.width), Emu(place.height), data
    )
    shape._element._nvXxPr.cNvPr.set("descr", spoken)
    chart = shape.chart
    chart.has_legend, chart.has_title = False, False
    chart.font.size, chart.font.name = Pt(SIZE), TYPEFACE
    chart.font.color.rgb = colour(INK)
    for properties in chart._chartSpace.iter(qn("a:defRPr")):
        _faces(properties)
    return chart


def _faces(properties: Any) -> None:
    for kind in ("ea", "cs"):
        if properties.find(qn(f"a:{kind}")) is None:
            etree.SubElement(properties, qn(f"a:{kind}")).set("typeface", TYPEFACE)


def _scale(chart: Any, most: float, names: float) -> None:
    """The first bar on top, no axis of values, and the bars exactly where the lines over them expect them."""
    chart.category_axis.reverse_order = True
    chart.category_axis.format.line.color.rgb = colour(RULE)
    chart.category_axis.major_tick_mark = XL_TICK_MARK.NONE
    axis = chart.value_axis
    axis.minimum_scale, axis.maximum_scale = 0, most
    axis.visible = False
    _quiet(axis)
    layout = parse_xml(
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/><c:x val="{names}"/><c:y val="0.02"/><c:w val="{1 - names}"/>'
        f'<c:h val="0.96"/></c:manualLayout></c:layout>'
    )
    area = chart._chartSpace.chart.plotArea
    found = area.find(qn("c:layout"))
    if found is not None:
        area.remove(found)
    area.insert(0, layout)


def _quiet(axis: Any) -> None:
    axis.has_major_gridlines = False
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.NEXT_TO_AXIS
    axis.format.line.fill.background()


def _points(series: Any, count: int) -> list[Any]:
    return [series.points[place] for place in range(count)]


def _label(point: Any, text: str, where: Any = XL_LABEL_POSITION.OUTSIDE_END) -> None:
    """What stands beside a mark: the very words of the page."""
    frame = point.data_label.text_frame
    frame.word_wrap = False
    write(frame.paragraphs[0], text, SIZE, INK)
    point.data_label.position = where


def _upright(drawn: Any, place: Place, share: float) -> None:
    """A dashed line over a chart, so much of its width from the left."""
    x = Emu(int(place.left + place.width * share))
    line = drawn.shapes.add_connector(1, x, Emu(place.top), x, Emu(place.top + place.height))
    line.line.color.rgb = colour(INK)
    line.line.width = Pt(1.5)
    line.line.dash_style = MSO_LINE.DASH
