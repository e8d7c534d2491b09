"""A leader before the weekly meeting: each question is answered within three clicks from 总览."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.words import percent
from queries.compare import change
from queries.evaluate import evaluate
from queries.fair import missing
from queries.records import records
from queries.warehouse import current_build, open_build
from tests.dashboard.test_browser import READY, SECOND, address, listed, opened

DAY = date(2026, 11, 23)
CLICKS = 3


@pytest.fixture
def con(example: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_build(example, current_build(example) or "") as con:
        yield con


class Walk:
    """Somebody who starts at 总览 and may click three times."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.left = CLICKS

    def click(self, selector: str, path: str) -> None:
        self.left -= 1
        assert self.left >= 0
        self.page.locator(selector).first.click()
        self.page.wait_for_url(f"**/{path}**")
        self.page.wait_for_selector(READY, timeout=60 * SECOND)
        self.page.wait_for_selector(".zb-message", timeout=60 * SECOND)

    def reads(self, words: str) -> None:
        expect(self.page.locator('[data-testid="stMain"]')).to_contain_text(words)


@pytest.fixture
def walk(browser: Browser, example_url: str) -> Iterator[Walk]:
    with opened(browser, address(example_url, "overview")) as (page, seen):
        yield Walk(page)
        assert seen.troubles == []


def test_which_major_hazards_are_overdue_and_who_answers_for_them(
    walk: Walk, con: duckdb.DuckDBPyConnection
) -> None:
    late = records(con, "overdue", DAY).filter("is_major")
    home = late["institution"][0]
    line = walk.page.locator(".zb-todo div", has_text=home).filter(has_text="重大隐患逾期").first
    for hazard in late.filter(institution=home).iter_rows(named=True):
        expect(line).to_contain_text(hazard["responsible_person"] or "督办")
        expect(line).to_contain_text(hazard["tracker"])
    walk.click('.zb-todo a:has-text("重大隐患逾期")', "records")
    walk.reads("重大")
    assert 0 < listed(walk.page) <= late.height
    every = {row["institution"] for row in late.iter_rows(named=True)}
    walk.page.go_back()
    for name in every:
        walk.reads(name)


def test_which_town_is_furthest_behind_in_rectification_and_since_when(
    walk: Walk, con: duckdb.DuckDBPyConnection
) -> None:
    towns = evaluate(con, "rectification_rate", DAY, ("township",)).drop_nulls("value").sort("value")
    walk.reads(f"最低的是{towns['township'][0]}")
    walk.click(f'.zb-matrix th.row a:text-is("{towns["township"][0]}")', "township")
    title = walk.page.locator(".zb-title").first.inner_text()
    since = re.search(r"自 (\d+) 年 (\d+) 月末起低于全县", title)
    assert since, title
    first = _month_end(int(since[1]), int(since[2]))
    assert _gap(con, towns["township"][0], first) < 0
    assert _gap(con, towns["township"][0], first.replace(day=1) - timedelta(days=1)) >= 0


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _gap(con: duckdb.DuckDBPyConnection, town: str, day: date) -> float:
    towns = dict(
        evaluate(con, "rectification_rate", day, ("township",)).select("township", "value").iter_rows()
    )
    return float(towns[town] - evaluate(con, "rectification_rate", day)["value"][0])


def test_which_institutions_have_not_made_this_quarters_self_check(
    walk: Walk, con: duckdb.DuckDBPyConnection
) -> None:
    owing = missing(con, "self_check_rate", DAY, ("period",))
    running = owing.filter(period="2026Q4")["name"].to_list()
    assert running
    walk.click('.zb-card a[href*="duties"]', "duties")
    for name in running:
        walk.reads(name)


def test_whether_the_last_phase_will_be_finished_in_time(walk: Walk) -> None:
    walk.click('a[href*="/phases"]', "phases")
    walk.reads("到 2026-12-31")


def test_what_changed_since_last_months_meeting(walk: Walk, con: duckdb.DuckDBPyConnection) -> None:
    moved = change(con, "rectification_rate", DAY, DAY - timedelta(days=30)).row(0, named=True)
    assert moved["change"]
    walk.reads(f"{abs(moved['change']):.1f} 个百分点")
    walk.reads(f"{DAY - timedelta(days=30):%m-%d}")
    walk.reads(percent(moved["value"]))


def test_everything_about_one_institution(walk: Walk, con: duckdb.DuckDBPyConnection) -> None:
    walk.click(".zb-matrix th.row a", "township")
    home = walk.page.locator('.zb-matrix th.row a[href*="/institution"]').first.inner_text()
    walk.click('.zb-matrix th.row a[href*="/institution"]', "institution")
    for hazard in records(con, "hazards", DAY).filter(institution=home).iter_rows(named=True):
        walk.reads(hazard["description"])
