"""The pages as people see them: in a real Chromium, at three sizes."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from functools import cache
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Route,
    ViewportSize,
    expect,
)
from python_calamine import CalamineWorkbook

from dashboard import app

PAGES = [path for entries in app.GROUPS.values() for _, path in entries]
SIZES = {"laptop": (1440, 900), "screen": (1920, 1080), "phone": (390, 844)}
SECOND = 1000
STREAMLITS_OWN = {"list", "listitem", "svg-img-alt", "presentation-role-conflict"}
"""Rules of axe that Streamlit's own menus, icons and uploader break."""
REPLACED = '[data-stale="true"]'
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'


class Seen:
    """What went wrong behind a page: errors on the console, requests off this machine."""

    def __init__(self, page: Page) -> None:
        self.troubles: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.troubles.append(message.text)

    def _request(self, request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")):
            self.troubles.append(request.url)


@contextmanager
def opened(
    browser: Browser, url: str, size: str = "laptop", ready: str = ".zb-top", locale: str | None = None
) -> Iterator[tuple[Page, Seen]]:
    page = context(browser, size, locale).new_page()
    seen = Seen(page)
    page.goto(url)
    settle(page, ready)
    yield page, seen
    page.close()


@cache
def context(browser: Browser, size: str, locale: str | None) -> BrowserContext:
    """What pages of one size share, as one browser's do: its store of scripts and fonts above all."""
    return browser.new_context(viewport=viewport(size), accept_downloads=True, locale=locale)


BOXES = ("document.documentElement", "document.querySelector('[data-testid=stMain]')")


def viewport(size: str) -> ViewportSize:
    width, height = SIZES[size]
    return {"width": width, "height": height}


def settle(page: Page, ready: str = ".zb-top") -> None:
    """Wait until the script has run and `ready` stands there; charts and tables then draw at once."""
    page.wait_for_selector(ready, timeout=60 * SECOND)
    page.wait_for_selector(READY, timeout=60 * SECOND)


def address(url: str, page: str, query: str = "") -> str:
    return f"{url}/{'' if page == 'overview' else page}{query}"


def assert_sound(page: Page, seen: Seen) -> None:
    expect(page.locator('[data-testid="stException"], [data-testid="stAlert"]')).to_have_count(0)
    assert all(fits(page, box) for box in BOXES)
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    assert seen.troubles == []


def fits(page: Page, box: str) -> bool:
    """Whether nothing is wider than its box."""
    return bool(page.evaluate(f"{box}.scrollWidth <= {box}.clientWidth"))


def resize(page: Page, size: str) -> None:
    """Give the page another size, and a moment to draw anew what does not fit it."""
    page.set_viewport_size(viewport(size))
    settle(page)
    for _ in range(20):
        if all(fits(page, box) for box in BOXES):
            return
        page.wait_for_timeout(SECOND / 4)


def barriers(page: Page) -> list[str]:
    """What keeps some people from using the page, as axe-core tells: the rule and the element.

    Looked at once it is drawn whole: what a run of the script replaces stands beside its like until then.
    """
    page.wait_for_function(f"!document.querySelector('{REPLACED}')", timeout=60 * SECOND)
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {node['html']}"
        for rule in found
        if rule["id"] not in STREAMLITS_OWN
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("size", ["screen", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_the_example_soundly(browser: Browser, example_url: str, name: str, size: str) -> None:
    with opened(browser, address(example_url, name), size) as (page, seen):
        assert_sound(page, seen)
        expect(page.locator(".zb-top .sample")).to_have_text("示例数据")
        assert barriers(page) == []
        if size == "screen":  # the same page, which fits a laptop too
            resize(page, "laptop")
            assert_sound(page, seen)
            assert barriers(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_an_empty_warehouse_soundly(browser: Browser, empty_url: str, name: str) -> None:
    with opened(browser, address(empty_url, name)) as (page, seen):
        assert_sound(page, seen)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_a_filter_that_leaves_nothing(browser: Browser, example_url: str, name: str) -> None:
    query = "?as_of=2024-01-02&township=下村镇&area=施工"
    with opened(browser, address(example_url, name, query)) as (page, seen):
        assert_sound(page, seen)


def test_the_overview_fits_one_screen(browser: Browser, example_url: str) -> None:
    with opened(browser, address(example_url, "overview")) as (page, _):
        main = "document.querySelector('[data-testid=stMain]')"
        assert page.evaluate(f"{main}.scrollHeight <= {main}.clientHeight")
        last_town = page.locator(".zb-matrix tbody tr").last
        expect(last_town).to_be_in_viewport(ratio=1)


def test_overview_answers_at_its_own_path_too(browser: Browser, example_url: str) -> None:
    with opened(browser, f"{example_url}/overview?township=大箕镇") as (page, _):
        assert page.url.startswith(f"{example_url}/?township=")
        expect(page.get_by_label("各乡镇关键指标").locator("tbody tr")).to_have_count(1)


def test_a_copied_link_opens_the_same_view(browser: Browser, example_url: str) -> None:
    query = (
        "?as_of=2026-06-30&township=大箕镇&township=南岭镇&severity=重大&since=2026-01-01&until=2026-05-31"
    )
    with opened(browser, address(example_url, "hazards", query)) as (page, _):
        first = page.locator(".zb-top").inner_text()
        copied = page.url
    with opened(browser, copied) as (page, _):
        assert page.locator(".zb-top").inner_text() == first
        for part in ("2026-06-30", "大箕镇", "南岭镇", "重大", "2026-01-01 至 05-31"):
            assert part in first


def test_filters_stay_when_the_page_changes(browser: Browser, example_url: str) -> None:
    with opened(browser, address(example_url, "hazards", "?township=大箕镇")) as (page, _):
        page.get_by_text("查问题").first.click()
        page.get_by_role("menuitem", name="逾期督办").click()
        page.wait_for_url("**/overdue**")
        expect(page.locator(".zb-top")).to_contain_text("只看：大箕镇")
        page.wait_for_url("**/overdue?**township=**")


@pytest.mark.parametrize(
    ("late", "query"),
    [
        ("Multiselect", "township=大箕镇"),
        ("DateInput", "as_of=2026-06-30"),
        ("DateInput", "since=2026-01-01&until=2026-06-30"),
    ],
)
def test_filters_stay_when_the_page_changes_before_they_are_drawn(
    browser: Browser, example_url: str, late: str, query: str
) -> None:
    """On a slow line the scripts that draw them come after the figures, and after the next click."""
    with closing(browser.new_context(viewport=viewport("laptop"))) as fresh:
        page = fresh.new_page()
        waiting: list[Route] = []

        def hold(route: Route) -> None:
            waiting.append(route)

        page.route(f"**/{late}.*.js", hold)
        page.goto(address(example_url, "hazards", f"?{query}"))
        settle(page)
        page.get_by_text("查问题").first.click()
        page.get_by_role("menuitem", name="逾期督办").click()
        page.wait_for_url(lambda url: url_shows(url, "overdue", query))
        assert waiting
        for route in waiting:
            route.continue_()
        settle(page)
        assert url_shows(page.url, "overdue", query)


def url_shows(url: str, page: str, query: str) -> bool:
    parts = urlsplit(url)
    return parts.path == f"/{page}" and parse_qs(parts.query) == parse_qs(query)


def test_a_cell_of_the_overview_leads_to_its_records(browser: Browser, example_url: str) -> None:
    with opened(browser, address(example_url, "overview")) as (page, _):
        cell = page.locator('.zb-matrix a[href*="metric=overdue"]').first
        figure = cell.inner_text()
        cell.click()
        page.wait_for_url("**/records**")
        settle(page)
        expect(page.locator(".zb-message")).to_contain_text(f"逾期未整改 {figure} 处")
        assert listed(page) == int(figure)


def test_a_clicked_cell_of_the_heat_matrix_lists_its_records(browser: Browser, example_url: str) -> None:
    query = "?metric=发现隐患&columns=环节"
    with opened(browser, address(example_url, "heatmap", query)) as (page, _):
        every = listed(page)
        said = press(page, page.locator(".barlayer .point path").first)
        figure = int(re.search(r"(\d+) 处", said)[1])  # type: ignore[index]
        expect(page.locator(".zb-title").last).not_to_contain_text("全部")
        settle(page)
        assert listed(page) == figure < every


def test_a_clicked_bar_lists_its_records(browser: Browser, example_url: str) -> None:
    with opened(browser, address(example_url, "overdue")) as (page, _):
        bar = page.locator(".barlayer .point").first
        figure = int(bar.locator("text").text_content() or "")
        press(page, bar.locator("path"))
        expect(page.locator(".zb-title").last).not_to_contain_text("全部")
        settle(page)
        assert listed(page) == figure


def test_choices_narrow_the_other_charts_and_the_list_and_are_let_go_by_their_chips(
    browser: Browser, example_url: str
) -> None:
    with opened(browser, address(example_url, "heatmap", "?metric=逾期未整改&columns=环节")) as (page, _):
        every = listed(page)
        charts = page.get_by_role("application")
        press(page, charts.first.locator(".barlayer .point path").first)
        chip = page.get_by_role("button", name="✕")
        expect(chip).to_have_count(1)
        settle(page)
        town = chip.inner_text().removesuffix(" ✕")
        in_town = listed(page)
        assert in_town < every
        expect(page.locator(".zb-title").last).to_contain_text(f"{town} {in_town} 条")
        chip.click()
        expect(chip).to_have_count(0)
        settle(page)
        assert listed(page) == every


def test_a_choice_that_the_filters_take_away_is_none(browser: Browser, example_url: str) -> None:
    query = "?township=下村镇&overdue-township=大箕镇&overdue_ages-age=从来没有"
    with opened(browser, address(example_url, "overdue", query)) as (page, seen):
        expect(page.locator(".st-key-zb-picks")).to_have_count(0)
        assert_sound(page, seen)


def test_a_mark_is_chosen_and_let_go_by_keys_and_the_choice_is_in_the_link(
    browser: Browser, example_url: str
) -> None:
    with opened(browser, address(example_url, "overdue")) as (page, seen):
        chart = page.get_by_role("application").first
        expect(page.locator(".barlayer .point")).not_to_have_count(0)
        chart.focus()
        page.keyboard.press("ArrowDown")
        said = page.locator(".zb-mark-label:visible").inner_text()
        page.keyboard.press("Enter")
        expect(page.locator(".zb-title").last).not_to_contain_text("全部")
        settle(page)
        assert listed(page) == int(said.split("：")[1])
        assert_sound(page, seen)
        copied = page.url
        page.keyboard.press("Escape")
        expect(page.locator(".zb-title").last).to_contain_text("全部")
        assert page.url != copied
    with opened(browser, copied) as (page, _):
        expect(page.locator(".zb-mark.chosen:visible")).to_have_count(1)
        assert listed(page) == int(said.split("：")[1])


def test_all_charts_of_a_page_load_their_program_once_and_keep_it(browser: Browser, example_url: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        with page.expect_response("**/plotly.min.js") as answer:
            page.goto(address(example_url, "hazards"))
        expect(page.locator(".zb-chart-plot .main-svg:first-child")).to_have_count(6)
        loads = (
            "performance.getEntriesByType('resource').filter(entry => entry.name.includes('plotly')).length"
        )
        assert page.evaluate(loads) == 1
        assert "immutable" in answer.value.headers["cache-control"]
        assert context.request.get(answer.value.url.replace("plotly.min.js", "bars.py")).status == 404


def test_a_list_is_searched_and_taken_away_as_excel(browser: Browser, example_url: str) -> None:
    with opened(browser, address(example_url, "overdue")) as (page, _):
        box = page.get_by_placeholder("在表中查找")
        box.fill("重大")
        box.press("Enter")
        note = page.locator(".zb-note", has_text="找到")
        expect(note).to_be_visible()
        found = int(re.search(r"找到 ([\d,]+) 条", note.inner_text())[1])  # type: ignore[index]
        with page.expect_download() as download:
            page.get_by_role("button", name="下载 Excel").click()
        assert download.value.suggested_filename == "逾期隐患清单_2026-11-23.xlsx"
        heads, *rows = CalamineWorkbook.from_path(download.value.path()).get_sheet_by_index(0).to_python()
        assert len(rows) == found
        assert all(isinstance(row[heads.index("发现日期")], date) for row in rows)


def press(page: Page, mark: Locator) -> str:
    """Click a mark as a hand does; returns what the chart says of it under the pointer."""
    box = mark.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2, steps=4)
    label = page.locator(".zb-mark-label:visible")
    expect(label).to_have_count(1)
    said = label.inner_text()
    page.mouse.click(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2)
    return said


def listed(page: Page) -> int:
    """How many records the list below says it holds."""
    note = page.locator(".zb-note", has_text=re.compile("点表头可排序|排序用上面的选单")).last.inner_text()
    return int(re.search(r"共 ([\d,]+) 条", note)[1].replace(",", ""))  # type: ignore[index]
