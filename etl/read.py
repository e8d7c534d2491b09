"""Files to sheets of text with true positions, told apart by content, not by name."""

from pathlib import Path

from etl.separated import separated_grid
from etl.sheet import Sheet, UnreadableError
from etl.workbook import read_workbook

WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head", b"<style")
BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
TEXT_SUFFIXES = {".csv", ".txt", ".tsv"}
SUFFIXES = {"", ".xlsx", ".xlsm", ".xls", ".et", *TEXT_SUFFIXES}


def read_file(path: Path) -> list[Sheet]:
    """Read every sheet of a workbook (.xlsx, .xls, .et), or the one of a CSV. UnreadableError says why."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UnreadableError(f"不读 {suffix} 文件：如是台账，请用 Excel 或 WPS 打开后另存为 xlsx 再报送")
    data = _content(path)
    if not data.strip():
        raise UnreadableError("文件是空的：请重新导出后报送")
    if data.startswith(WORKBOOKS):
        return read_workbook(data)
    if data[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(MARKUP):
        raise UnreadableError("文件内容其实是网页或 XML，不是表格：请用 Excel 或 WPS 打开后另存为 xlsx")
    if suffix not in TEXT_SUFFIXES:
        raise UnreadableError("文件内容不是 Excel 表格：请用 Excel 或 WPS 打开后另存为 xlsx")
    return [Sheet(None, is_hidden=False, grid=separated_grid(_decoded(data)))]


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError("文件打不开：可能是失效的链接、已被移走或没有权限，请核对后重新报送") from error


def _decoded(data: bytes) -> str:
    """Decode by the byte order mark, else strict UTF-8, else GB18030; guessing takes Chinese for Korean."""
    marked = [encoding for mark, encoding in BYTE_ORDER_MARKS.items() if data.startswith(mark)]
    for encoding in marked or ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableError("文件的文字编码认不出：请用 Excel 或 WPS 打开后另存为 xlsx")
