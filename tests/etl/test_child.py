"""A workbook that would take the whole process with it costs only itself."""

import os
import subprocess
import sys
from pathlib import Path
from time import sleep

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


def nobody_reads(pipe: int) -> bool:
    try:
        os.write(pipe, b"1")
    except BrokenPipeError:
        return True
    sleep(0.04)
    return False


def test_a_workbook_of_two_far_cells_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    files = {
        "a.xlsx": write_workbook(tmp_path / "a.xlsx", LEDGER),
        "far.xlsx": far_apart(tmp_path / "far.xlsx"),
        "b.xlsx": write_workbook(tmp_path / "b.xlsx", LEDGER),
    }
    told: list[str] = []
    first, refused, last = child.read_files(files, read_mapping([]), told.append)
    assert isinstance(refused, Unread)
    assert (refused.path, refused.reason) == ("far.xlsx", child.BROKEN_OFF)
    assert [(block.path, block.rows.height) for block in (first, last) if isinstance(block, Block)] == [
        ("a.xlsx", 1),
        ("b.xlsx", 1),
    ]
    assert told == list(files)


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
    assert "读取超过" in refused.reason


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a file that never ends")
def test_the_child_ends_with_its_parent(tmp_path: Path) -> None:
    os.mkfifo(endless := tmp_path / "a.csv")
    script = "import sys, pathlib, etl.child, etl.mapping as m; p = pathlib.Path(sys.argv[1]);"
    script += "list(etl.child.read_files({p.name: p}, m.read_mapping([])))"
    with subprocess.Popen([sys.executable, "-c", script, str(endless)]) as parent:
        child_reads_this = os.open(endless, os.O_WRONLY)
        parent.kill()
    assert any(nobody_reads(child_reads_this) for _ in range(500))
    os.close(child_reads_this)


def test_a_file_the_program_fails_on_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    files = {"odd.xlsx": tmp_path / "odd\0", "b.xlsx": write_workbook(tmp_path / "b.xlsx", LEDGER)}
    odd, block = child.read_files(files, read_mapping([]))
    assert isinstance(odd, Unread)
    assert "ValueError" in odd.reason
    assert isinstance(block, Block)
