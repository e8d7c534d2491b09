"""The sender's workbook comes back with only the cells to mend marked, and mended it loads."""

import os
import zipfile
from pathlib import Path

import pytest
import xlwt
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from etl import LoadError
from etl import returned as returning
from etl.read import read_file
from etl.returned import write_returned
from tests.etl.returning import (
    HAZARDS,
    MENDED,
    MENDED_AFTER,
    NOTE,
    SENT,
    WRONG,
    cells,
    loaded,
    mend,
    noted,
    returned,
    send,
)
from tests.etl.workbooks import rows

CSV = """
机构名称 | 所属乡镇 | 床位数
松鹤院 | 大阳镇 | 10
=鹤年院 | 无此镇 | 20
"""
RED, AMBER = "FFF8D7D3", "FFFCE9B8"


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    return send(tmp_path / "sent")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return send(tmp_path_factory.mktemp("sent"))


@pytest.fixture(scope="module")
def back(tmp_path_factory: pytest.TempPathFactory, original: Path) -> Path:
    return returned(tmp_path_factory.mktemp("back"), original)


def table(path: Path) -> list[tuple[object, ...]]:
    """The lines of 退回说明 under their headings."""
    lines = list(load_workbook(path)[NOTE].iter_rows(values_only=True))
    head = next(place for place, line in enumerate(lines) if line[0] == "处理")
    return lines[head + 1 :]


def said(path: Path) -> str:
    return "\n".join(str(line[0]) for line in load_workbook(path)[NOTE].iter_rows(values_only=True))


def test_marks_stand_at_exactly_the_wrong_cells(back: Path) -> None:
    marked = noted(load_workbook(back))
    assert {place: cell.comment.text[: len(WRONG[place])] for place, cell in marked.items()} == WRONG


def test_a_mark_is_a_colour_and_a_word(back: Path) -> None:
    for cell in noted(load_workbook(back)).values():
        assert cell.fill.fgColor.rgb == (RED if cell.comment.text.startswith("未计入") else AMBER)


def test_a_note_says_what_the_report_says(tmp_path: Path, original: Path, back: Path) -> None:
    report = loaded(tmp_path, original)
    messages = {entry["message"] for entry in [*report.refusals(), *report.warnings()]}
    notes = "\n".join(cell.comment.text for cell in noted(load_workbook(back)).values())
    assert messages
    assert all(message in notes for message in messages)


def test_nothing_else_changes(original: Path, back: Path) -> None:
    before, after = load_workbook(original), load_workbook(back)
    for cell in cells(before):
        same = after[cell.parent.title][cell.coordinate]
        assert (same.value, same.number_format) == (cell.value, cell.number_format)
        assert (repr(same.font), repr(same.border)) == (repr(cell.font), repr(cell.border))
        if (cell.parent.title, cell.coordinate) not in WRONG:
            assert repr(same.fill) == repr(cell.fill)


def test_the_layout_stays(original: Path, back: Path) -> None:
    before, after = load_workbook(original)["隐患台账"], load_workbook(back)["隐患台账"]
    assert set(map(str, after.merged_cells.ranges)) == set(map(str, before.merged_cells.ranges))
    assert after.column_dimensions["F"].width == before.column_dimensions["F"].width > 30
    assert after.row_dimensions[1].height == before.row_dimensions[1].height > 30
    assert after.freeze_panes == "A4"


def test_formulas_stay_formulas(back: Path) -> None:
    assert load_workbook(back)["隐患台账"]["A4"].value == "=ROW()-3"


def test_a_senders_own_note_stays(back: Path) -> None:
    assert load_workbook(back)["隐患台账"]["B4"].comment.text == "这一条已拍照"


def test_the_first_sheet_lists_every_mark_what_is_refused_first(back: Path) -> None:
    assert [line[:5] for line in table(back)] == [
        ("未计入", "隐患台账", 5, "排查时间", "D5"),
        ("未计入", "隐患台账", 6, "被检查单位", "C6"),
        ("未计入", "隐患台账", 7, "被检查单位", "C6"),
        ("未计入", "隐患台账", 8, "隐患内容", "F8"),
        ("提醒", "隐患台账", 9, "整改期限", "G9"),
        ("提醒", "隐患台账", 9, "整改完成日期", "H9"),
    ]


