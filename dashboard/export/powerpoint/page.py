"""A page of PowerPoint: its size, typefaces, title, source line, number and notes."""

from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from dashboard.slides.parts import Cover, Slide
from dashboard.tokens import ACCENT, INK, MUTED

TYPEFACE = "微软雅黑"
WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
LEFT, ACROSS = Inches(0.6), Inches(12.13)
TOP, BOTTOM = Inches(1.7), Inches(6.78)
"""Between these stand the bodies."""
NOTES = 12
SMALLEST = 11
"""Points: a fiftieth of the page's height."""
TITLE_ONLY = 5
TITLE = PP_PLACEHOLDER.TITLE
TITLES = ((40, 28), (64, 22), (1_000, 19))
"""The size of a title of up to so many characters."""


def opened() -> Any:
    """An empty presentation, 16:9, its theme's typefaces Chinese."""
    shown = Presentation()
    shown.slide_width, shown.slide_height = WIDTH, HEIGHT
    theme = shown.slide_master.part.part_related_by(RT.THEME)
    tree = etree.fromstring(theme.blob)
    for kind in ("latin", "ea", "cs"):
        for font in tree.iter(qn(f"a:{kind}")):
            font.set("typeface", TYPEFACE)
    theme._blob = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    _place(_title_of(shown.slide_layouts[TITLE_ONLY]))
    _in_chinese(shown)
    return shown


def _in_chinese(shown: Any) -> None:
    """Keep the one layout that is used, and say in Chinese what master and layout say themselves."""
    for layout in [one for place, one in enumerate(shown.slide_layouts) if place != TITLE_ONLY]:
        shown.slide_layouts.remove(layout)
    for holder in (shown.slide_master, *shown.slide_layouts):
        holder.name = "治本看板"
        for shape in holder.placeholders:
            is_title = shape.placeholder_format.type == TITLE
            shape.name = "标题" if is_title else f"占位 {shape.placeholder_format.idx}"
            for text in shape._element.iter(qn("a:t")):
                text.text = "标题" if is_title else ""


def _title_of(holder: Any) -> Any:
    return next(shape for shape in holder.placeholders if shape.placeholder_format.type == TITLE)


def _place(title: Any) -> None:
    title.left, title.top, title.width, title.height = LEFT, Inches(0.35), ACROSS, Inches(1.15)


def add(shown: Any, slide: Slide, number: str) -> Any:
    """A page with a slide's title, source and notes; its bodies are still to be drawn."""
    drawn = shown.slides.add_slide(shown.slide_layouts[0])
    is_cover = any(isinstance(body, Cover) for body in slide.bodies)
    _title(drawn.shapes.title, slide.title, is_cover=is_cover)
    if not is_cover:
        box(drawn, slide.source, LEFT, Inches(6.92), Inches(11.2), Inches(0.42), SMALLEST, MUTED)
        at_right = box(drawn, number, Inches(11.9), Inches(6.92), Inches(0.83), Inches(0.42), SMALLEST, MUTED)
        at_right.paragraphs[0].alignment = PP_ALIGN.RIGHT
    if slide.notes:
        write(drawn.notes_slide.notes_text_frame.paragraphs[0], "\n".join(slide.notes), NOTES)
    return drawn


def _title(shape: Any, title: str, *, is_cover: bool) -> None:
    frame = shape.text_frame
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    size = 40 if is_cover else next(points for most, points in TITLES if len(title) <= most)
    if is_cover:
        shape.left, shape.top, shape.width, shape.height = LEFT, Inches(2), ACROSS, Inches(1.9)
    write(frame.paragraphs[0], title, size, ACCENT if is_cover else INK, is_bold=True)
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT


def box(
    drawn: Any, text: str, left: int, top: int, width: int, height: int, size: float, ink: str = INK
) -> Any:
    """Words in a place; returns their frame."""
    frame = drawn.shapes.add_textbox(Emu(left), Emu(top), Emu(width), Emu(height)).text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    write(frame.paragraphs[0], text, size, ink)
    return frame


def write(paragraph: Any, text: str, size: float, ink: str = INK, *, is_bold: bool = False) -> None:
    """Words in a typeface of their own for every script, so that nothing falls back."""
    for place, line in enumerate(text.split("\n")):
        if place:
            paragraph.add_line_break()
        run = paragraph.add_run()
        run.text = line
        face(run.font, size, ink, is_bold=is_bold)


def face(font: Any, size: float, ink: str = INK, *, is_bold: bool = False) -> None:
    """A size, colour and typeface, for Latin and Chinese alike."""
    font.size, font.bold, font.name = Pt(size), is_bold, TYPEFACE
    font.color.rgb = colour(ink)
    for kind in ("ea", "cs"):
        found = font._rPr.find(qn(f"a:{kind}"))
        element = found if found is not None else etree.SubElement(font._rPr, qn(f"a:{kind}"))
        element.set("typeface", TYPEFACE)


def colour(value: str) -> RGBColor:
    shade: RGBColor = RGBColor.from_string(value.lstrip("#").upper())
    return shade
