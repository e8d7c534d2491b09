"""Every file that was sent is accounted for, read or not."""

import datetime as dt
from pathlib import Path

import pytest

from etl.blocks import Unread, read_blocks
from etl.files import build_id, ledger_files


@pytest.mark.parametrize("name", ["a.xlsb", "a.ods", "镇/a.docx", "扫描.PDF", "a.zip", "a.xlsx.bak"])
def test_a_file_of_another_sort_in_a_folder_is_one_entry_asking_for_xlsx(tmp_path: Path, name: str) -> None:
    (tmp_path / "镇").mkdir()
    (tmp_path / name).write_bytes(b"PK\x03\x04")
    ((label, path),) = ledger_files([tmp_path]).items()
    (unread,) = read_blocks(path, label)
    assert label == name
    assert isinstance(unread, Unread)
    assert "另存为 xlsx" in unread.reason


def test_a_broken_link_is_one_entry_and_costs_no_build(tmp_path: Path) -> None:
    (tmp_path / "台账.xlsx").symlink_to(tmp_path / "gone" / "台账.xlsx")
    files = ledger_files([tmp_path])
    (unread,) = read_blocks(files["台账.xlsx"], "台账.xlsx")
    assert isinstance(unread, Unread)
    assert "打不开" in unread.reason
    assert build_id(files, [], dt.date(2026, 11, 23))


@pytest.mark.parametrize("name", ["~$台账.xlsx", ".台账.xlsx", "Thumbs.db", "desktop.ini"])
def test_what_nobody_sent_is_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert ledger_files([tmp_path]) == {}
