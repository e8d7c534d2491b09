"""What native charts share: typefaces, axes, labels that follow the chart's own sheet, lines behind them."""

from typing import Any

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Inches, Pt

from dashboard.export.powerpoint.page import TYPEFACE, box, colour, face, write
from dashboard.export.powerpoint.place import Place
from dashboard.tokens import INK, RULE
from dashboard.words import percent

SIZE = 13
HEAD = Inches(0.42)
SHARE = "0.0%"
"""The number format of a rate, in the sheet and beside its mark."""


def head(drawn: Any, text: str, place: Place) -> None:
    frame = box(drawn, "", place.left, place.top, place.width, HEAD, SIZE, INK)
    write(frame.paragraphs[0], text, SIZE + 1, INK, is_bold=True)


def chart(drawn: Any, kind: Any, data: CategoryChartData, place: Place, spoken: str) -> Any:
    """A chart without legend, title or ground: what lies behind it shows."""
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
    ground = parse_xml(f"<c:spPr {nsdecls('c', 'a')}><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>")
    chart._chartSpace.chart.addnext(ground)
    return chart


def _faces(properties: Any) -> None:
    for kind in ("ea", "cs"):
        if properties.find(qn(f"a:{kind}")) is None:
            etree.SubElement(properties, qn(f"a:{kind}")).set("typeface", TYPEFACE)


def lying(chart: Any, most: float, names: float) -> None:
    """Bars from left to right: the first on top, no axis of values, from so much of the width on."""
    chart.category_axis.reverse_order = True
    plain_categories(chart)
    axis = chart.value_axis
    axis.minimum_scale, axis.maximum_scale = 0, most
    axis.visible = False
    quiet(axis)
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


def plain_categories(chart: Any) -> None:
    chart.category_axis.format.line.color.rgb = colour(RULE)
    chart.category_axis.major_tick_mark = XL_TICK_MARK.NONE


def quiet(axis: Any) -> None:
    axis.has_major_gridlines = False
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.NEXT_TO_AXIS
    axis.format.line.fill.background()


def labels(series: Any, form: str, where: Any, size: float = SIZE) -> None:
    """The value beside each mark, in a number format: it follows when the sheet is edited."""
    shown = series.data_labels
    shown.number_format, shown.number_format_is_linked = form, False
    shown.show_value, shown.position = True, where
    face(shown.font, size)


def reword(point: Any, value: float, ink: str, where: Any, size: float = SIZE) -> None:
    """Put the page's own words where the number format would round nearly all to all."""
    text = percent(value)
    if text != f"{value:.1%}":
        frame = point.data_label.text_frame
        write(frame.paragraphs[0], text, size, ink)
        point.data_label.position = where


def placed(point: Any, form: str, ink: str, where: Any) -> None:
    """A value in a place and an ink of its own."""
    label = point.data_label._get_or_add_dLbl()
    label.find(qn("c:showVal")).set("val", "1")
    face(point.data_label.font, SIZE, ink)
    point.data_label.position = where
    _form(label, form)


def named(point: Any, form: str, where: Any) -> None:
    """The series' name and the value beside one mark."""
    label = point.data_label._get_or_add_dLbl()
    for name in ("showVal", "showSerName"):
        label.find(qn(f"c:{name}")).set("val", "1")
    separator = parse_xml(f"<c:separator {nsdecls('c')}> </c:separator>")
    label.find(qn("c:showBubbleSize")).addnext(separator)
    face(point.data_label.font, SIZE)
    point.data_label.position = where
    _form(label, form)


def _form(label: Any, form: str) -> None:
    element = parse_xml(f"<c:numFmt {nsdecls('c')} sourceLinked='0'/>")
    element.set("formatCode", form)
    label.find(qn("c:idx")).addnext(element)


def upright(drawn: Any, place: Place, share: float) -> None:
    """A dashed line, so much of a chart's width from its left; drawn first, it lies behind."""
    x = Emu(int(place.left + place.width * share))
    line = drawn.shapes.add_connector(1, x, Emu(place.top), x, Emu(place.top + place.height))
    line.line.color.rgb = colour(INK)
    line.line.width = Pt(1.5)
    line.line.dash_style = MSO_LINE.DASH
