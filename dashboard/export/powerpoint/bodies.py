"""What stands on a page: each kind of body in the place that is left to it."""

from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from dashboard.export.powerpoint import charts, dots, rows
from dashboard.export.powerpoint.page import ACROSS, BOTTOM, LEFT, SMALLEST, TOP, box, colour, write
from dashboard.export.powerpoint.place import Place
from dashboard.parts.cards import NO_CHANGE, Card
from dashboard.slides.parts import Bars, Body, Course, Cover, Dots, Entry, Figures, Gantt, Slide, Table
from dashboard.tokens import INK, JUDGEMENT_COLOURS, JUDGEMENT_SIGNS, JUDGEMENT_WORDS, MUTED, RULE, RUNNING

GAP = Inches(0.4)
STYLE = "{5940675A-B579-460E-94D1-54222C63F5DA}"
"""PowerPoint's own name of a table with a grid and no fills."""
BORDERS = ("a:lnL", "a:lnR", "a:lnT", "a:lnB")


def draw(drawn: Any, slide: Slide) -> None:
    whole = Place(LEFT, TOP, ACROSS, BOTTOM - TOP)
    shares = slide.shares or [1] * len(slide.bodies)
    places = whole.stacked(len(slide.bodies), GAP) if slide.is_stacked else whole.beside(shares, GAP)
    for body, place in zip(slide.bodies, places, strict=True):
        _draw(drawn, body, place)


def _draw(drawn: Any, body: Body, place: Place) -> None:
    match body:
        case Cover():
            _cover(drawn, body)
        case Figures():
            _figures(drawn, body, place)
        case Table():
            _table(drawn, body, place)
        case Bars():
            charts.bars(drawn, body, place)
        case Dots():
            dots.dots(drawn, body, place)
        case Course():
            charts.course(drawn, body, place)
        case Gantt():
            charts.gantt(drawn, body, place)


def _cover(drawn: Any, body: Cover) -> None:
    box(drawn, "\n".join(body.lines), LEFT, Inches(4.2), ACROSS, Inches(2), 20, MUTED)


def _figures(drawn: Any, body: Figures, place: Place) -> None:
    """Cards, three in a row where there is room for it."""
    across = 3 if place.width > ACROSS * 2 // 3 else 1
    down = -(-len(body.cards) // across)
    for number, card in enumerate(body.cards):
        row, column = divmod(number, across)
        _card(drawn, card, place.cell(row, column, down, across, GAP))


def _card(drawn: Any, card: Card, place: Place) -> None:
    frame = box(drawn, card.name, place.left, place.top, place.width, place.height, 16, MUTED)
    if card.judgement:
        words = f"  {JUDGEMENT_SIGNS[card.judgement]} {JUDGEMENT_WORDS[card.judgement]}"
        write(frame.paragraphs[0], words, 16, JUDGEMENT_COLOURS[card.judgement], is_bold=True)
    write(frame.add_paragraph(), card.value, 44, INK, is_bold=True)
    for line in (card.beneath, card.change or NO_CHANGE, card.target):
        if line:
            write(frame.add_paragraph(), line, 15, MUTED)


def _table(drawn: Any, body: Table, place: Place) -> None:
    if not body.rows:
        box(drawn, body.empty, place.left, place.top, place.width, Inches(0.5), 18, MUTED)
        return
    lines = [[Entry(head, ink=MUTED) for head in body.heads], *body.rows]
    widths = [int(place.width * share / sum(body.widths)) for share in body.widths]
    size, heights = rows.fitting(lines, widths, place.height)
    shape = drawn.shapes.add_table(len(lines), len(widths), place.left, place.top, place.width, sum(heights))
    table = shape.table
    shape._element.graphic.graphicData.tbl.tblPr.find(qn("a:tableStyleId")).text = STYLE
    table.first_row, table.horz_banding = True, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row, height in zip(table.rows, heights, strict=True):
        row.height = height
    for number, line in enumerate(lines):
        for place_in_row, entry in enumerate(line):
            _cell(table.cell(number, place_in_row), entry, size, place_in_row in set(body.numbers))


def _cell(cell: Any, entry: Entry, size: float, is_number: bool) -> None:
    cell.margin_top = cell.margin_bottom = Pt(1)
    cell.margin_left = cell.margin_right = Pt(5)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if is_number else PP_ALIGN.LEFT
    write(paragraph, entry.text, size, entry.ink, is_bold=entry.is_bold)
    if entry.small:
        write(paragraph, f" {entry.small}", SMALLEST, entry.ink)
    if entry.fill:
        cell.fill.solid()
        cell.fill.fore_color.rgb = colour(entry.fill)
    else:
        cell.fill.background()
    _border(cell, RUNNING if entry.is_hollow else RULE)


def _border(cell: Any, line: str) -> None:
    properties = cell._tc.get_or_add_tcPr()
    for place, side in enumerate(BORDERS):
        element = parse_xml(
            f'<{side} {nsdecls("a")} w="9525"><a:solidFill><a:srgbClr val="{line.lstrip("#").upper()}"/>'
            f"</a:solidFill></{side}>"
        )
        properties.insert(place, element)
