"""培训演练 and 检查举报: their figures are the queries', the names exactly those who miss."""

from datetime import date
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, expect

from dashboard.words import fraction, percent
from queries.evaluate import evaluate
from queries.fair import missing
from queries.warehouse import current_build, open_build
from tests.dashboard.conftest import Open
from tests.dashboard.test_browser import address, listed, opened, press, settle
from tests.dashboard.test_pages import text
from tests.queries.warehouses import rows

DAY = date(2026, 11, 23)


@pytest.fixture
def con(example: Path) -> duckdb.DuckDBPyConnection:
    return open_build(example, current_build(example) or "")


@pytest.mark.parametrize(
    ("page", "codes"),
    [
        ("training", ["training_coverage", "drill_participation"]),
        ("inspections", ["inspected_rate", "unannounced_share", "self_found_rate", "complaint_settled_rate"]),
    ],
)
def test_the_cards_hold_the_queries_figures(
    open_page: Open, example: Path, con: duckdb.DuckDBPyConnection, page: str, codes: list[str]
) -> None:
    shown = text(open_page(example, page))
    for code in codes:
        answer = evaluate(con, code, DAY).row(0, named=True)
        assert percent(answer["value"]) in shown
        assert fraction(answer["numerator"], answer["denominator"]) in shown


def test_who_held_no_activity_asked_is_named(
    open_page: Open, example: Path, con: duckdb.DuckDBPyConnection
) -> None:
    shown = text(open_page(example, "training"))
    found = missing(con, "activity_coverage", DAY, ("township",))
    assert f"{found['name'].n_unique()} 个单位未达到“活动覆盖率”" in shown
    for name in found["name"]:
        assert name in shown


def test_the_home_visited_longest_ago_is_named(
    open_page: Open, example: Path, con: duckdb.DuckDBPyConnection
) -> None:
    first = rows(con, "inspected_rate", DAY).sort("last_visited_on").row(0, named=True)
    shown = text(open_page(example, "inspections"))
    assert f"最久的已 {(DAY - first['last_visited_on']).days} 天" in shown
    assert first["institution"] in shown


def test_a_group_clicked_lists_its_rows(
    browser: Browser, example_url: str, con: duckdb.DuckDBPyConnection
) -> None:
    with opened(browser, address(example_url, "training")) as (page, _):
        press(page, page.locator(".barlayer .point path").first)
        title = page.locator(".zb-title", has_text="培训覆盖明细")
        expect(title).not_to_contain_text("全部")
        settle(page)
        group = title.inner_text().split("人员类别 ")[1].split(" ")[0]
        expected = rows(con, "training_coverage", DAY, where={"group": group}).height
        assert f"{expected:,} 条" in title.inner_text()
        assert listed(page) > 0
