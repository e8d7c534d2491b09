"""Towns, homes and single hazards as pages: what they hold, and the way from one to the next and back."""

from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from dashboard import hazard_link, outside
from dashboard.folders import WAREHOUSE_VARIABLE
from dashboard.view import View
from queries.evaluate import evaluate
from queries.filters import Filters
from queries.records import records
from tests.dashboard.conftest import Open
from tests.dashboard.test_browser import READY, SECOND, address, opened
from tests.dashboard.test_pages import text

DAY = date(2026, 11, 23)


@pytest.fixture
def view(example: Path, monkeypatch: pytest.MonkeyPatch) -> View:
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(example))
    return outside.view(example, DAY, None, Filters())


def worst(view: View) -> dict[str, Any]:
    """An overdue major hazard."""
    overdue = records(view.build.connection, "overdue", DAY)
    return overdue.filter("is_major").sort("days_overdue", "hazard_id").row(-1, named=True)


def test_every_home_on_the_register_is_listed_and_leads_to_its_page(
    open_page: Open, example: Path, view: View
) -> None:
    shown = text(open_page(example, "institution"))
    register = records(view.build.connection, "institutions", DAY)
    for name in register["institution"]:
        assert name in shown


def test_a_homes_page_holds_all_that_happened_there(open_page: Open, example: Path, view: View) -> None:
    home = worst(view)["institution"]
    page = open_page(example, "institution", institution=home)
    assert not page.exception
    filters = Filters(institutions=(home,))
    kinds = ("inspections", "trainings", "drills", "activities", "measures", "complaints")
    count = sum(records(view.build.connection, kind, DAY, filters).height for kind in kinds)
    hazards = records(view.build.connection, "hazards", DAY, filters)
    assert f"{count} 次检查、培训等活动，{hazards.height} 处隐患" in text(page)
    left = hazards.filter(~hazards["is_rectified"])
    for described in left["description"]:
        assert described in text(page)


def test_a_homes_and_a_towns_figures_are_those_of_the_queries(
    open_page: Open, example: Path, view: View
) -> None:
    row = worst(view)
    for page, key, value in (
        ("institution", "institution", row["institution"]),
        ("township", "township", row["township"]),
    ):
        shown = text(open_page(example, page, **{key: value}))
        by = evaluate(view.build.connection, "rectification_rate", DAY, (key,))
        answer = by.filter(by[key] == value).row(0, named=True)
        assert f"{answer['value']:.1%}" in shown
        assert f"{answer['numerator']}/{answer['denominator']}" in shown


def test_each_hazards_link_leads_to_it_and_to_no_other(view: View) -> None:
    hazards = records(view.build.connection, "hazards", DAY, Filters(townships=("大箕镇",)))
    for row in hazards.iter_rows(named=True):
        link = hazard_link.address(view, row)
        asked = parse_qs(urlsplit(link).query)["hazard"][0]
        assert row["hazard_id"] in hazard_link.find(view, asked)
        same = hazards.filter(
            (hazards["institution"] == row["institution"])
            & (hazards["found_on"] == row["found_on"])
            & (hazards["description"] == row["description"])
        )
        assert len(hazard_link.find(view, asked)) == same.height


def test_a_hazards_page_tells_its_whole_loop_and_where_it_stands_in_the_ledgers(
    open_page: Open, example: Path, view: View
) -> None:
    row = worst(view)
    shown = text(open_page(example, "hazard", hazard=hazard_link.of(row)))
    for fact in (row["description"], row["institution"], row["township"], f"{row['found_on']}"):
        assert fact in shown
    assert f"逾期 {row['days_overdue']} 天" in shown
    assert ".xlsx" in shown


def test_a_link_to_a_hazard_that_is_not_there_says_so(open_page: Open, example: Path) -> None:
    assert "没有这条链接所指的隐患" in text(open_page(example, "hazard", hazard="2026-01-01-0000000000"))


def test_from_the_overview_to_a_town_a_home_a_hazard_and_back(browser: Browser, example_url: str) -> None:
    with opened(browser, address(example_url, "overview")) as (page, seen):

        def follow(selector: str, path: str) -> None:
            page.locator(selector).first.click()
            page.wait_for_url(f"**/{path}**")
            page.wait_for_selector(".zb-trail", timeout=60 * SECOND)
            page.wait_for_selector(READY, timeout=60 * SECOND)

        follow(".zb-matrix th.row a", "township")
        town = page.locator(".zb-trail").inner_text().split(" › ")[-1]
        follow('.zb-matrix th.row a[href*="/institution"]', "institution")
        home = page.locator(".zb-trail").inner_text().split(" › ")[-1]
        expect(page.locator(".zb-message")).to_contain_text(home)
        follow('.zb-table a[href*="/hazard"]', "hazard")
        expect(page.locator(".zb-trail")).to_contain_text(f"{town} › {home} › 隐患")
        follow('.zb-trail a[href*="/institution"]', "institution")
        expect(page.locator(".zb-message")).to_contain_text(home)
        page.go_back()
        page.wait_for_url("**/hazard**")
        assert seen.troubles == []


def test_a_mark_on_the_time_line_shows_its_record(browser: Browser, example_url: str) -> None:
    with opened(browser, address(example_url, "institution", "?institution=示例翠竹颐养中心")) as (page, _):
        chart = page.get_by_role("application").first
        expect(chart.locator(".scatterlayer .point")).not_to_have_count(0)
        chart.focus()
        page.keyboard.press("ArrowDown")
        said = page.locator(".zb-mark-label:visible").inner_text()
        page.keyboard.press("Enter")
        page.wait_for_url("**event=**")
        page.wait_for_selector(READY, timeout=60 * SECOND)
        expect(page.locator(".zb-facts").first).to_be_visible()
        assert said[:10] in page.locator(".zb-facts").first.inner_text()