def test_every_line_leads_to_its_cell(back: Path) -> None:
    page = load_workbook(back)[NOTE]
    links = {link.ref: link.location for row in page.iter_rows() for cell in row if (link := cell.hyperlink)}
    assert sorted(links.values()) == sorted(f"'隐患台账'!{line[4]}" for line in table(back))
    assert all(page[ref].value == location.split("!")[1] for ref, location in links.items())


def test_the_first_sheet_sums_up(back: Path) -> None:
    assert load_workbook(back).sheetnames[0] == NOTE
    assert SENT in said(back)
    counts = f"读到 {len(HAZARDS)} 行：计入 2，并入 0（与别处是同一条记录），未计入 4；有提醒 1 行"
    assert f"工作表“隐患台账”：隐患台账，表头在第 3 行。{counts}" in said(back)


def test_only_the_first_sheet_is_selected(back: Path) -> None:
    selected = [page.title for page in load_workbook(back).worksheets if page.sheet_view.tabSelected]
    assert selected == [NOTE]


def test_mended_and_sent_again_it_loads(tmp_path: Path, back: Path) -> None:
    report = loaded(tmp_path, mend(back, tmp_path, MENDED | MENDED_AFTER))
    assert report.counts() == {"read": 8, "taken": 8, "merged": 0, "refused": 0, "warned": 0}
    assert report.files["reason"].null_count() == report.files.height


def test_returned_again_only_what_is_still_wrong_is_marked(tmp_path: Path, back: Path) -> None:
    again = returned(tmp_path / "again", mend(back, tmp_path, {"D5": "2024-03-05", "C6": "松鹤院"}))
    book = load_workbook(again)
    assert set(noted(book)) == {("隐患台账", place) for place in ("E7", "F8", "G9", "H9")}
    assert book["隐患台账"]["D5"].fill.fill_type is None
    assert book.sheetnames.count(NOTE) == 1


def test_a_senders_note_on_a_marked_cell_outlives_both(tmp_path: Path, sent: Path) -> None:
    book = load_workbook(sent)
    book["隐患台账"]["D5"].comment = Comment("待核", "张某")
    book.save(sent)
    back = returned(tmp_path, sent)
    assert load_workbook(back)["隐患台账"]["D5"].comment.text.endswith("待核")
    again = returned(tmp_path / "again", mend(back, tmp_path, {"D5": "2024-03-05"}))
    assert load_workbook(again)["隐患台账"]["D5"].comment.text == "待核"


def test_what_is_hidden_and_wrong_is_shown(tmp_path: Path, sent: Path) -> None:
    book = load_workbook(sent)
    page = book["隐患台账"]
    page.sheet_state = "hidden"
    page.row_dimensions[5].hidden = page.row_dimensions[4].hidden = True
    page.column_dimensions["D"].hidden = page.column_dimensions["B"].hidden = True
    book.save(sent)
    page = load_workbook(returned(tmp_path, sent))["隐患台账"]
    assert page.sheet_state == "visible"
    assert [page.row_dimensions[row].hidden for row in (4, 5)] == [True, False]
    assert [page.column_dimensions[column].hidden for column in "BD"] == [True, False]


def test_a_column_the_sheet_lacks_is_told_once(tmp_path: Path, sent: Path) -> None:
    book = load_workbook(sent)
    book["隐患台账"].delete_cols(7)
    book.save(sent)
    back = returned(tmp_path, sent)
    (line,) = (line for line in table(back) if line[3] == "整改时限")
    assert line[4] == "表中没有这一列"
    assert str(line[6]).endswith("（共 2 行）")


def test_a_csv_comes_back_as_a_workbook_with_the_same_cells(tmp_path: Path) -> None:
    sent = tmp_path / "机构台账.csv"
    sent.write_text("\n".join(",".join(line) for line in rows(CSV)), encoding="gb18030")
    back = returned(tmp_path, sent)
    (before,), (_, after) = read_file(sent), read_file(back)
    assert back.name == "机构台账.xlsx"
    assert after.grid.equals(before.grid)
    assert set(noted(load_workbook(back))) == {("台账", "B3")}
    assert loaded(tmp_path, mend(back, tmp_path, {"B3": "巴公镇"}, "台账")).counts()["taken"] == 2


