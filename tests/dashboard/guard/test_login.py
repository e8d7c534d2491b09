"""People at the dashboard in a real Chromium, logged in at a real provider: what each sees, and does not."""

import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from time import time
from urllib.parse import quote

import polars as pl
import pytest
from itsdangerous.timed import TimestampSigner
from playwright.sync_api import Browser, BrowserContext, Page, expect
from python_calamine import CalamineWorkbook

from dashboard.guard import audit
from queries.warehouse import current_build, fetch, open_build
from tests.dashboard.guard import serving
from tests.dashboard.guard.asking import cookie
from tests.dashboard.guard.conftest import DAJI, LEADER, NANLING, OFFICE, ROLES, UNKNOWN
from tests.dashboard.guard.test_door import CLOSED
from tests.dashboard.test_browser import settle, viewport

TOWNS = {DAJI: "大箕镇", NANLING: "南岭镇"}
MAIN = '[data-testid="stMain"]'
Visit = Callable[[str], AbstractContextManager[Page]]


@pytest.fixture(scope="module")
def guarded(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    roles = tmp_path_factory.mktemp("roles") / "roles.toml"
    roles.write_text(ROLES, encoding="utf-8")
    with serving.provider() as provider, serving.guarded(example, roles, provider) as url:
        yield url


@pytest.fixture(scope="module")
def browsers(browser: Browser, guarded: str) -> dict[str, BrowserContext]:
    """The browsers of those who have logged in, each his own."""
    kept = {}
    for email in (LEADER, OFFICE, DAJI, NANLING):
        kept[email] = browser.new_context(viewport=viewport("laptop"), accept_downloads=True)
        with kept[email].new_page() as page:
            serving.log_in(page, f"{guarded}/metrics", email)
            settle(page)
    return kept


@pytest.fixture
def visit(browsers: dict[str, BrowserContext]) -> Visit:
    return lambda email: browsers[email].new_page()


@pytest.fixture(scope="module")
def homes(example: Path) -> pl.DataFrame:
    """[institution, township] of the whole county."""
    with open_build(example, current_build(example) or "") as con:
        sql = "select institution, township from institutions inner join townships using (township_id)"
        return fetch(con, sql)


def others(homes: pl.DataFrame, town: str) -> list[str]:
    return homes.filter(pl.col("township") != town)["institution"].to_list()


def test_a_link_leads_through_the_login_to_its_page(browser: Browser, guarded: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        query = f"severity={quote('重大')}&township={quote('大箕镇')}"
        serving.log_in(page, f"{guarded}/hazards?{query}", LEADER)
        settle(page)
        expect(page.locator(".zb-top")).to_contain_text("只看：大箕镇、重大")
        [own] = [each for each in context.cookies() if each["name"] == "_streamlit_user"]
        assert 11.9 * 3600 < own["expires"] - time() < 12.1 * 3600
        assert (own["httpOnly"], own["sameSite"]) == (True, "Lax")


def test_the_leader_sees_the_county_and_no_intake(visit: Visit, guarded: str) -> None:
    with visit(LEADER) as page:
        page.goto(f"{guarded}/")
        settle(page)
        expect(page.locator(".zb-matrix tbody tr")).to_have_count(16)
        page.get_by_text("管数据").first.click()
        expect(page.get_by_role("menuitem", name="数据质量")).to_be_visible()
        expect(page.get_by_role("menuitem", name="数据导入")).to_have_count(0)


def test_the_office_hands_in_a_file(visit: Visit, guarded: str, tmp_path: Path) -> None:
    file = tmp_path / "大箕镇.csv"
    file.write_text("机构名称,发现日期,隐患描述\n大箕镇敬老院,2026-11-01,通道堆物", encoding="utf-8")
    with visit(OFFICE) as page:
        page.goto(f"{guarded}/intake")
        settle(page)
        page.locator('input[type="file"]').set_input_files(file)
        said = page.get_by_text("示例数据与真实台账不能放在一起")  # it was read, beside the example
        expect(said).to_be_visible(timeout=60_000)


@pytest.mark.parametrize("email", TOWNS)
def test_a_township_sees_its_own_alone(visit: Visit, guarded: str, homes: pl.DataFrame, email: str) -> None:
    town = TOWNS[email]
    with visit(email) as page:
        page.goto(f"{guarded}/")
        settle(page)
        expect(page.get_by_label("各乡镇关键指标").locator("tbody tr")).to_have_count(1)
        own = homes.filter(township=town).height
        expect(page.get_by_label("各机构关键指标").locator("tbody tr")).to_have_count(own)
        expect(page.locator(".zb-top")).to_contain_text(f"只看：{town}")
        assert [home for home in others(homes, town) if home in page.content()] == []
        page.goto(f"{guarded}/institution")
        settle(page)
        content = page.content()
        assert [home for home in others(homes, town) if home in content] == []
        assert homes.filter(township=town)["institution"][0] in content


LINKS = [
    "?township=南岭镇",
    "overdue?township=南岭镇&overdue-township=南岭镇",
    "records?metric=hazards_found&township=南岭镇",
    "records?metric=hazards_found&township=南岭镇' or '1'='1",
    "records?action=overdue_major&township=南岭镇",
    "institution?institution={home}",
    "institution?institution={home}' union select * from institutions --",
    "hazards?institution={home}",
    "heatmap?metric=发现隐患&hazards_found-township=南岭镇",
    "intake",
    "present?slide=4&township=南岭镇",
]


@pytest.mark.parametrize("link", LINKS)
def test_no_link_shows_a_township_another(visit: Visit, guarded: str, homes: pl.DataFrame, link: str) -> None:
    home = homes.filter(township="南岭镇")["institution"][0]
    with visit(DAJI) as page:
        page.goto(f"{guarded}/{link.format(home=home)}")
        settle(page)
        expect(page.locator(".zb-top")).to_contain_text("只看：大箕镇")
        content = page.locator(MAIN).inner_text()
        assert [each for each in others(homes, "大箕镇") if each in content] == []
        assert "南岭镇" not in content


def test_what_the_county_was_shown_before_is_not_kept_for_a_township(visit: Visit, guarded: str) -> None:
    for email in (LEADER, DAJI, NANLING, LEADER, DAJI):
        with visit(email) as page:
            page.goto(f"{guarded}/township")
            settle(page)
            content = page.locator(MAIN).inner_text()
            seen = {town for town in TOWNS.values() if town in content}
            assert seen == ({TOWNS[email]} if email in TOWNS else set(TOWNS.values()))


def test_a_townships_workbook_holds_its_own_alone(
    visit: Visit, guarded: str, homes: pl.DataFrame, tmp_path: Path
) -> None:
    with visit(DAJI) as page:
        page.goto(f"{guarded}/export?township=南岭镇")
        settle(page)
        with page.expect_download(timeout=120_000) as download:
            page.get_by_role("button", name="下载数据总表").click()
        book = CalamineWorkbook.from_path(download.value.path())
    cells = str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
    assert [home for home in others(homes, "大箕镇") if home in cells] == []
    assert homes.filter(township="大箕镇")["institution"][0] in cells
    assert "南岭镇" not in cells


def test_a_township_cannot_hand_in_a_file(visit: Visit, guarded: str) -> None:
    with visit(DAJI) as page:
        answer = page.request.put(f"{guarded}/_stcore/upload_file/session/file", data=b"x")
        assert (answer.status, answer.text()) == (403, "只有县民政局经办可以交来文件。")


def test_somebody_unknown_is_refused_and_can_leave(browser: Browser, guarded: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        serving.log_in(page, f"{guarded}/hazards", UNKNOWN)
        expect(page.get_by_text(f"“{UNKNOWN}”不在可以看本系统的名单里")).to_be_visible()
        assert "统计截止" not in page.content()
        page.get_by_role("link", name="退出登录").click()
        page.goto(f"{guarded}/")
        expect(page.get_by_text("请用单位账号登录后查看")).to_be_visible()


def test_whoever_logs_out_is_out(browser: Browser, guarded: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        serving.log_in(page, f"{guarded}/metrics", LEADER)
        settle(page)
        page.get_by_role("link", name="退出登录").click()
        page.wait_for_url(lambda address: not address.startswith(f"{guarded}/metrics"))
        page.goto(f"{guarded}/metrics")
        expect(page.get_by_text("请用单位账号登录后查看")).to_be_visible()


@pytest.mark.usefixtures("browsers")
def test_who_logged_in_is_written_down_for_the_office(visit: Visit, guarded: str, example: Path) -> None:
    log = audit.read(audit.folder(example))
    assert set(log.filter(event="sign_in")["who"]) >= {LEADER, OFFICE, DAJI, NANLING}
    with visit(OFFICE) as page:
        page.goto(f"{guarded}/audit")
        settle(page)
        expect(page.locator(".zb-message")).to_contain_text("条操作记录")


def forged() -> str:
    return cookie(LEADER, secret="f" * 32)["cookie"]


def expired(monkeypatch: pytest.MonkeyPatch, origin: str) -> str:
    """A cookie that was good until a minute ago."""
    then = int(time()) - 12 * 3600 - 60
    with monkeypatch.context() as back:
        back.setattr(TimestampSigner, "get_timestamp", lambda _: then)
        return cookie(LEADER, origin=origin)["cookie"]


@pytest.mark.parametrize("kind", ["forged", "expired"])
def test_a_forged_and_an_expired_cookie_lead_to_the_login(
    browser: Browser, guarded: str, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    name, _, value = (forged() if kind == "forged" else expired(monkeypatch, guarded)).partition("=")
    with browser.new_context() as context:
        context.add_cookies([{"name": name, "value": value, "url": guarded}])
        page = context.new_page()
        page.goto(f"{guarded}/overdue")
        expect(page.get_by_text("请用单位账号登录后查看")).to_be_visible()
        assert page.request.get(f"{guarded}/_stcore/metrics").status == 401


def test_without_a_cookie_there_is_the_login_and_the_health(guarded: str) -> None:
    for path in CLOSED:
        if not path.startswith("//"):
            assert got(guarded, path)[0] == 401
    assert got(guarded, "/_stcore/health") == (200, "ok")
    status, page = got(guarded, "/login")
    assert status == 200
    assert "请用单位账号登录后查看" in page


def test_by_another_name_there_is_nothing(guarded: str) -> None:
    assert got(guarded, "/login", {"Host": "elsewhere.example"})[0] == 400


def got(url: str, path: str, headers: dict[str, str] | None = None) -> tuple[int, str]:
    request = urllib.request.Request(url + path, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()
