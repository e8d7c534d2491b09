"""共性问题: its sentence is right Chinese and true; what is clicked lists exactly its homes and hazards."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from playwright.sync_api import Browser, expect

from dashboard import sentences_common
from dashboard.sentences_common import Answered
from dashboard.show import VAGUE
from queries.common import homes, kinds, rules
from queries.evaluate import evaluate
from queries.filters import Filters
from queries.rows import read
from queries.warehouse import current_build, open_build
from tests.dashboard.conftest import Open
from tests.dashboard.test_browser import address, opened, press, settle
from tests.dashboard.test_pages import charts, text

DAY = date(2026, 11, 23)
KIND = "疏散通道堵塞"


@pytest.fixture
def con(example: Path) -> duckdb.DuckDBPyConnection:
    return open_build(example, current_build(example) or "")


def kind(name: str, homes: int, asked: int = 10) -> dict[str, Any]:
    return {
        "kind": name,
        "homes": homes,
        "asked": asked,
        "share": homes / asked,
        "is_common": homes * 2 >= asked,
    }


WORST = {"name": "彩钢板", "numerator": 3, "denominator": 10, "value": 0.3}
THREE = [kind("线路老化", 9), kind("彩钢板", 6), kind("值班不在岗", 5), kind("电焊", 1)]


SHARED = "10 家在营机构：3 类隐患 50% 以上的机构都有过"
ONE = "10 家在营机构：线路老化 50% 以上的机构都有过"
NONE = "10 家在营机构：没有一类隐患 50% 以上的机构都有过，涉及最多的是电焊（1/10 家）"
BACK = "，整改后最易反复的是彩钢板（30.0%）"


@pytest.mark.parametrize(
    ("shared", "worst", "answered", "said"),
    [
        ([], None, Answered(), "筛选范围内没有写明类别的隐患，看不出共性问题"),
        (
            THREE,
            WORST,
            Answered({"线路老化", "电焊"}, 2),
            f"{SHARED}{BACK}；1 类已有针对性制度 2 项，彩钢板、值班不在岗还没有",
        ),
        (
            THREE,
            None,
            Answered({"线路老化", "彩钢板", "值班不在岗"}, 3),
            f"{SHARED}；都已有针对性制度，共 3 项",
        ),
        (THREE, None, Answered({"电焊"}), f"{SHARED}；都还没有针对性制度"),
        (THREE[:1], {**WORST, "value": 0.0}, Answered(), f"{ONE}；还没有针对性制度"),
        (THREE[:1], WORST, Answered({"线路老化"}, 1), f"{ONE}{BACK}；已有针对性制度，共 1 项"),
        (THREE[3:], WORST, Answered(), f"{NONE}{BACK}"),
    ],
)
def test_the_first_sentence_says_what_most_homes_share_and_what_is_done_against_it(
    shared: list[dict[str, Any]], worst: Mapping[str, Any] | None, answered: Answered, said: str
) -> None:
    assert sentences_common.common(shared, 0.5, worst, answered) == said


def test_a_title_names_neither_too_few_nor_a_cause_that_says_nothing() -> None:
    few = {"name": "电焊", "numerator": 2, "denominator": 2, "value": 1.0}
    assert sentences_common.recurrence([few, WORST], 5) == "整改后最易反复的是彩钢板，30.0%（3/10）"
    assert sentences_common.recurrence([few], 5) == "没有够数可比的类别"
    cell = {"kind": "彩钢板", "cause": "投入不足", "found": 6, "total": 10}
    rare = {"kind": "电焊", "cause": "培训不足", "found": 2, "total": 2}
    assert sentences_common.causes([rare, cell], 5) == "成因最集中的是彩钢板，60% 因投入不足（6/10）"


def test_alike_kinds_are_counted_as_kinds() -> None:
    alike = [kind(name, 10) for name in ("甲", "乙", "丙")]
    assert sentences_common.spread(alike) == "涉及机构最多的是甲、乙等 3 类（10/10 家，100%）"


@pytest.mark.parametrize("query", [{}, {"since": "2026-01-01"}, {"township": "大箕镇"}, {"severity": "重大"}])
def test_the_page_says_the_queries_figures(
    open_page: Open, example: Path, con: duckdb.DuckDBPyConnection, query: dict[str, str]
) -> None:
    page = open_page(example, "common", **query)
    filters = Filters(
        since=date.fromisoformat(query["since"]) if "since" in query else None,
        townships=(query["township"],) if "township" in query else (),
        severities=(query["severity"],) if "severity" in query else (),
    )
    told = kinds(con, DAY, filters, VAGUE)
    shared = told.filter("is_common").height
    assert told.height
    assert f"{shared} 类" in text(page)
    figures = charts(page)
    shares = next(chart for said, chart in figures.items() if said.startswith("有过各类隐患的在营机构占比"))
    assert shares["figure"]["data"][0]["x"] == told["share"].to_list()
    measures = read(con, rules(con, DAY, filters, VAGUE))["measure_id"].n_unique()
    assert f"制度成果：全部 {measures} 项" in text(page)


def test_cells_of_causes_add_up_to_the_hazards_of_their_kind(
    open_page: Open, example: Path, con: duckdb.DuckDBPyConnection
) -> None:
    figures = charts(open_page(example, "common"))
    (chart,) = [chart for said, chart in figures.items() if said.startswith("隐患类别×成因")]
    trace = chart["figure"]["data"][0]
    cells = dict(zip(trace["customdata"], trace["text"], strict=True))
    own = sum(int(value.replace(",", "")) for mark, value in cells.items() if mark.startswith(f"{KIND}\t"))
    found = evaluate(con, "hazards_found", DAY, ("kind",)).filter(kind=KIND)["value"].item()
    assert own == found


def test_a_kind_named_in_the_link_is_chosen_in_both_charts_and_lists_its_homes_and_hazards(
    open_page: Open, example: Path, con: duckdb.DuckDBPyConnection
) -> None:
    page = open_page(example, "common", **{"hazards_found-kind": KIND})
    chosen = [chart for chart in charts(page).values() if chart["chosen"]]
    assert [chart["chosen"] for chart in chosen] == [KIND, KIND]
    (causes,) = [chart for said, chart in charts(page).items() if said.startswith("隐患类别×成因")]
    assert causes["figure"]["layout"]["meta"]["names"] == [KIND], "of other kinds nothing is said, not 0"
    had = read(con, homes(DAY, unnamed=VAGUE)).filter(kind=KIND).height
    assert f"有过这些隐患的在营机构：类别 {KIND} {had} 家机构" in text(page)
    found = evaluate(con, "hazards_found", DAY, ("kind",)).filter(kind=KIND)["value"].item()
    assert f"隐患清单：类别 {KIND} {found:.0f} 条" in text(page)
    against = read(con, rules(con, DAY, unnamed=VAGUE)).filter(kind=KIND).height
    assert f"制度成果：类别 {KIND} {against} 项" in text(page)


def test_without_a_measure_sent_it_is_said_that_none_was(open_page: Open, second: Path) -> None:
    shown = text(open_page(second, "common", as_of="2028-12-20"))
    assert "各单位尚未报送制度成果" in shown
    assert "50% 以上的机构都有过" in shown


def test_a_kind_clicked_in_one_chart_is_framed_in_the_other_and_let_go_there(
    browser: Browser, example_url: str
) -> None:
    with opened(browser, address(example_url, "common")) as (page, seen):
        plots = page.get_by_role("application")
        press(page, plots.nth(0).locator(".barlayer .point path").first)
        framed = page.locator(".zb-mark.chosen:visible")
        expect(framed).to_have_count(2)
        settle(page)
        press(page, plots.nth(1).locator(".barlayer .point path").first)
        expect(framed).to_have_count(0)
        expect(page.locator(".st-key-zb-picks").get_by_role("button")).to_have_count(0)
        assert seen.troubles == []
