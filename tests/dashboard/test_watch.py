"""A new build is opened and warmed while the one before is shown; damaged or gone, it is not shown at all."""

import gc
import shutil
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from streamlit.testing.v1 import AppTest

import etl
from dashboard import answers, session, trends
from dashboard.folders import WAREHOUSE_VARIABLE
from dashboard.running import warm
from dashboard.running import watch as watching
from dashboard.running.watch import Watch
from dashboard.session import EXAMPLE_VARIABLE, Build
from etl.disk import write_whole
from queries.warehouse import build_path, fetch, notes_path
from tests.dashboard import warehouses
from tests.dashboard.conftest import Open
from tests.dashboard.test_caches import AS_OF, caches


@dataclass(frozen=True)
class Two:
    """A warehouse whose pointer names the older of its two builds."""

    warehouse: Path
    old: str
    new: str

    @property
    def file(self) -> Path:
        return build_path(self.warehouse, self.new)

    def publish(self) -> None:
        etl.rollback(self.warehouse, self.new)


@pytest.fixture
def two(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Two]:
    warehouse = tmp_path / "warehouse"
    shutil.copytree(warehouses.twice(shared), warehouse)
    new, old = (entry["build"] for entry in etl.history(warehouse))
    etl.rollback(warehouse, old)
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(warehouse))
    monkeypatch.setattr(session, "scopes_seen", list)  # an earlier test may hold its towns yet
    yield Two(warehouse, old, new)
    session.showing.build, session.showing.is_behind = None, False


def shown() -> str:
    build = session.current()
    assert build is not None
    return build.code


def questions() -> int:
    """How often anything was asked of a database so far, as far as answers are kept."""
    return sum(kept.cache_info().misses for _, kept in caches() if hasattr(kept, "cache_info"))


def test_a_new_build_is_shown_only_when_its_pages_have_been_drawn(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch()
    watch.look()
    two.publish()
    meanwhile: list[str] = []
    monkeypatch.setattr(watching, "warm", lambda *_: meanwhile.append(shown()))
    watch.look()
    assert meanwhile == [two.old, two.new], "pages first; a town's afterwards"
    assert shown() == two.new


@pytest.mark.parametrize("page", ["overview", "hazards", "duties"])
def test_the_first_look_at_a_new_build_asks_nothing_that_was_not_asked_before(
    two: Two, open_page: Open, page: str
) -> None:
    watch = Watch()
    watch.look()
    tester = open_page(two.warehouse, page)
    two.publish()
    watch.look()
    before = questions()
    tester.run()
    assert not tester.exception
    assert tester.session_state["view"].code == two.new
    assert questions() == before


@pytest.mark.parametrize(("page", "most"), [("overview", 10), ("hazards", 6)])
def test_of_a_town_chosen_next_little_is_left_to_ask(
    two: Two, open_page: Open, asked: list[str], page: str, most: int
) -> None:
    Watch().look()
    tester = open_page(two.warehouse, page)
    known = set(trends._kept)
    asked.clear()
    tester.multiselect(key="township").set_value(["南岭镇"]).run()
    assert not tester.exception
    assert set(trends._kept) == known
    assert 0 < len(asked) <= most, asked


def test_what_was_answered_of_the_build_before_is_let_go(two: Two) -> None:
    watch = Watch()
    watch.look()
    answered = weakref.ref(answers.figures(two.old, ("overdue",), AS_OF, ("area",)))
    trends.trend(two.old, "overdue", [AS_OF])
    two.publish()
    watch.look()
    gc.collect()
    assert answered() is None
    assert two.old not in {build for build, *_ in trends._kept}
    assert two.new in {build for build, *_ in trends._kept}


def test_who_looked_at_the_last_day_looks_at_the_new_last_day(two: Two, open_page: Open) -> None:
    newest, chosen = open_page(two.warehouse, "overview"), open_page(two.warehouse, "overview")
    chosen.date_input(key="as_of").set_value(date(2026, 10, 31)).run()
    two.publish()
    days = [tester.run().date_input(key="as_of").value for tester in (newest, chosen)]
    assert [str(day) for day in days] == ["2026-11-24", "2026-10-31"]


def test_where_the_clock_is_behind_the_data_the_intake_page_says_so(
    empty: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.view.today", lambda: date(2026, 11, 22))
    (warning,) = open_page(empty, "intake").warning
    assert "2026-11-22 早于现用数据的截至日期 2026-11-23" in warning.value


def damaged(file: Path) -> None:
    whole = file.read_bytes()
    middle = len(whole) // 2
    file.write_bytes(whole[:middle] + bytes([255 - whole[middle]]) + whole[middle + 1 :])


@pytest.mark.parametrize("harm", [damaged, Path.unlink], ids=["damaged", "gone"])
def test_a_build_that_is_damaged_or_gone_is_not_shown_until_it_is_mended(two: Two, harm: object) -> None:
    watch = Watch()
    watch.look()
    two.publish()
    kept = two.file.read_bytes()
    assert callable(harm)
    harm(two.file)
    watch.look()
    watch.look()
    assert shown() == two.old
    two.file.write_bytes(kept)
    watch.look()
    assert shown() == two.new


@pytest.mark.skipif(sys.platform == "win32", reason="there an open file cannot go")
def test_who_looks_at_a_build_that_vanishes_looks_on(two: Two, open_page: Open) -> None:
    Watch().look()
    page = open_page(two.warehouse, "hazards")
    build_path(two.warehouse, two.old).unlink()
    page.multiselect(key="township").set_value(["大阳镇"]).run()
    Watch().look()
    assert not (*page.exception, *page.error, *page.warning)
    assert page.session_state["view"].code == two.old
    assert page.session_state["view"].filters.townships == ("大阳镇",)


def pointer_cut(file: Path) -> None:
    """Leave half of the pointer beside the builds' folder."""
    pointer = file.parents[1] / "current.json"
    pointer.write_text(pointer.read_text(encoding="utf-8")[:10], encoding="utf-8")


@pytest.mark.parametrize("harm", [damaged, Path.unlink, pointer_cut], ids=["damaged", "gone", "pointer"])
def test_a_server_that_starts_on_a_damaged_build_shows_the_one_before_and_says_so(
    two: Two, open_page: Open, harm: Callable[[Path], None]
) -> None:
    two.publish()
    kept = two.file.read_bytes(), (two.warehouse / "current.json").read_bytes()
    harm(two.file)
    Watch().look()
    page = open_page(two.warehouse, "overview")
    assert shown() == (two.new if harm is pointer_cut else two.old)
    (warning,) = page.warning
    assert "zhiben doctor" in warning.value
    assert not page.exception
    two.file.write_bytes(kept[0])
    (two.warehouse / "current.json").write_bytes(kept[1])
    Watch().look()
    assert shown() == two.new
    assert not session.showing.is_behind


@pytest.fixture
def example_first(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], Path]]:
    """The example is shown while the bureau has published nothing; calling it publishes the first build."""
    own = tmp_path / "own"
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(own))
    monkeypatch.setenv(EXAMPLE_VARIABLE, str(warehouses.example(shared)))

    def publish() -> Path:
        shutil.copytree(warehouses.twice(shared), own)
        return own

    yield publish
    session.showing.build, session.showing.is_behind = None, False


