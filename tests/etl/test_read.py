"""Files of every sort become sheets of text in true positions, or say in Chinese why not."""

import csv
import datetime as dt
import io
from itertools import zip_longest
from pathlib import Path

import pytest
import xlwt

from etl.read import read_file
from etl.sheet import Merge, UnreadableError, cell_text, text_grid
from tests.etl.workbooks import write_workbook

TABLE = "机构名称,检查日期\n大箕镇敬老院,2026-03-05\n"


def test_cells_keep_their_true_positions(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", {"一": [[], [], ["", "", "机构名称"]]})
    (sheet,) = read_file(path)
    assert sheet.grid.rows() == [(None, None, None), (None, None, None), (None, None, "机构名称")]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  两 人 ", "  两 人 "),
        (12.0, "12"),
        (0.5, "0.5"),
        (20240305.0, "20240305"),
        (True, "TRUE"),
        (dt.date(2026, 3, 5), "2026-03-05"),
        (dt.datetime(2026, 3, 5), "2026-03-05"),  # noqa: DTZ001
        (dt.datetime(2026, 3, 5, 15, 30, 0, 400), "2026-03-05 15:30:00"),  # noqa: DTZ001
    ],
)
def test_a_cell_is_written_as_people_would(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_dates_numbers_and_flags_in_one_column_each_keep_their_own_text(tmp_path: Path) -> None:
    cells = [dt.date(2026, 3, 5), 1, True, " 一\n", 2.5]
    (sheet,) = read_file(write_workbook(tmp_path / "a.xlsx", {"一": [[cell] for cell in cells]}))
    assert sheet.grid["0"].to_list() == ["2026-03-05", "1", "TRUE", "一", "2.5"]


def test_a_range_merged_downwards_is_filled_and_one_merged_sideways_is_not(tmp_path: Path) -> None:
    path = write_workbook(
        tmp_path / "a.xlsx", {"一": [["院", "", "甲"], ["", "", "乙"], ["题"]]}, ["A1:A2", "A3:C3"]
    )
    (sheet,) = read_file(path)
    assert sheet.grid.rows() == [("院", None, "甲"), ("院", None, "乙"), ("题", None, None)]
    assert sheet.merges == (Merge(0, 0, 1, 0), Merge(2, 0, 2, 2))


def test_every_sheet_is_read_hidden_and_empty_ones_too(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", {"一": [["甲"]], "二": [["乙"]], "三": []}, hidden="二")
    sheets = read_file(path)
    assert [(sheet.name, sheet.is_hidden, sheet.is_blank) for sheet in sheets] == [
        ("一", False, False),
        ("二", True, False),
        ("三", False, True),
    ]


@pytest.mark.parametrize("name", ["老台账.xls", "金山.et", "改了名.csv"])
def test_an_old_workbook_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    workbook = xlwt.Workbook()
    workbook.add_sheet("隐患").write(1, 1, "机构名称")
    workbook.save(tmp_path / name)
    (sheet,) = read_file(tmp_path / name)
    assert (sheet.name, sheet.grid.rows()[1]) == ("隐患", (None, "机构名称"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_is_read_in_every_encoding_and_with_every_separator(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TABLE.replace(",", separator).encode(encoding))
    (sheet,) = read_file(path)
    assert (sheet.name, sheet.grid.rows()) == (
        None,
        [("机构名称", "检查日期"), ("大箕镇敬老院", "2026-03-05")],
    )


def test_a_blank_line_and_a_line_break_in_quotes_keep_a_csv_in_step(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('标题\n\n甲,"一\n二"\n乙', "utf-8")
    (sheet,) = read_file(path)
    assert sheet.grid.rows() == [("标题", None), (None, None), ("甲", "一\n二"), ("乙", None)]


@pytest.mark.parametrize(
    "text",
    [
        "甲,乙\n1,2\n",
        "甲,乙\r\n 1 ,\u3000\r\n,\r\n3,4",
        "甲,乙\n1\n2,3",
        "甲,乙\n1,2,3",
        "标题\n甲,乙\n1,2",
        "甲,乙\n\n1,2",
        "\n甲,乙",
        '甲,"乙\n丙"\n1,2',
        '甲,乙"丙\n1,2',
        "甲,乙\r1,2",
        "#甲,乙\nNA,null",
    ],
)
def test_a_csv_read_the_fast_way_is_the_csv_read_record_by_record(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.csv").write_text(text, "utf-8", newline="")
    records = list(csv.reader(io.StringIO(text, newline="")))
    (sheet,) = read_file(tmp_path / "a.csv")
    assert sheet.grid.equals(text_grid(zip_longest(*records, fillvalue="")))


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('甲,乙,丙\n1,"开,2\n3,4,5\n6,7,8\n', [("1", "开", "2"), ("3", "4", "5"), ("6", "7", "8")]),
        ('甲,乙,丙\n"1","开,2\n"3","4",5', [("1", "开", "2"), ("3", "4", "5")]),
        ('甲,乙,丙\n1,"开,2\n3,"4",5\n', [("1", "开", "2"), ("3", "4", "5")]),
        ('甲,乙,丙\n1,"开"关,2\n3,4,5', [("1", '开"关', "2"), ("3", "4", "5")]),
        ('甲,乙,丙\n1,"开,2\n3,4,关"\n5,6,7', [("1", "开", "2"), ("3", "4", "关"), ("5", "6", "7")]),
        ('甲,乙,丙\n1,"开\n关",2\n3,4,5', [("1", "开\n关", "2"), ("3", "4", "5")]),
    ],
)
def test_a_quote_never_closed_swallows_no_row(tmp_path: Path, text: str, rows: list[tuple[str, ...]]) -> None:
    (tmp_path / "a.csv").write_text(text, "utf-8")
    (sheet,) = read_file(tmp_path / "a.csv")
    assert sheet.grid.rows() == [("甲", "乙", "丙"), *rows]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('甲,乙\n1,"一,二"\n3,"开,2\n5,6\n', 3),
        ('甲,乙\n1,"一\n二"\n3,"开', 4),
    ],
)
def test_a_csv_its_quotes_leave_unclear_is_refused_naming_the_line(
    tmp_path: Path, text: str, line: int
) -> None:
    (tmp_path / "a.csv").write_text(text, "utf-8")
    with pytest.raises(UnreadableError, match=f"第 {line} 行起引号"):
        read_file(tmp_path / "a.csv")


@pytest.mark.parametrize("separator", [";", "\t"])
def test_commas_in_the_texts_do_not_make_them_separators(tmp_path: Path, separator: str) -> None:
    lines = [["机构名称", "隐患描述"], ["院", "堆物,杂物,纸箱"], ["院", '无灯,无标,无人,"见"图']]
    (tmp_path / "a.csv").write_text("\n".join(map(separator.join, lines)), "utf-8")
    (sheet,) = read_file(tmp_path / "a.csv")
    assert sheet.grid.rows() == [tuple(line) for line in lines]


def whole_workbook(tmp_path: Path) -> bytes:
    return write_workbook(tmp_path / "whole.xlsx", {"一": [["机构名称"] * 50] * 50}).read_bytes()


def old_workbook() -> bytes:
    stream = io.BytesIO()
    workbook = xlwt.Workbook()
    workbook.add_sheet("一").write(0, 0, "机构名称")
    workbook.save(stream)
    return stream.getvalue()


LOCKED = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.xlsx", b"", "空的"),
        ("a.csv", b" \r\n", "空的"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        ("a.xls", b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "另存为 xlsx"),
        ("a.csv", b"<!DOCTYPE html><table></table>", "网页"),
        ("a.xlsx", "机构名称,检查日期".encode(), "不是 Excel"),
        ("a.xlsx", LOCKED, "密码"),
        ("a.xls", old_workbook()[:1500], "损坏"),
        ("a.xlsx", b"PK\x03\x04" + bytes(100), "损坏"),
        ("a.csv", b"\x81\x20\xff\xff", "编码"),
        ("a.csv", "机构\0名称".encode(), "编码"),
    ],
)
def test_a_file_that_is_no_table_says_why_and_what_to_do(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UnreadableError, match=said):
        read_file(tmp_path / name)


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.99])
def test_a_workbook_cut_short_is_refused_whole(tmp_path: Path, kept: float) -> None:
    data = whole_workbook(tmp_path)
    (tmp_path / "cut.xlsx").write_bytes(data[: int(len(data) * kept)])
    with pytest.raises(UnreadableError, match="不完整或已损坏"):
        read_file(tmp_path / "cut.xlsx")


