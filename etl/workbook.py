"""Excel and WPS workbooks to sheets, by calamine, which keeps true positions and merged ranges."""

import io
import re
import zipfile
from typing import Any

import polars as pl
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from etl.sheet import Merge, Sheet, UnreadableError, text_grid

ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
LOCKED_OLD = re.compile(rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
"""The record FILEPASS at the beginning of an .xls: calamine knows some of its forms only."""

UNPACKED_LIMIT = 512 << 20
BROKEN = "文件不完整或已损坏：请用 Excel 或 WPS 打开确认后另存为 xlsx，再重新报送"
LOCKED = "文件设有打开密码：请取消密码后另存为 xlsx，再重新报送"
HUGE = "文件解压后过大：请删去无关的工作表后另存为 xlsx，再重新报送"

PANIC = "PanicException"
"""What calamine raises where it is not prepared for a damaged file; no Exception, and in no module."""

Rows = list[list[Any]]


def read_workbook(data: bytes) -> list[Sheet]:
    """Read every worksheet, hidden ones too. UnreadableError where locked, broken or too large."""
    if ENCRYPTED in data or LOCKED_OLD.search(data):
        raise UnreadableError(LOCKED)
    try:
        _refuse_bombs(data)
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            return [
                _sheet(workbook.get_sheet_by_name(sheet.name), sheet.visible != SheetVisibleEnum.Visible)
                for sheet in workbook.sheets_metadata
                if sheet.typ == SheetTypeEnum.WorkSheet
            ]
    except PasswordError as error:
        raise UnreadableError(LOCKED) from error
    except (CalamineError, zipfile.BadZipFile, NotImplementedError) as error:
        raise UnreadableError(BROKEN) from error
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        raise UnreadableError(BROKEN) from error


def _refuse_bombs(data: bytes) -> None:
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(part.file_size for part in package.infolist()) > UNPACKED_LIMIT:
                raise UnreadableError(HUGE)


def _sheet(sheet: CalamineSheet, is_hidden: bool) -> Sheet:
    rows: Rows = sheet.to_python(skip_empty_area=False)
    merges = tuple(Merge(*start, *end) for start, end in sheet.merged_cell_ranges or ())
    _fill_downwards(rows, merges)
    grid = text_grid(zip(*rows, strict=True)) if rows else pl.DataFrame()
    return Sheet(sheet.name, is_hidden, grid, merges)


def _fill_downwards(rows: Rows, merges: tuple[Merge, ...]) -> None:
    for top, left, bottom, _ in merges:
        if top < len(rows) and left < len(rows[top]):
            for row in rows[top + 1 : bottom + 1]:
                row[left] = rows[top][left]
