"""The office's shelf: looking changes nothing, accepting publishes, withdrawing brings the figures back."""

import sys
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from etl.disk import LoadError
from etl.load import load
from etl.office import (
    Office,
    accept,
    accepted_files,
    is_up_to_date,
    preview,
    renew,
    withdraw,
)
from queries.warehouse import current_build, fetch, open_build

TODAY = date(2026, 11, 23)
REGISTER = [["机构名称", "所属乡镇"], ["甲敬老院", "南村镇"]]


def hazards(*descriptions: str) -> list[list[str]]:
    return [
        ["机构名称", "发现日期", "隐患描述"],
        *(["甲敬老院", "2026-03-01", text] for text in descriptions),
    ]


def book(path: Path, sheet: str, rows: list[list[str]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as workbook:
        worksheet = workbook.add_worksheet(sheet)
        for number, row in enumerate(rows):
            worksheet.write_row(number, 0, row)
    return path


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "ledgers", tmp_path / "warehouse")


@pytest.fixture
def sent(tmp_path: Path) -> list[Path]:
    register = book(tmp_path / "sent" / "机构.xlsx", "机构台账", REGISTER)
    found = book(tmp_path / "sent" / "隐患.xlsx", "隐患台账", hazards("线路老化", "通道堆物"))
    return [register, found]


def found(office: Office) -> list[str]:
    build = current_build(office.warehouse)
    assert build
    rows = fetch(open_build(office.warehouse, build), "select description from hazards order by 1")
    return rows["description"].to_list()


def test_looking_at_files_changes_neither_shelf_nor_warehouse(
    office: Office, sent: list[Path], tmp_path: Path
) -> None:
    report = preview(office, sent, TODAY, tmp_path / "scratch")
    assert report.counts()["taken"] == 3
    assert accepted_files(office) == []
    assert current_build(office.warehouse) is None


def test_accepted_files_are_published_and_kept_as_received(office: Office, sent: list[Path]) -> None:
    accept(office, sent, TODAY, TODAY)
    assert found(office) == ["线路老化", "通道堆物"]
    assert accepted_files(office) == ["2026-11-23/机构.xlsx", "2026-11-23/隐患.xlsx"]
    assert (office.ledgers / "2026-11-23" / "隐患.xlsx").read_bytes() == sent[1].read_bytes()


def test_withdrawing_restores_the_records_before_and_loses_nothing(
    office: Office, sent: list[Path], tmp_path: Path
) -> None:
    accept(office, sent, TODAY, TODAY)
    before = found(office)
    more = book(tmp_path / "sent" / "又一份.xlsx", "隐患台账", hazards("灭火器过期"))
    accept(office, [more], TODAY, TODAY)
    assert len(found(office)) == 3
    withdraw(office, "2026-11-23/又一份.xlsx")
    assert found(office) == before
    assert (office.withdrawn / "又一份.xlsx").read_bytes() == more.read_bytes()


def test_the_same_content_is_not_put_on_the_shelf_twice(
    office: Office, sent: list[Path], tmp_path: Path
) -> None:
    accept(office, sent, TODAY, TODAY)
    copy = tmp_path / "sent" / "改了名.xlsx"
    copy.write_bytes(sent[1].read_bytes())
    accept(office, [copy], TODAY, TODAY)
    assert len(accepted_files(office)) == 2


def test_another_file_of_the_same_name_is_kept_beside_the_first(office: Office, sent: list[Path]) -> None:
    accept(office, sent, TODAY, TODAY)
    newer = book(sent[1], "隐患台账", hazards("线路老化", "通道堆物", "灭火器过期"))
    accept(office, [newer], TODAY, TODAY)
    assert "2026-11-23/隐患（2）.xlsx" in accepted_files(office)
    assert len(found(office)) == 3


def test_files_that_cannot_be_loaded_leave_the_shelf_as_it_was(
    office: Office, sent: list[Path], tmp_path: Path
) -> None:
    accept(office, sent, TODAY, TODAY)
    before = current_build(office.warehouse)
    invented = book(tmp_path / "sent" / "示例数据_隐患.xlsx", "隐患台账", hazards("虚构"))
    with pytest.raises(LoadError, match="示例数据"):
        accept(office, [invented], TODAY, TODAY)
    assert len(accepted_files(office)) == 2
    assert current_build(office.warehouse) == before


def test_when_the_last_file_is_withdrawn_nothing_is_served(office: Office, sent: list[Path]) -> None:
    accept(office, sent[:1], TODAY, TODAY)
    assert withdraw(office, "2026-11-23/机构.xlsx") is None
    assert current_build(office.warehouse) is None
    accept(office, sent, TODAY, TODAY)
    assert found(office) == ["线路老化", "通道堆物"]


def test_a_file_that_is_not_on_the_shelf_cannot_be_withdrawn(office: Office) -> None:
    with pytest.raises(LoadError, match=r"没有 x\.xlsx"):
        withdraw(office, "x.xlsx")


def test_a_build_made_by_another_program_is_built_anew(
    office: Office, sent: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.files.program_id", lambda: "old")
    monkeypatch.setattr(sys.modules["etl.load"], "program_id", lambda: "old")
    accept(office, sent, TODAY, TODAY)
    monkeypatch.undo()
    assert not is_up_to_date(office.warehouse)
    assert renew(office)
    assert is_up_to_date(office.warehouse)
    assert found(office) == ["线路老化", "通道堆物"]


def test_a_build_of_other_ledgers_than_the_shelfs_is_left_alone(office: Office, sent: list[Path]) -> None:
    load(sent, office.warehouse, TODAY)
    assert not renew(office)


def test_a_broken_link_on_the_shelf_keeps_nobody_from_publishing(office: Office, sent: list[Path]) -> None:
    office.ledgers.mkdir()
    (office.ledgers / "旧台账.xlsx").symlink_to(office.ledgers / "已移走.xlsx")
    assert accept(office, sent, TODAY, TODAY).is_published