def test_an_old_xls_comes_back_as_a_workbook_with_the_same_cells(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("机构台账")
    page.write_merge(0, 0, 0, 2, "大阳镇机构台账")
    for row, line in enumerate(rows(CSV), 1):
        for column, text in enumerate(line):
            page.write(row, column, text)
    sent = tmp_path / "机构台账.xls"
    book.save(str(sent))
    back = returned(tmp_path, sent)
    (before,), (_, after) = read_file(sent), read_file(back)
    assert after.grid.equals(before.grid)
    assert list(map(str, load_workbook(back)["机构台账"].merged_cells.ranges)) == ["A1:C1"]
    assert set(noted(load_workbook(back))) == {("机构台账", "B4")}


def test_what_was_typed_as_text_never_becomes_a_formula(tmp_path: Path) -> None:
    sent = tmp_path / "机构台账.csv"
    sent.write_text('机构名称,所属乡镇\n=HYPERLINK("x"),=1+1', encoding="utf-8")
    book = load_workbook(returned(tmp_path, sent))
    assert {cell.data_type for cell in cells(book) if cell.value is not None} == {"s"}
    assert all(cell.data_type != "f" for row in book[NOTE].iter_rows() for cell in row)


def test_a_workbook_openpyxl_cannot_open_comes_back_copied(tmp_path: Path, sent: Path) -> None:
    _rewrite(sent, "xl/styles.xml", b"<cellXfs", b'<cellXfs wrong="1"')
    back = returned(tmp_path, sent)
    assert set(noted(load_workbook(back))) == set(WRONG)
    assert "格式未能保留" in said(back)


@pytest.mark.skipif(not os.environ.get("ZHIBEN_TEST_ALL"), reason="takes 20 seconds")
def test_a_merged_range_over_a_whole_sheet_harms_nobody(tmp_path: Path, sent: Path) -> None:
    _rewrite(sent, "xl/worksheets/sheet2.xml", b'"A1:H1"', b'"J1:XFD1048576"')
    back = returned(tmp_path, sent)
    assert set(noted(load_workbook(back))) == set(WRONG)


def _rewrite(path: Path, part: str, old: bytes, new: bytes) -> None:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)


def test_of_a_file_too_large_only_the_list_comes_back(
    tmp_path: Path, sent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(returning, "LARGEST", 100)
    back = returned(tmp_path, sent)
    assert load_workbook(back).sheetnames == [NOTE]
    assert [line[4] for line in table(back)] == ["D5", "C6", "C7", "F8", "G9", "H9"]


def test_a_file_that_cannot_be_read_comes_back_as_its_reason(tmp_path: Path) -> None:
    sent = tmp_path / "坏.xlsx"
    sent.write_bytes(b"PK\x03\x04 cut short")
    back = returned(tmp_path, sent)
    assert load_workbook(back).sheetnames == [NOTE]
    assert "文件不完整或已损坏" in said(back)
    assert loaded(tmp_path, back).counts()["read"] == 0


def test_a_sheet_of_that_name_that_is_not_ours_is_read(tmp_path: Path) -> None:
    sent = send(tmp_path / "sent")
    book = load_workbook(sent)
    book["机构台账"].title = NOTE
    book.save(sent)
    assert loaded(tmp_path, sent).files["sheet"].to_list() == [NOTE, "隐患台账"]


def test_the_original_is_never_overwritten(tmp_path: Path, sent: Path) -> None:
    before = sent.read_bytes()
    with pytest.raises(LoadError, match="盖住原件"):
        write_returned(sent, sent.name, loaded(tmp_path, sent), sent.parent)
    assert sent.read_bytes() == before


def test_files_of_one_name_come_back_apart(tmp_path: Path, sent: Path) -> None:
    csv = sent.with_suffix(".csv")
    csv.write_text("机构名称,所属乡镇\n松鹤院,无此镇", encoding="utf-8")
    report = loaded(tmp_path, sent.parent)
    backs = [write_returned(file, file.name, report, tmp_path / "returned") for file in (sent, csv)]
    assert [back.name for back in backs] == [f"{SENT}.xlsx", f"{csv.name}.xlsx"]


def test_a_path_leads_out_of_no_folder(tmp_path: Path, sent: Path) -> None:
    report = loaded(tmp_path, sent)
    assert write_returned(sent, sent.as_posix(), report, tmp_path / "out").is_relative_to(tmp_path / "out")


def test_a_cell_the_sender_coloured_keeps_its_colour_elsewhere(tmp_path: Path, sent: Path) -> None:
    book = load_workbook(sent)
    book["隐患台账"]["F4"].fill = PatternFill("solid", fgColor="FF00FF00")
    book.save(sent)
    assert load_workbook(returned(tmp_path, sent))["隐患台账"]["F4"].fill.fgColor.rgb == "FF00FF00"
