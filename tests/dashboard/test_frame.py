"""The frame around the pages: Streamlit's fixed English is Chinese, a phone's menu gets out of the way."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.dashboard.test_browser import READY, SECOND, address, opened

LATIN = """() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    const SPOKEN = ["aria-label", "placeholder", "title"];
    const found = [];
    const isMark = (element) => element.closest("script, style, noscript, [data-testid=stIconMaterial], .zb");
    while (walker.nextNode()) {
        const node = walker.currentNode;
        const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
        if (isMark(element)) continue;
        if (node.nodeType === Node.TEXT_NODE) found.push(node.nodeValue);
        else found.push(...SPOKEN.map((name) => node.getAttribute(name) || ""));
    }
    const bare = (text) => text.replace(/\\.(xlsx|xls|csv|et)|Excel|zip|Esc/g, "");
    return found.filter((text) => /[A-Za-z]{3,}/.test(bare(text)));
}"""
"""Every text and spoken word around the pages that still holds a Latin word."""


def left_in_english(page: Page) -> list[str]:
    return list(page.evaluate(LATIN))


@pytest.mark.parametrize("name", ["overview", "intake", "metrics"])
def test_what_streamlit_says_by_itself_is_chinese(browser: Browser, example_url: str, name: str) -> None:
    with opened(browser, address(example_url, name)) as (page, _):
        assert left_in_english(page) == []


def test_calendars_and_empty_searches_speak_chinese(browser: Browser, example_url: str) -> None:
    with opened(browser, address(example_url, "metrics"), locale="zh-CN") as (page, _):
        page.get_by_test_id("stDateInputCalendarButton").first.click()
        expect(page.get_by_test_id("stDateInputCalendar").first).to_be_visible()
        assert left_in_english(page) == []
        page.keyboard.press("Escape")
        page.get_by_role("combobox", name="乡镇").fill("没有这个镇")
        expect(page.get_by_text("没有符合的选项")).to_be_visible()
        assert left_in_english(page) == []


def test_an_unknown_address_is_answered_in_chinese(browser: Browser, example_url: str) -> None:
    with opened(browser, address(example_url, "nothing-here")) as (page, _):
        expect(page.get_by_text("没有这一页")).to_be_visible()
        assert left_in_english(page) == []


def test_a_phones_menu_closes_after_a_choice(browser: Browser, example_url: str) -> None:
    with opened(browser, address(example_url, "overview"), "phone") as (page, _):
        page.get_by_test_id("stExpandSidebarButton").click()
        page.get_by_test_id("stSidebarNavLink").filter(has_text="指标说明").click()
        page.wait_for_url("**/metrics**")
        page.wait_for_selector(READY, timeout=60 * SECOND)
        expect(page.get_by_test_id("stSidebar")).not_to_be_in_viewport()
