"""Files to sheets of text with true positions, told apart by content, not by name."""

import csv
import io
from itertools import zip_longest
from pathlib import Path

import polars as pl

from etl.sheet import Sheet, UnreadableError, text_grid, tidy
from etl.workbook import read_workbook

WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head", b"<style")
BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
TEXT_SUFFIXES = {".csv", ".txt", ".tsv"}
SEPARATORS = ",;\t"
SAMPLE = 20_000
UNEVEN = ('"', "\r", "\n\n")
"""A quote, a lone carriage return, a blank line: with them a line is not a record."""


def read_file(path: Path) -> list[Sheet]:
    """Read every sheet of a workbook (.xlsx, .xls, .et), or the one of a CSV. UnreadableError says why."""
    data = path.read_bytes()
    if not data.strip():
        raise UnreadableError("文件是空的：请重新导出后报送")
    if data.startswith(WORKBOOKS):
        return read_workbook(data)
    if data[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(MARKUP):
        raise UnreadableError("文件内容其实是网页或 XML，不是表格：请用 Excel 或 WPS 打开后另存为 xlsx")
    if path.suffix.lower() not in TEXT_SUFFIXES:
        raise UnreadableError("文件内容不是 Excel 表格：请用 Excel 或 WPS 打开后另存为 xlsx")
    return [Sheet(None, is_hidden=False, grid=_table(_decoded(data)))]


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


def _table(text: str) -> pl.DataFrame:
    separator = max(SEPARATORS, key=text[:SAMPLE].count)
    even = _even_table(text, separator)
    if even is not None:
        return tidy(even)
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise UnreadableError(
            f"CSV 的引号或分隔符有错（{error}）：请用 Excel 或 WPS 打开后另存为 xlsx"
        ) from error
    return text_grid(zip_longest(*records, fillvalue=""))


def _even_table(text: str, separator: str) -> pl.DataFrame | None:
    """Read a CSV whose every line is a record of one width, ten times as fast; None for any other."""
    text = text.replace("\r\n", "\n")
    if text.startswith("\n") or any(mark in text for mark in UNEVEN):
        return None
    width = text.partition("\n")[0].count(separator) + 1
    schema = {str(place): pl.String for place in range(width)}
    try:
        return pl.read_csv(
            text.encode(), has_header=False, schema=schema, separator=separator, quote_char=None
        )
    except pl.exceptions.PolarsError:
        return None
