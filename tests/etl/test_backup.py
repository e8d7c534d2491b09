"""What was backed up comes back byte for byte, and what stands there is never overwritten."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile, ZipInfo

import pytest

from etl import backup
from etl.backup import MANIFEST, back_up, restore
from etl.decisions_written import add_alias
from etl.disk import LoadError
from etl.office import Office, accept, withdraw
from queries.warehouse import current_build, digest
from tests.etl.test_office import REGISTER, TODAY, book, found, hazards

DAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bureau with three ledgers, one of them withdrawn again, a decision, and a log."""
    folder = tmp_path_factory.mktemp("bureau")
    office = Office(folder / "data" / "ledgers", folder / "data" / "warehouse")
    register = book(folder / "sent" / "机构.xlsx", "机构台账", REGISTER)
    kept = book(folder / "sent" / "隐患.xlsx", "隐患台账", hazards("线路老化", "通道堆物"))
    wrong = book(folder / "sent" / "误报.xlsx", "隐患台账", hazards("误报"))
    accept(office, [register, kept, wrong], TODAY, DAY)
    add_alias(office.decided, "甲院", "甲敬老院", "某科", DAY, "简称")
    withdraw(office, f"{TODAY}/误报.xlsx")
    log = office.warehouse.with_name("audit") / "2026.jsonl"
    log.parent.mkdir()
    log.write_text('{"what": "load"}\n', encoding="utf-8")
    return office.decided


@pytest.fixture
def office(once: Path, tmp_path: Path) -> Office:
    data = Path(shutil.copytree(once, tmp_path / "data"))
    return Office(data / "ledgers", data / "warehouse")


def contents(office: Office) -> dict[str, str]:
    kept = [
        path
        for path in office.decided.rglob("*")
        if path.is_file() and "warehouse" not in path.parts and path.suffix != ".lock"
    ]
    return {path.relative_to(office.decided).as_posix(): digest(path) for path in kept}


def emptied(office: Office) -> None:
    shutil.rmtree(office.decided)


def test_all_comes_back_and_the_same_build_is_served(office: Office, tmp_path: Path) -> None:
    before, build = contents(office), current_build(office.warehouse)
    kept = back_up(office, tmp_path / "backup" / "备份.zip")
    assert (kept.files, kept.build, kept.as_of) == (len(before), build, DAY)
    assert {"aliases.toml", "audit/2026.jsonl", "withdrawn/误报.xlsx"} <= before.keys()
    emptied(office)
    assert restore(tmp_path / "backup" / "备份.zip", office) == kept
    assert contents(office) == before
    assert current_build(office.warehouse) == build
    assert found(office) == ["线路老化", "通道堆物"]


def test_a_log_that_is_written_on_meanwhile_is_kept_as_far_as_it_was_read(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = office.warehouse.with_name("audit") / "2026.jsonl"
    before, lines = contents(office), log.read_text(encoding="utf-8")

    def written_on(source: Any, *rest: Any, **options: Any) -> ZipInfo:
        with log.open("a", encoding="utf-8") as file:
            file.write('{"what": "export"}\n')
        return told(source, *rest, **options)

    told = ZipInfo.from_file
    monkeypatch.setattr(ZipInfo, "from_file", written_on)
    back_up(office, tmp_path / "备份.zip")
    emptied(office)
    restore(tmp_path / "备份.zip", office)
    assert contents(office).keys() == before.keys()
    assert log.read_text(encoding="utf-8").startswith(lines)


def test_a_backup_that_is_not_what_was_to_be_kept_is_not_left(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "_sha256", lambda *_: "0" * 64)
    with pytest.raises(LoadError, match="没有留下"):
        back_up(office, tmp_path / "备份.zip")
    assert list(tmp_path.glob("备份*")) == []


def test_a_restore_that_was_interrupted_goes_on(office: Office, tmp_path: Path) -> None:
    before = contents(office)
    back_up(office, tmp_path / "备份.zip")
    shutil.rmtree(office.warehouse)
    for path in list(office.ledgers.rglob("*.xlsx"))[1:]:
        path.unlink()
    restore(tmp_path / "备份.zip", office)
    assert contents(office) == before


@pytest.mark.parametrize("place", ["ledgers/2026-11-23/新报.xlsx", "aliases.toml"])
def test_what_stands_there_is_not_overwritten(office: Office, tmp_path: Path, place: str) -> None:
    back_up(office, tmp_path / "备份.zip")
    (office.decided / place).write_text("别的内容", encoding="utf-8")
    before = contents(office)
    with pytest.raises(LoadError, match="没有恢复") as refusal:
        restore(tmp_path / "备份.zip", office)
    assert Path(place).name in str(refusal.value)
    assert contents(office) == before


def damaged(path: Path, where: int) -> None:
    """Turn some bytes at a share (of 100) of a file."""
    content = bytearray(path.read_bytes())
    place = len(content) * where // 100
    content[place : place + 8] = bytes(byte ^ 0xFF for byte in content[place : place + 8])
    path.write_bytes(content)


@pytest.mark.parametrize("where", [1, 20, 45, 70, 99])
def test_of_a_damaged_backup_nothing_is_put_back(office: Office, tmp_path: Path, where: int) -> None:
    back_up(office, tmp_path / "备份.zip")
    emptied(office)
    damaged(tmp_path / "备份.zip", where)
    with pytest.raises(LoadError, match="备份"):
        restore(tmp_path / "备份.zip", office)
    assert not office.ledgers.exists()


def test_a_backup_that_breaks_off_in_a_file_is_said_to_be_damaged(office: Office, tmp_path: Path) -> None:
    emptied(office)
    with ZipFile(tmp_path / "备份.zip", "w") as archive:
        archive.writestr(MANIFEST, "{")
        told = archive.infolist()[0]
        told.file_size = told.compress_size = 1_000_000
    with pytest.raises(LoadError, match="备份文件损坏，没有恢复任何文件：没有写完"):
        restore(tmp_path / "备份.zip", office)


@pytest.mark.parametrize(
    "name",
    [
        "../外.txt",
        "ledgers/../../外.txt",
        "decided/campaign.toml",
        "ledgers/C:/外",
        "别处/甲.xlsx",
        "ledgers",
    ],
)
def test_a_backup_cannot_write_elsewhere(office: Office, tmp_path: Path, name: str) -> None:
    crafted = tmp_path / "备份.zip"
    with ZipFile(crafted, "w") as archive:
        archive.writestr("甲", "内容")
        sha256 = "d2e2adf7177b7a8afddbc12d1634cf23ea1a71020f6a1308070a16400fb68fde"
        files = {"甲": {"path": name, "sha256": sha256}}
        archive.writestr(MANIFEST, json.dumps({"format": 1, "build": None, "as_of": None, "files": files}))
    emptied(office)
    with pytest.raises(LoadError):
        restore(crafted, office)
    assert not (tmp_path / "外.txt").exists()


def test_a_missing_backup_is_said_so(office: Office, tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="找不到"):
        restore(tmp_path / "没有.zip", office)


def test_an_office_without_ledgers_has_nothing_to_publish(tmp_path: Path) -> None:
    office = Office(tmp_path / "data" / "ledgers", tmp_path / "data" / "warehouse")
    kept = back_up(office, tmp_path / "备份.zip")
    assert (kept.files, kept.build) == (0, None)
    assert restore(tmp_path / "备份.zip", office).files == 0
