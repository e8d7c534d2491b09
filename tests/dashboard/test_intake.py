"""数据导入 in a real browser: three dropped files lead to a published build, and withdrawing leads back."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from playwright.sync_api import Browser, Page, TimeoutError, expect  # noqa: A004

from dashboard.guard import audit
from tests.dashboard.served import serve
from tests.dashboard.test_browser import SECOND, assert_sound, opened

LONG = 60 * SECOND
ATTEMPTS = 5
REGISTER = [["机构名称", "所属乡镇"], ["大箕镇敬老院", "大箕镇"], ["康乐老年公寓", "南村镇"]]
HAZARDS = ["机构名称", "发现日期", "隐患描述", "隐患等级", "整改时限"]
GOOD = [HAZARDS, ["大箕镇敬老院", "2026-03-01", "疏散通道堆物", "一般", "2026-03-10"]]
BAD = [
    HAZARDS,
    ["康乐老年公寓", "2026-04-01", "线路老化", "重大", "2026-04-10"],
    ["蓬莱仙境养老院", "2026-04-02", "灭火器过期", "一般", "2026-04-12"],
    ["康乐老年公寓", "2026年2月31日", "应急灯不亮", "一般", "2026-04-12"],
]


def book(path: Path, sheets: dict[str, list[list[str]]]) -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        for name, rows in sheets.items():
            worksheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                worksheet.write_row(number, 0, row)
    return path


@pytest.fixture
def sent(tmp_path: Path) -> list[Path]:
    """One good workbook, one with two bad rows, one that is no workbook."""
    good = book(tmp_path / "大箕镇台账.xlsx", {"机构台账": REGISTER, "隐患台账": GOOD})
    bad = book(tmp_path / "南村镇台账.xlsx", {"隐患台账": BAD})
    wrong = tmp_path / "照片.xlsx"
    wrong.write_bytes(b"\x89PNG\r\n\x1a\n not a workbook")
    return [good, bad, wrong]


@pytest.fixture
def office_url(tmp_path: Path) -> Iterator[str]:
    """A bureau that has not received anything yet."""
    with serve(tmp_path / "bureau" / "warehouse") as url:
        yield url


def drop(page: Page, files: list[Path]) -> None:
    page.locator('[data-testid="stFileUploaderDropzoneInput"]').set_input_files(files)
    expect(page.get_by_text("这时还什么都没有改变")).to_be_visible(timeout=LONG)


def publish(page: Page) -> None:
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_text("已发布：")).to_be_visible(timeout=LONG)


def overdue(browser: Browser, url: str) -> str:
    with opened(browser, url) as (page, _):
        return page.locator(".zb-card", has_text="逾期未整改").locator(".value").inner_text()


def test_three_dropped_files_lead_to_a_published_build_and_back(
    browser: Browser, office_url: str, sent: list[Path], tmp_path: Path
) -> None:
    with opened(browser, f"{office_url}/intake", ready=".zb-message") as (page, _):
        drop(page, sent[:1])
        publish(page)
    before = overdue(browser, office_url)
    assert before == "1 处"
    with opened(browser, f"{office_url}/intake") as (page, seen):
        drop(page, sent)
        expect(page.get_by_role("region", name="各文件核对结果")).to_contain_text("照片.xlsx")
        expect(page.locator(".zb-title", has_text="2 行不计入")).to_be_visible()
        assert overdue(browser, office_url) == before
        returned = download(page, "下载退回表：南村镇台账.xlsx", tmp_path)
        assert noted(returned) >= {"A3", "B4"}
        publish(page)
        expect(page.locator('[data-testid="stException"]')).to_have_count(0)
        assert seen.troubles == []
    assert overdue(browser, office_url) == "2 处"
    withdraw(browser, office_url, "南村镇台账.xlsx")
    assert overdue(browser, office_url) == before
    log = audit.read(audit.folder(tmp_path / "bureau" / "warehouse")).reverse()
    assert log["event"].to_list() == ["publish", "export", "publish", "withdraw"]
    assert log["what"][1] == "退回_南村镇台账.xlsx"
    assert log["what"][3].endswith("南村镇台账.xlsx")
    assert log["who"].unique().to_list() == ["本机"]


def download(page: Page, button: str, folder: Path) -> Path:
    with page.expect_download(timeout=LONG) as started:
        page.get_by_role("button", name=button).click()
    target = folder / "returned.xlsx"
    started.value.save_as(target)
    return target


def noted(path: Path) -> set[str]:
    """The cells of the sender's own sheet that carry a note."""
    sheet = openpyxl.load_workbook(path)["隐患台账"]
    return {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}


def withdraw(browser: Browser, url: str, name: str) -> None:
    with opened(browser, f"{url}/intake") as (page, _):
        choose(page, "撤回哪一份", name)
        page.get_by_role("button", name="撤回", exact=True).click()
        expect(page.get_by_text("已撤回")).to_be_visible(timeout=LONG)


def test_templates_are_offered(browser: Browser, office_url: str) -> None:
    with opened(browser, f"{office_url}/intake", ready=".zb-message") as (page, seen):
        with page.expect_download(timeout=LONG) as started:
            page.get_by_role("button", name="下载全部模板").click()
        assert started.value.suggested_filename == "治本攻坚台账模板.zip"
        assert_sound(page, seen)


def test_a_half_finished_upload_changes_nothing(browser: Browser, office_url: str, sent: list[Path]) -> None:
    with opened(browser, f"{office_url}/intake", ready=".zb-message") as (page, _):
        drop(page, sent[:1])
    with opened(browser, f"{office_url}/intake", ready=".zb-message") as (page, _):
        expect(page.get_by_text("还没有收过台账")).to_be_visible()
        expect(page.locator(".zb-top")).to_have_count(0)


def test_who_is_meant_is_decided_once_and_kept(browser: Browser, office_url: str, sent: list[Path]) -> None:
    with opened(browser, f"{office_url}/intake", ready=".zb-message") as (page, _):
        drop(page, sent[:2])
        publish(page)
        expect(page.get_by_text("1 个认不出的名称")).to_be_visible(timeout=LONG)
        choose(page, "台账里写的", "蓬莱仙境养老院（1 行）")
        choose(page, "指的是哪家机构", "康乐老年公寓")
        page.get_by_label("判定人").fill("示例科 张某")
        page.get_by_label("判定人").press("Enter")
        page.get_by_role("button", name="就是这家").click()
        expect(page.get_by_text("已记下：")).to_be_visible(timeout=LONG)
        page.get_by_role("button", name="按判定重新发布").click()
        expect(page.get_by_text("已按判定重新发布")).to_be_visible(timeout=LONG)
    assert overdue(browser, office_url) == "3 处"


def choose(page: Page, label: str, option: str) -> None:
    """Pick from a list; a list open while the page is drawn anew closes, so it is opened once more."""
    for _ in range(ATTEMPTS):
        page.get_by_role("combobox", name=label).click()
        with suppress(TimeoutError):
            page.get_by_role("option", name=option).click(timeout=5 * SECOND)
            return
    raise AssertionError(f"{label}: no {option}")
