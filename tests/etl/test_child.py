"""A workbook that would take the whole process with it costs only itself."""

from pathlib import Path

import pytest
import xlsxwriter

from etl import child
from etl.blocks import Block, Unread, read_blocks
from etl.mapping import read_mapping
from tests.etl.workbooks import rows, write_workbook

LEDGER = {"一": rows("机构名称 | 发现日期 | 隐患描述\n院 | 2026-03-05 | 堆物")}


def far_apart(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        page = workbook.add_worksheet("一")
        page.write(0, 0, "机构名称")
        page.write(1_048_575, 16_383, "x")
    return path


def test_a_workbook_of_two_far_cells_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    files = {
        "a.xlsx": write_workbook(tmp_path / "a.xlsx", LEDGER),
        "far.xlsx": far_apart(tmp_path / "far.xlsx"),
        "b.xlsx": write_workbook(tmp_path / "b.xlsx", LEDGER),
    }
    first, refused, last = child.read_files(files, read_mapping([]))
    assert isinstance(refused, Unread)
    assert (refused.path, "读取时中断" in refused.reason) == ("far.xlsx", True)
    assert [(block.path, block.rows.height) for block in (first, last) if isinstance(block, Block)] == [
        ("a.xlsx", 1),
        ("b.xlsx", 1),
    ]


def test_a_child_reads_what_the_parent_would(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", LEDGER)
    (block,) = child.read_files({"a.xlsx": path}, read_mapping([]))
    (own,) = read_blocks(path, "a.xlsx")
    assert isinstance(block, Block)
    assert isinstance(own, Block)
    assert block.rows.equals(own.rows)
    assert (block.headings, block.cells(2)) == (own.headings, own.cells(2))


def test_a_file_that_takes_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "SECONDS", 0.001)
    files = {"a.xlsx": write_workbook(tmp_path / "a.xlsx", LEDGER)}
    (refused,) = child.read_files(files, read_mapping([]))
    assert isinstance(refused, Unread)
    assert "超时" in refused.reason
