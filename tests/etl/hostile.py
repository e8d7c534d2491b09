"""Workbooks nobody should send, made quickly: as raw XML in a zip where a proper writer takes long."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import xlsxwriter
import xlwt

HEADINGS = ("机构名称", "发现日期", "隐患描述")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>'
    '<sheet name="隐患台账" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
SHEET = "xl/worksheets/sheet1.xml"
CHUNK = 1 << 24


def write_raw(path: Path, content: Iterable[bytes], others: Iterable[str] = ()) -> Path:
    """Write a workbook whose one sheet is these bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, text in PARTS.items():
            package.writestr(name, text)
        with package.open(SHEET, "w") as sheet:
            for piece in content:
                sheet.write(piece)
        for name in others:
            package.writestr(name, "")
    return path


def sheet_of(rows: Iterable[Iterable[str]]) -> Iterator[bytes]:
    """Give the XML of a sheet of texts."""
    yield f'<worksheet xmlns="{MAIN}"><sheetData>'.encode()
    for row in rows:
        cells = (f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in row)
        yield f"<row>{''.join(cells)}</row>".encode()
    yield b"</sheetData></worksheet>"


def ledger(rows: int) -> Iterator[tuple[str, ...]]:
    """Give a hazard ledger of so many different rows."""
    yield HEADINGS
    for number in range(rows):
        yield ("大箕镇敬老院", f"2026-{number % 9 + 1:02}-{number % 28 + 1:02}", f"第 {number} 处灭火器过期")


def zeros(size: int) -> Iterator[bytes]:
    for _ in range(size // CHUNK):
        yield bytes(CHUNK)


def far_apart(path: Path) -> Path:
    """Write 7 KB that ask for 512 GB: cells A1 and XFD1048576."""
    with xlsxwriter.Workbook(path) as workbook:
        page = workbook.add_worksheet("一")
        page.write(0, 0, "机构名称")
        page.write(1_048_575, 16_383, "x")
    return path


def locked_old() -> bytes:
    """Give an .xls with a password: the record behind the first is made a FILEPASS."""
    stream = io.BytesIO()
    workbook = xlwt.Workbook()
    workbook.add_sheet("一").write(0, 0, "机构名称")
    workbook.save(stream)
    return stream.getvalue().replace(b"\xe1\x00\x02\x00\xb0\x04", b"\x2f\x00\x02\x00\x00\x00", 1)


def lying(path: Path) -> Path:
    """Rewrite a zip's directory so that its sheet says it unpacks to a thousand bytes."""
    data = bytearray(path.read_bytes())
    place = data.rindex(SHEET.encode()) - 46
    data[place + 24 : place + 28] = (1_000).to_bytes(4, "little")
    path.write_bytes(data)
    return path


def linked(path: Path) -> Path:
    """Write formulas: one that looks into another workbook, three that came to an error."""
    with xlsxwriter.Workbook(path) as workbook:
        page = workbook.add_worksheet("隐患台账")
        page.write_row(0, 0, [*HEADINGS, "整改时限", "责任人"])
        page.write_formula(1, 0, "='[机构台账.xlsx]一'!A2", None, "大箕镇敬老院")
        page.write_row(1, 1, ["2026-03-05", "灭火器过期"])
        page.write_formula(1, 3, "=#REF!+7", None, "#REF!")
        page.write_formula(1, 4, "=VLOOKUP(A2,B:C,2)", None, "#N/A")
        page.write_row(2, 0, ["大箕镇敬老院", "2026-03-05"])
        page.write_formula(2, 2, "=错了", None, "#NAME?")
    return path


def many_sheets(path: Path) -> Path:
    """Write 100 sheets of one hazard each."""
    with xlsxwriter.Workbook(path) as workbook:
        for number in range(100):
            page = workbook.add_worksheet(f"第{number}页")
            page.write_row(0, 0, HEADINGS)
            page.write_row(1, 0, ["大箕镇敬老院", "2026-03-05", f"第 {number} 处灭火器过期"])
    return path
