"""The clock jumps: which build came before is known all the same, and a clock that is behind stops a load."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from polars.testing import assert_frame_equal

from dashboard.cli import filling
from etl import history, load, rollback
from queries.warehouse import build_path, current_build, sound_builds
from tests.etl.bureau import AS_OF, Bureau, receive_next
from tests.etl.conftest import Run

AHEAD, BEHIND = 4_000_000_000, 0
"""Seconds since 1970: the year 2096, and 1970 itself."""


@pytest.fixture
def bureau(published: Bureau, tmp_path: Path) -> Bureau:
    """One that has published, with another ledger yet to load."""
    bureau = published.copy(tmp_path / "data")
    receive_next(bureau)
    return bureau


def written(warehouse: Path, build: str, seconds: int) -> None:
    """As if a build's file had been written then."""
    os.utime(build_path(warehouse, build), (seconds, seconds))


def named(bureau: Bureau) -> list[str]:
    return [entry["build"] for entry in history(bureau.warehouse)]


@pytest.mark.parametrize(("old_at", "new_at"), [(AHEAD, AHEAD - 1), (BEHIND, BEHIND)])
def test_the_build_before_is_the_one_published_before_whatever_the_clock_said(
    bureau: Bureau, old_at: int, new_at: int
) -> None:
    (old,) = named(bureau)
    before = bureau.figures()
    written(bureau.warehouse, old, old_at)
    assert bureau.load()
    new = current_build(bureau.warehouse)
    assert new is not None
    written(bureau.warehouse, new, new_at)
    assert named(bureau) == [new, old]
    assert next(sound_builds(bureau.warehouse)) == new
    assert rollback(bureau.warehouse) == old
    assert_frame_equal(bureau.figures(), before)


def test_a_build_made_anew_is_the_newest(bureau: Bureau) -> None:
    (old,) = named(bureau)
    bureau.load()
    build_path(bureau.warehouse, old).unlink()
    (bureau.ledgers / "巴公镇.xlsx").unlink()
    assert bureau.load()
    assert named(bureau)[0] == current_build(bureau.warehouse) == old


def test_builds_of_before_they_were_numbered_are_told_by_their_files(
    published_twice: Bureau, tmp_path: Path
) -> None:
    bureau = published_twice.copy(tmp_path / "data")
    (_, old) = named(bureau)
    for notes in (bureau.warehouse / "builds").glob("*.json"):
        notes.write_text(notes.read_text(encoding="utf-8").replace('"number"', '"other"'), encoding="utf-8")
    written(bureau.warehouse, old, BEHIND)
    assert named(bureau)[1] == old


def test_when_a_ledger_was_written_changes_nothing(published_twice: Bureau, tmp_path: Path) -> None:
    bureau = published_twice.copy(tmp_path / "data")
    for place, ledger in enumerate(bureau.ledgers.iterdir()):
        os.utime(ledger, (AHEAD + place, AHEAD + place))
    assert not bureau.load()


def test_after_a_load_as_of_a_day_far_ahead_the_right_day_gives_the_right_figures(
    published_twice: Bureau, tmp_path: Path
) -> None:
    bureau = published_twice.copy(tmp_path / "data")
    right = bureau.figures()
    build = current_build(bureau.warehouse)
    assert load([bureau.ledgers], bureau.warehouse, date(2062, 1, 1)).is_published
    assert bureau.load()
    assert current_build(bureau.warehouse) == build
    assert_frame_equal(bureau.figures(), right)


class Behind(date):
    """A day before all that is served, as on a machine whose battery is empty."""

    @classmethod
    def today(cls) -> "Behind":
        return cls(2010, 1, 1)


def test_a_clock_behind_what_is_served_stops_a_load_that_names_no_day(
    bureau: Bureau, zhiben: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = bureau.figures()
    monkeypatch.setattr(filling, "date", Behind)
    asked = ("load", bureau.ledgers, "--warehouse", bureau.warehouse)
    code, told = zhiben(*asked)
    assert code == 1
    assert "2010-01-01 早于" in told
    assert len(told.splitlines()) == 1
    assert_frame_equal(bureau.figures(), before)
    assert zhiben(*asked, "--as-of", AS_OF + timedelta(days=1))[0] == 0
    assert len(named(bureau)) == 2
