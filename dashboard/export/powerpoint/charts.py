"""Native bars, lines and phases: their data stand in the file, so the office can change them."""

from math import ceil
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from dashboard.export.powerpoint import native
from dashboard.export.powerpoint.native import HEAD, SHARE, SIZE
from dashboard.export.powerpoint.page import box, colour
from dashboard.export.powerpoint.place import Place
from dashboard.slides.parts import Bar, Bars, Course, Gantt
from dashboard.tokens import ACCENT, AMOUNTS, INK, MUTED, PAPER, RULE
from dashboard.words import number, percent

DIGIT = Pt(SIZE) * 0.72
"""What a character beside a bar takes, most being digits."""
MOST_ROOM = 0.6
PER_CHARACTER, PER_DIGIT = Pt(SIZE) * 1.05, Pt(SIZE) * 0.62
LEAST_NAMES, MOST_NAMES = 0.12, 0.5
ROW = Inches(0.5)
MONTHS_SHOWN = 4
LONG = 0.3
"""So long a bar, as a share of the scale, holds its value."""


def bars(drawn: Any, body: Bars, place: Place) -> None:
    level = "" if body.level is None else f"（{body.level_name} {percent(body.level, 0)}）"
    native.head(drawn, f"{body.name}{level}", place)
    inner = place.below(HEAD)
    if not body.bars:
        box(drawn, body.empty, inner.left, inner.top, inner.width, HEAD, SIZE, MUTED)
        return
    inner = Place(inner.left, inner.top, inner.width, min(inner.height, ROW * (len(body.bars) + 1)))
    form = f'#,##0" {body.unit}"' if body.unit else SHARE
    data = CategoryChartData(number_format="#,##0" if body.unit else SHARE)
    data.categories = [f"{bar.label} {bar.part}".rstrip() for bar in body.bars]
    data.add_series(body.name, [bar.value for bar in body.bars])
    names = _names(body, inner)
    most = (body.most or 1) / (1 - _room(body, inner.width * (1 - names)))
    if body.level is not None:
        native.upright(drawn, inner, names + (1 - names) * body.level / most)
    spoken = f"{body.name}：" + "，".join(f"{bar.label} {bar.text} {bar.part}".rstrip() for bar in body.bars)
    chart = native.chart(drawn, XL_CHART_TYPE.BAR_CLUSTERED, data, inner, spoken)
    native.lying(chart, most, names)
    plot = chart.plots[0]
    plot.gap_width, plot.vary_by_categories = 45, False
    native.labels(plot.series[0], form, XL_LABEL_POSITION.OUTSIDE_END)
    for place_in_row, bar in enumerate(body.bars):
        point = plot.series[0].points[place_in_row]
        point.format.fill.solid()
        point.format.fill.fore_color.rgb = colour(bar.colour)
        _value(point, bar, form, body)


def _value(point: Any, bar: Bar, form: str, body: Bars) -> None:
    """In the bar where it is long enough: beside it the value might stand on the line behind the bars."""
    ink, where = INK, XL_LABEL_POSITION.OUTSIDE_END
    if bar.value >= LONG * body.most:
        ink, where = PAPER, XL_LABEL_POSITION.INSIDE_END
        native.placed(point, form, ink, where)
    if not body.unit:
        native.reword(point, bar.value, ink, where)


def _names(body: Bars, place: Place) -> float:
    """The share of the width that the longest name with its n/N needs."""
    longest = max((len(bar.label) + 1) * PER_CHARACTER + len(bar.part) * PER_DIGIT for bar in body.bars)
    return float(min(MOST_NAMES, max(LEAST_NAMES, longest / place.width)))


def _room(body: Bars, width: float) -> float:
    """The share of the scale that what stands beside the bars needs."""
    return float(min(MOST_ROOM, max(len(bar.text) + 1 for bar in body.bars) * DIGIT / width))


def course(drawn: Any, body: Course, place: Place) -> None:
    native.head(drawn, body.name, place)
    data = CategoryChartData(number_format="#,##0")
    data.categories = body.days
    for name, (values, _) in body.series.items():
        data.add_series(name, values)
    spoken = f"{body.name}：" + "，".join(
        f"{name} {number(values[-1])}" for name, (values, _) in body.series.items() if values
    )
    chart = native.chart(drawn, XL_CHART_TYPE.LINE, data, place.below(HEAD), spoken)
    native.quiet(chart.value_axis)
    chart.value_axis.minimum_scale = 0
    chart.category_axis.format.line.color.rgb = colour(RULE)
    _months(chart, len(body.days))
    for series, (values, line) in zip(chart.plots[0].series, body.series.values(), strict=True):
        series.smooth = False
        series.format.line.color.rgb = colour(line)
        series.format.line.width = Pt(2.5)
        if values and values[-1] is not None:
            native.named(series.points[len(values) - 1], "#,##0", XL_LABEL_POSITION.ABOVE)


def _months(chart: Any, count: int) -> None:
    """A few months written level, rather than all of them aslant."""
    shown, axis = chart.category_axis.tick_labels, chart.category_axis._element
    shown.number_format, shown.number_format_is_linked = "yyyy-mm", False
    shown.font.size = Pt(SIZE)
    axis.find(qn("c:txPr")).find(qn("a:bodyPr")).set("rot", "0")
    steps = {"baseTimeUnit": "days", "majorUnit": ceil(count / MONTHS_SHOWN), "majorTimeUnit": "months"}
    for name, value in steps.items():
        for old in axis.findall(qn(f"c:{name}")):
            axis.remove(old)
        axis.append(parse_xml(f'<c:{name} {nsdecls("c")} val="{value}"/>'))


def gantt(drawn: Any, body: Gantt, place: Place) -> None:
    """Phases as stacked bars: the way to their first day (not drawn), what is done, what is left."""
    data = CategoryChartData(number_format="0")
    data.categories = [stretch.name for stretch in body.stretches]
    lasts = [(stretch.to_on - stretch.from_on).days + 1 for stretch in body.stretches]
    done = [days * (stretch.done or 0) for days, stretch in zip(lasts, body.stretches, strict=True)]
    data.add_series("此前（天）", [(stretch.from_on - body.from_on).days for stretch in body.stretches])
    data.add_series("按已完成任务折算（天）", done)
    data.add_series("其余（天）", [days - part for days, part in zip(lasts, done, strict=True)])
    chart = native.chart(drawn, XL_CHART_TYPE.BAR_STACKED, data, place, "四个阶段的起止和完成比例")
    whole = (body.to_on - body.from_on).days + 1
    names = 0.12
    native.lying(chart, whole, names)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 60, 100
    plot.series[0].format.fill.background()
    for series, fill in zip(list(plot.series)[1:], (ACCENT, AMOUNTS[1]), strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour(fill)
    gone = min(1, max(0, ((body.today - body.from_on).days + 1) / whole))
    native.upright(drawn, place, names + (1 - names) * gone)
