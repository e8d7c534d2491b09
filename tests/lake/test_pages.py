"""The pages on a lake: every one is drawn, of all counties and of one; counties stand where towns do."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NoReturn

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import app, session
from dashboard.guard.roles import Person
from dashboard.running import watch as watching
from dashboard.running.watch import Watch
from etl import lake as lakes
from queries import sources
from queries.evaluate import evaluate
from queries.lake import Lake, LakeError
from tests.dashboard import tester as opening
from tests.dashboard.test_pages import text
from tests.lake.counties import AS_OF, EARLIER, GAOPING, ZEZHOU, warehouse

PAGES = [path for entries in app.GROUPS.values() for _, path in entries if path != app.INTAKE]
Open = Callable[..., AppTest]


@pytest.fixture
def open_page(both: Lake, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens a page on the lake of two counties, as a link with a query would."""

    def opened(page: str, lake: Lake = both, **query: str) -> AppTest:
        monkeypatch.setenv(session.LAKE_VARIABLE, lake.dsn)
        monkeypatch.setenv(session.COUNTY_VARIABLE, str(lake.county or ""))
        return opening.tester(page, 120, **query).run()

    return opened


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_drawn(open_page: Open, page: str) -> None:
    """Of all counties, then of one: the filter of a page that is open."""
    drawn = open_page(page)
    _assert_drawn(drawn)
    drawn.multiselect(key="county").set_value(["示例市"]).run()
    _assert_drawn(drawn)
    assert "只看：示例市" in text(drawn)


def _assert_drawn(drawn: AppTest) -> None:
    assert not drawn.exception
    assert [error.value for error in drawn.error] == []
    assert "统计截止" in text(drawn)


def test_the_overview_sets_counties_side_by_side_and_a_countys_towns_one_storey_down(
    open_page: Open, both: Lake
) -> None:
    whole = text(open_page("overview"))
    assert 'aria-label="各县区关键指标"' in whole
    assert "/overview?county=" in whole
    one = text(open_page("overview", county="泽州县"))
    assert 'aria-label="各乡镇关键指标"' in one
    assert "只看：泽州县" in one
    with closing(sources.opened(both, str(sources.current(both)))) as con:
        by_county = evaluate(con, "rectification_rate", AS_OF, ["county"])
    for row in by_county.iter_rows(named=True):
        assert f"{row['numerator']:,}/{row['denominator']:,}" in whole


def test_a_town_is_held_against_its_own_county(open_page: Open, both: Lake) -> None:
    page = open_page("township", township="泽州县大箕镇")
    assert not page.error
    assert page.session_state["view"].filters.counties == ("泽州县",)
    assert page.session_state["view"].storey.by == "township"


def test_of_a_lake_of_one_county_no_counties_are_offered(open_page: Open, both: Lake) -> None:
    page = open_page("overview", Lake(both.dsn, ZEZHOU.code))
    assert next(box.label for box in page.sidebar.multiselect) == "乡镇"
    assert 'aria-label="各乡镇关键指标"' in text(page)
    assert "泽州县民政局" in text(page)


def test_a_county_known_up_to_an_earlier_day_is_pointed_out(
    open_page: Open, lake: Lake, shared: Path
) -> None:
    lakes.push(lake, ZEZHOU.code, warehouse(shared, ZEZHOU))
    lakes.push(lake, GAOPING.code, warehouse(shared, GAOPING, EARLIER))
    assert "示例市的数据没有更新到这一天，最早的到 09-30" in text(open_page("overview", lake))
    assert "1 个县区的数据没有更新到这一天" in text(open_page("quality", lake))
    for query in ({"county": "泽州县"}, {"as_of": "2026-10-05"}):
        assert "没有更新到这一天" not in text(open_page("overview", lake, **query))


def test_nobody_brings_ledgers_in_here(open_page: Open, both: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(session.LAKE_VARIABLE, both.dsn)
    offered = {path for entries in app.offered(Person("office", "office")).values() for _, path in entries}
    assert app.INTAKE not in offered
    assert "audit" in offered


def test_a_lake_without_data_says_how_they_come(open_page: Open, lake: Lake) -> None:
    assert app.NOTHING_GATHERED in text(open_page("overview", lake))


def test_a_lake_that_is_away_is_told_in_one_sentence(open_page: Open) -> None:
    away = Lake("host=127.0.0.1 port=1 dbname=lake password=hunter2 connect_timeout=2")
    page = open_page("overview", away)
    assert "连不上" in page.error[0].value
    assert "hunter2" not in str(page.error[0].value)


def test_what_cannot_be_opened_is_said_and_tried_again_after_a_while(
    open_page: Open, lake: Lake, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "PAGES", ["overview"])
    monkeypatch.setattr(watching, "LAKE_SECONDS", 1e9)
    watch = Watch()
    lakes.push(lake, ZEZHOU.code, warehouse(shared, ZEZHOU, EARLIER))
    open_page("overview", lake)
    try:
        watch.look()
        lakes.push(lake, ZEZHOU.code, warehouse(shared, ZEZHOU))
        with monkeypatch.context() as broken:
            broken.setattr(sources, "opened", away)
            watch.look()
        watch.look()
        page = open_page("overview", lake)
        assert [each.value for each in page.warning] == [app.LAKE_BEHIND.format(day=EARLIER)]
        monkeypatch.setattr(watching, "LAKE_SECONDS", 1e-3)
        watch.look()
        page = open_page("overview", lake)
        assert not page.warning
        assert page.session_state["view"].as_of == AS_OF
    finally:
        session.showing.build, session.showing.is_behind = None, False


def away(*_: object) -> NoReturn:
    raise LakeError("连不上")


def test_what_a_county_publishes_is_shown_at_the_next_look(open_page: Open, lake: Lake, shared: Path) -> None:
    lakes.push(lake, ZEZHOU.code, warehouse(shared, ZEZHOU))
    assert 'aria-label="各乡镇关键指标"' in text(open_page("overview", lake))
    lakes.push(lake, GAOPING.code, warehouse(shared, GAOPING))
    assert 'aria-label="各县区关键指标"' in text(open_page("overview", lake))
