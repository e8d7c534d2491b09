"""How an official document looks (GB/T 9704): A4, margins, typefaces and sizes by name, 22 lines a page."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from dashboard.export.word import blocks
from dashboard.export.word.blocks import Blank, Block, CutLine, Heading, Part, Table, Text, Title
from dashboard.words import NOTHING

TITLE, BODY, FIRST, SECOND, FIGURES = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
TWO, THREE, FOUR, SMALL_FIVE = Pt(22), Pt(16), Pt(14), Pt(9)
"""二号, 三号, 四号, 小五."""

TOP, BOTTOM, LEFT, RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
WIDTH = Mm(210) - LEFT - RIGHT
LINE = Pt(28.95)
"""225 mm of text in 22 lines."""

TWO_CHARACTERS = "200"
"""The indent of a paragraph, in hundredths of a character."""

PADDING = "50"
"""Left and right in a table's cell, in twentieths of a point."""

ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


def document(content: Sequence[Block], subject: str) -> bytes:
    """A Word file of the blocks; `subject` is its title in the file's own data."""
    book = docx.Document()
    book.core_properties.title = subject
    book.core_properties.author = ""
    _page(book)
    for block in content:
        DRAW[type(block)](book, block)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _page(book: Any) -> None:
    section = book.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.footer_distance = BOTTOM - Mm(14)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(int(LINE.pt * 20)))
    book.settings.odd_and_even_pages_header_footer = True
    _number(section.footer, "right")
    _number(section.even_page_footer, "left")
    _typeface(book.styles["Normal"].element.get_or_add_rPr(), BODY)
    book.styles["Normal"].font.size = THREE


def _number(footer: Any, align: blocks.Align) -> None:
    """— 1 —, at the outer edge."""
    paragraph = footer.paragraphs[0]
    paragraph.alignment = ALIGN[align]
    for kind, said in ((None, "— "), ("begin", ""), ("instr", "PAGE"), ("end", ""), (None, " —")):
        run = _run(paragraph, said if kind is None else "", FIGURES, FOUR)
        if kind == "instr":
            field = OxmlElement("w:instrText")
            field.text = said
            run._r.append(field)
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _run(paragraph: Any, said: str, typeface: str, size: Any, *, is_bold: bool = False) -> Any:
    run = paragraph.add_run(said)
    run.font.size = size
    run.font.bold = is_bold
    _typeface(run._r.get_or_add_rPr(), typeface)
    return run


def _typeface(properties: Any, typeface: str) -> None:
    """Name a typeface for Latin, Chinese and other signs alike, so that nothing falls back."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), typeface)


def _paragraph(place: Any, align: blocks.Align, *, line: Any = LINE) -> Any:
    paragraph = place.add_paragraph()
    shape = paragraph.paragraph_format
    shape.alignment = ALIGN[align]
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, line
    return paragraph


def _indent(paragraph: Any) -> None:
    paragraph.paragraph_format.first_line_indent = 2 * THREE
    paragraph._p.pPr.ind.set(qn("w:firstLineChars"), TWO_CHARACTERS)


def _title(book: Any, block: Title) -> None:
    paragraph = _paragraph(book, "center", line=Pt(36))
    paragraph.paragraph_format.space_after = Pt(16)
    _run(paragraph, block.text, TITLE, TWO)  # a line break in it stays one


def _heading(book: Any, block: Heading) -> None:
    paragraph = _paragraph(book, "left")
    paragraph.paragraph_format.keep_with_next = True
    _indent(paragraph)
    _run(paragraph, block.text, FIRST if block.level == 1 else SECOND, THREE)


def _text(book: Any, block: Text) -> None:
    paragraph = _paragraph(book, block.align)
    paragraph.paragraph_format.page_break_before = block.begins_page
    if block.is_indented:
        _indent(paragraph)
    for part in block.parts:
        _part(paragraph, part, THREE)


def _part(paragraph: Any, part: Part, size: Any) -> None:
    if isinstance(part, Blank):
        run = _run(paragraph, f"【{part.asks}】", BODY, size)
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    else:
        _run(paragraph, part, BODY, size)


def _table(book: Any, block: Table) -> None:
    table = book.add_table(rows=1, cols=len(block.heads), style="Table Grid")
    table.autofit = False
    for place, head in enumerate(block.heads):
        _cell(table.rows[0].cells[place], head, "center", typeface=FIRST)
    for row in block.rows:
        cells = table.add_row().cells
        for place, value in enumerate(row):
            _cell(cells[place], value, "right" if place in block.numbers else "left")
    _rows(table)
    _widths(table, block.widths)
    _paragraph(book, "left", line=Pt(10))


def _widths(table: Any, shares: Sequence[float]) -> None:
    """Set them on the grid and on every cell: Word reads the ones, LibreOffice and WPS the others."""
    widths = [int(WIDTH * share / sum(shares)) for share in shares]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _rows(table: Any) -> None:
    """The head stands on every page a table runs over; no row is torn in two; little air beside the text."""
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    table.rows[0]._tr.trPr.append(OxmlElement("w:tblHeader"))
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), PADDING)
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)


def _cell(cell: Any, value: object, align: blocks.Align, typeface: str = BODY) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = ALIGN[align]
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(14)
    _off_the_grid(paragraph)
    if isinstance(value, Blank):
        _part(paragraph, value, SMALL_FIVE)
    else:
        _run(paragraph, NOTHING if value in (None, "") else str(value), typeface, SMALL_FIVE)


def _off_the_grid(paragraph: Any) -> None:
    """A table's lines are closer than the page's."""
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().insert(0, snap)


def _cut_line(book: Any, _: CutLine) -> None:
    _run(_paragraph(book, "center"), "- " * 22 + "裁切线" + " -" * 22, FIGURES, SMALL_FIVE)


DRAW: dict[type, Callable[[Any, Any], None]] = {
    Title: _title,
    Heading: _heading,
    Text: _text,
    Table: _table,
    CutLine: _cut_line,
}
