"""Several server processes at one address: a page stays with its own, and one that dies is begun again."""

import os
import re
import signal
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from python_calamine import CalamineWorkbook

from tests.dashboard.front import Front, front, health, is_possible
from tests.dashboard.test_browser import SECOND, address, opened
from tests.dashboard.visitor import visit

PATIENCE = 60
CONNECTED = '[data-testid="stApp"][data-test-connection-state="CONNECTED"]'
pytestmark = pytest.mark.skipif(not is_possible, reason="needs nginx on Linux: install nginx-light")


@pytest.fixture(scope="module")
def served(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    with front(example, tmp_path_factory.mktemp("front")) as both:
        yield both


def fetched(url: str) -> str | None:
    """What an address gives; None where nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return str(answer.read().decode())
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return None


def seat(html: str | None) -> int:
    """Which process gave a page."""
    found = re.search(r"origin \+ '/seat/(\d)/'", html or "")
    assert found
    return int(found[1])


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def test_those_who_come_are_spread_over_the_processes(served: Front) -> None:
    seats = Counter(seat(fetched(f"{served.url}/overview")) for _ in range(100))
    assert min(seats[1], seats[2]) > 25, "at random: fewer than so once in a million"


def test_an_address_leads_to_its_own_process_alone(served: Front) -> None:
    for place in (1, 2):
        with visit(f"{served.url}/seat/{place}") as visitor:
            assert "示例数据" in visitor.look().html()
    for nowhere in ("/seat/3/_stcore/health", "/seat/9/", "/seat/0/", "/seat/_stcore/health"):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{served.url}{nowhere}", timeout=5)


def test_downloads_and_uploads_find_the_session_they_belong_to(
    browser: Browser, served: Front, tmp_path: Path
) -> None:
    """Four tabs are open at once, on both processes; each file must come from its tab's own."""
    sent = tmp_path / "写错的表.xlsx"
    sent.write_bytes(b"no workbook")
    for _ in range(2):
        with (
            opened(browser, address(served.url, "overdue")) as (page, seen),
            opened(browser, address(served.url, "intake")) as (intake, intake_seen),
        ):
            with page.expect_download() as download:
                page.get_by_role("button", name="下载 Excel").first.click()
            assert CalamineWorkbook.from_path(str(download.value.path())).sheet_names
            intake.locator('[data-testid="stFileUploaderDropzoneInput"]').set_input_files(sent)
            expect(intake.get_by_text("写错的表.xlsx").first).to_be_visible(timeout=60 * SECOND)
            expect(intake.get_by_text("将计入 0 行").first).to_be_visible(timeout=60 * SECOND)
            assert seen.troubles == intake_seen.troubles == []


def test_one_that_dies_is_begun_again_and_meanwhile_the_others_answer(
    browser: Browser, served: Front
) -> None:
    with opened(browser, address(served.url, "overdue", "?township=大箕镇")) as (page, _):
        expect(page.get_by_test_id("stDataFrame").first).to_be_visible()  # its script is there, all of it
        place = seat(page.content())
        served.kill(place)
        pages = [fetched(f"{served.url}/overdue") for _ in range(6)]
        assert {seat(html) for html in pages} == {3 - place}
        wait_until(lambda: fetched(health(served.seats[place - 1])) == "ok")
        page.wait_for_selector(CONNECTED, timeout=60 * SECOND)
        page.get_by_placeholder("在表中查找").fill("没有这个词")
        page.keyboard.press("Enter")
        expect(page.get_by_text("没有找到。")).to_be_visible(timeout=60 * SECOND)
        expect(page.locator(".zb-top")).to_contain_text("只看：大箕镇")
    assert len(served.children()) == 2


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_the_processes_end_with_the_one_that_began_them(example: Path, tmp_path: Path, number: int) -> None:
    with front(example, tmp_path) as both:
        os.kill(both.pid, number)
        wait_until(lambda: not any(fetched(health(port)) for port in both.seats))