def test_the_first_build_of_ones_own_takes_the_place_of_the_example(
    example_first: Callable[[], Path], open_page: Open
) -> None:
    watch = Watch()
    watch.look()
    before = session.current()
    own = example_first()
    watch.look()
    after = session.current()
    assert before is not None
    assert after is not None
    assert after.whole.source == own != before.whole.source
    assert not session.showing.is_behind
    assert fetch(before.connection, "select count(*) as n from hazards").item(), "who began on it goes on"


def test_when_all_is_withdrawn_nothing_is_shown_any_more(two: Two, open_page: Open) -> None:
    watch = Watch()
    watch.look()
    pages = [open_page(two.warehouse, page) for page in ("overview", "intake", "audit")]
    (two.warehouse / "current.json").unlink()
    watch.look()
    assert session.current() is None
    for page in pages:
        page.run()
        assert not page.exception
        assert "view" not in page.session_state


def test_notes_that_cannot_be_read_keep_no_other_build_from_being_shown(two: Two) -> None:
    two.publish()
    notes_path(two.warehouse, two.new).write_text("{")
    Watch().look()
    assert shown() == two.old
    assert session.showing.is_behind


def test_a_build_that_is_not_what_the_pointer_says_is_not_shown(two: Two) -> None:
    two.publish()
    write_whole(two.warehouse / "current.json", {"build": two.new, "sha256": "0" * 64})
    Watch().look()
    assert shown() == two.old
    assert session.showing.is_behind


def test_where_no_build_is_whole_the_page_says_what_to_do(two: Two, open_page: Open) -> None:
    for entry in etl.history(two.warehouse):
        build_path(two.warehouse, entry["build"]).write_bytes(b"")
    session._wholes.clear()
    session._builds.clear()
    Watch().look()
    (error,) = open_page(two.warehouse, "overview").error
    assert "zhiben doctor" in error.value


def test_a_page_that_cannot_be_drawn_does_not_hold_a_new_build_back(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.running.warm.SCRIPTS", two.warehouse)
    watch = Watch()
    watch.look()
    two.publish()
    watch.look()
    assert shown() == two.new


def test_a_build_is_closed_with_the_last_session_that_shows_it(two: Two, open_page: Open) -> None:
    watch = Watch()
    watch.look()
    testers = [open_page(two.warehouse, page) for page in ("overview", "hazards")]
    whole = weakref.ref(session.opened(two.warehouse, two.old).whole)
    two.publish()
    watch.look()
    _look_twice(testers[0])
    assert whole() is not None, "the second session shows it still"
    _look_twice(testers[1])
    assert whole() is None


def _look_twice(tester: AppTest) -> None:
    """Streamlit keeps what a session's state held one look before."""
    tester.run().run()
    gc.collect()


def test_who_publishes_waits_until_it_is_shown(two: Two) -> None:
    watch = Watch()
    watch.look()
    watch.start()
    two.publish()
    watch.catch_up()
    assert shown() == two.new
    watch.stop()


def test_stopped_while_it_warms_it_ends_after_the_page(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    two.publish()
    watch = Watch()
    drawn: list[Path] = []
    begun = Event()

    def draw(_: Build, script: Path, __: tuple[str, ...]) -> None:
        drawn.append(script)
        begun.set()
        while watch._goes_on(script):
            time.sleep(0.01)

    monkeypatch.setattr(warm, "_draw", draw)
    watch.start()
    assert begun.wait(60)
    watch.stop()
    assert len(drawn) == 1
    assert "builds" not in [thread.name for thread in threading.enumerate()]
