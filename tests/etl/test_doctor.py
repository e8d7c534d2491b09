"""What is wrong with a bureau's data is found, and it is said what to do."""

import shutil
from collections import namedtuple
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta, timezone
from pathlib import Path

import pytest

from etl import doctor
from etl.disk import MAKING
from etl.doctor import Finding, examine
from etl.history import rollback
from etl.office import Office, accept
from queries.warehouse import build_path, current_build
from tests.etl.test_office import REGISTER, TODAY, book, hazards

NOW = datetime.combine(TODAY, time(10), timezone(timedelta(hours=8)))


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bureau that published twice."""
    folder = tmp_path_factory.mktemp("bureau")
    office = Office(folder / "data" / "ledgers", folder / "data" / "warehouse")
    accept(office, [book(folder / "sent" / "机构.xlsx", "机构台账", REGISTER)], TODAY, TODAY)
    accept(office, [book(folder / "sent" / "隐患.xlsx", "隐患台账", hazards("线路老化"))], TODAY, TODAY)
    return office.decided


@pytest.fixture
def office(once: Path, tmp_path: Path) -> Office:
    data = Path(shutil.copytree(once, tmp_path / "data"))
    return Office(data / "ledgers", data / "warehouse")


def wrong(office: Office, now: datetime = NOW) -> list[Finding]:
    return [finding for finding in examine(office, now) if finding.level != "good"]


def served(office: Office) -> Path:
    return build_path(office.warehouse, current_build(office.warehouse) or "")


def test_where_all_is_well_nothing_is_to_be_done(office: Office) -> None:
    assert wrong(office) == []
    assert len(examine(office, NOW)) >= 5


def test_an_empty_warehouse_is_no_alarm(tmp_path: Path) -> None:
    (finding,) = wrong(Office(tmp_path / "ledgers", tmp_path / "warehouse"))
    assert (finding.level, finding.says) == ("warn", "还没有发布过数据")
    assert "数据导入" in finding.do


def test_a_damaged_build_is_found_and_what_is_advised_mends_it(office: Office) -> None:
    served(office).write_bytes(served(office).read_bytes()[:-100])
    (finding,) = wrong(office)
    assert finding.level == "alarm"
    assert "损坏" in finding.says
    assert "zhiben rollback" in finding.do
    rollback(office.warehouse)
    assert not [finding for finding in wrong(office) if finding.level == "alarm"]


WAYS_BACK: dict[str, Callable[[Office], object]] = {
    "rollback": lambda office: rollback(office.warehouse),
    "load": lambda office: office.publish(TODAY),
}


@pytest.mark.parametrize("content", ["{", "[]", "{}", '"x"'])
@pytest.mark.parametrize("way", WAYS_BACK)
def test_a_pointer_that_cannot_be_read_is_found_and_what_is_advised_mends_it(
    office: Office, content: str, way: str
) -> None:
    before = current_build(office.warehouse)
    (office.warehouse / "current.json").write_text(content, encoding="utf-8")
    (alarm,) = (finding for finding in wrong(office) if finding.level == "alarm")
    assert "指针" in alarm.says
    assert f"zhiben {way}" in alarm.do
    WAYS_BACK[way](office)
    assert current_build(office.warehouse) == before
    assert not wrong(office)


def test_what_an_interrupted_load_left_is_told_without_alarm(office: Office) -> None:
    (office.warehouse / "builds" / f"half{MAKING}.duckdb").write_bytes(b"")
    (finding,) = wrong(office)
    assert finding.level == "warn"
    assert "中断" in finding.says


def test_ledgers_not_yet_published_are_told(office: Office, tmp_path: Path) -> None:
    shutil.copy(book(tmp_path / "又报.xlsx", "隐患台账", hazards("又一处")), office.ledgers)
    (finding,) = wrong(office)
    assert finding.level == "warn"
    assert "不是同一批" in finding.says


def test_decisions_that_cannot_be_read_are_told_with_their_file(office: Office) -> None:
    (office.decided / "aliases.toml").write_text("aliases = 3", encoding="utf-8")
    (finding,) = wrong(office)
    assert finding.level == "alarm"
    assert "aliases" in finding.says


def test_a_clock_behind_the_data_is_told(office: Office) -> None:
    (finding,) = wrong(office, NOW - timedelta(days=400))
    assert finding.level == "alarm"
    assert "时区" in finding.do


def test_another_time_zone_than_beijings_is_told(office: Office) -> None:
    (finding,) = wrong(office, NOW.astimezone(UTC))
    assert finding.level == "warn"
    assert "+0000" in finding.says
    assert "Asia/Shanghai" in finding.do


def test_too_little_room_is_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 10**9, 10**6))
    (finding,) = wrong(office)
    assert finding.level == "alarm"
    assert "GB" in finding.says


def test_a_build_of_another_program_is_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "is_up_to_date", lambda _: False)
    (finding,) = wrong(office)
    assert finding.level == "warn"
    assert "zhiben load" in finding.do