def test_a_workbook_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.workbook.UNPACKED_LIMIT", 1_000)
    (tmp_path / "big.xlsx").write_bytes(whole_workbook(tmp_path))
    with pytest.raises(UnreadableError, match="过大"):
        read_file(tmp_path / "big.xlsx")


@pytest.mark.parametrize("kept", [0.5, 0.85, 0.9, 0.95])
def test_an_old_workbook_cut_short_is_refused_whole(tmp_path: Path, kept: float) -> None:
    stream = io.BytesIO()
    workbook = xlwt.Workbook()
    page = workbook.add_sheet("一")
    for row in range(40):
        page.write(row, 0, f"第 {row} 处灭火器过期")
    workbook.save(stream)
    data = stream.getvalue()
    (tmp_path / "cut.xls").write_bytes(data[: int(len(data) * kept)])
    with pytest.raises(UnreadableError, match="不完整或已损坏"):
        read_file(tmp_path / "cut.xls")


def test_a_workbook_that_says_it_is_of_a_later_zip_is_refused(tmp_path: Path) -> None:
    data = bytearray(whole_workbook(tmp_path))
    data[data.rindex(b"PK\x01\x02") + 6] = 166
    (tmp_path / "later.xlsx").write_bytes(data)
    with pytest.raises(UnreadableError, match="不完整或已损坏"):
        read_file(tmp_path / "later.xlsx")
