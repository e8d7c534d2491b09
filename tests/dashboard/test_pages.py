"""Every page is drawn, whatever the warehouse holds and whatever the filters leave."""

import html
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import duckdb
import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import app
from queries.catalog import catalog
from queries.warehouse import build_path
from tests.dashboard import warehouses
from tests.dashboard.conftest import Open

LANDMARKS = {
    "overview": "今日必督",
    "phases": "上报完成但",
    "hazards": "一半隐患整改完成所需天数",
    "overdue": "按责任人",
    "heatmap": "乡镇×",
    "duties": "要求：机构主要负责人每季度至少检查 1 次",
    "quality": "填报日期取自表内",
    "metrics": "一个指标只有一个定义",
    "export": "种材料",
    "present": "统计截止",
    "checklist": "对照方案第四、五部分",
    "training": "没有名单，只有应训、实训人数",
    "common": "都有过的一类隐患为共性隐患",
    "inspections": "上级检查",
    "township": "zb-trail",
    "institution": "zb-trail",
    "intake": "把收到的台账拖进来",
    "audit": "条操作记录",
}
"""What stands on that page alone."""
PAGES = [path for entries in app.GROUPS.values() for _, path in entries]


def text(page: AppTest) -> str:
    return "".join(element.proto.body for element in page.get("html"))


def assert_drawn(page: AppTest, name: str) -> None:
    assert not page.exception
    assert LANDMARKS[name] in text(page)
    assert [error.value for error in page.error] == []
    assert "统计截止" in text(page)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_drawn_on_the_example(open_page: Open, example: Path, page: str) -> None:
    drawn = open_page(example, page)
    assert_drawn(drawn, page)
    assert "示例数据" in text(drawn)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_drawn_where_nobody_has_reported_anything(open_page: Open, empty: Path, page: str) -> None:
    drawn = open_page(empty, page)
    assert_drawn(drawn, page)
    assert "示例数据" not in text(drawn)
    assert "100.0%" not in text(drawn)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_drawn_where_the_filters_leave_nothing(open_page: Open, example: Path, page: str) -> None:
    assert_drawn(
        open_page(example, page, as_of="2024-01-02", township="下村镇", area="施工", since="2026-01-01"), page
    )


@pytest.mark.parametrize("as_of", ["2024-01-01", "2024-06-30", "2025-12-31"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_can_be_shown_as_of_an_earlier_day(
    open_page: Open, example: Path, page: str, as_of: str
) -> None:
    drawn = open_page(example, page, as_of=as_of)
    assert_drawn(drawn, page)
    assert f"<b>{as_of}</b>" in text(drawn)


def test_every_metric_is_explained_with_a_case_worked_by_hand(open_page: Open, empty: Path) -> None:
    page = text(open_page(empty, "metrics"))
    for metric in catalog().values():
        assert metric.explain in page
        assert f"手算一例：{metric.name}" in page
    assert "(1 + 1) ÷ (3 + 1) = 50%" in page


def test_nothing_loaded_is_said_and_what_to_do(open_page: Open, tmp_path: Path) -> None:
    page = open_page(tmp_path, "overview")
    assert not page.exception
    assert "zhiben load" in text(page)


def test_data_published_by_another_version_are_said_to_be_so(open_page: Open, tmp_path: Path) -> None:
    warehouse = warehouses.empty(tmp_path)
    old = build_path(warehouse, "old")  # a name of its own: answers are kept by it
    build_path(warehouse, "empty").rename(old)
    (warehouse / "current.json").write_text('{"build": "old"}')
    with duckdb.connect(str(old)) as con:
        con.execute("drop macro table hazards_as_of")
    [error] = open_page(warehouse, "hazards").error
    assert "另一版本" in error.value
    assert "zhiben load" in error.value


def test_an_unknown_value_in_a_link_is_ignored_with_a_word(open_page: Open, example: Path) -> None:
    page = open_page(example, "overview", township="蓬莱镇")
    assert_drawn(page, "overview")
    assert any("蓬莱镇" in toast.value for toast in page.toast)


def test_old_data_are_said_to_be_old(open_page: Open, example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import date  # noqa: PLC0415

    from dashboard import view  # noqa: PLC0415

    monkeypatch.setattr(view, "today", lambda: date(2026, 12, 24))
    assert "31 天前的数据" in text(open_page(example, "overview"))


def test_the_top_line_counts_the_homes_that_the_filters_leave(open_page: Open, example: Path) -> None:
    said = {
        words: text(open_page(example, "overview", **query))
        for words, query in {
            "58 家在营机构": {},
            "4 家在营机构": {"township": "大箕镇"},
            "1 家在营机构": {"institution": "大箕镇示例敬老院"},
        }.items()
    }
    assert all(f"<span>{words}</span>" in drawn for words, drawn in said.items())


def lines(page: AppTest) -> list[tuple[str, str, str]]:
    """今日必督 as drawn: (address, what, who)."""
    found = re.findall(
        r'role="listitem">.*?href="([^"]+)".*?class="what">(.*?)</span>.*?class="who">(.*?)</span>',
        text(page),
    )
    return [(html.unescape(address), what, who) for address, what, who in found]


def follow(open_page: Open, example: Path, address: str) -> AppTest:
    path, _, query = address.lstrip("/").partition("?")
    return open_page(example, path, **{key: values[-1] for key, values in parse_qs(query).items()})


def charts(page: AppTest) -> dict[str, dict[str, Any]]:
    """What each chart of a page was sent: {what is spoken of it: {figure, spoken, chosen, clickable}}."""
    sent = [json.loads(element.proto.bytes) for element in page.get("bidi_component")]
    return {chart["spoken"]: chart for chart in sent}


@pytest.mark.parametrize("name", ["hazards", "overdue", "heatmap", "duties", "phases"])
def test_every_chart_is_said_in_words_and_accepted_by_plotly(
    open_page: Open, example: Path, name: str
) -> None:
    shown = charts(open_page(example, name))
    assert shown
    for spoken, chart in shown.items():
        assert len(spoken) > 10
        go.Figure(chart["figure"])


def test_a_mark_named_in_the_link_is_chosen_where_it_is_drawn(open_page: Open, example: Path) -> None:
    link = {"overdue-township": "大箕镇"}
    page = open_page(example, "overdue", **link)
    chosen = [chart for chart in charts(page).values() if chart["chosen"]]
    assert [chart["chosen"] for chart in chosen] == ["大箕镇"]
    trace = chosen[0]["figure"]["data"][0]
    assert listed(page) == trace["x"][trace["customdata"].index("大箕镇")]
    elsewhere = open_page(example, "overdue", township="南岭镇", **link)
    assert all(chart["chosen"] is None for chart in charts(elsewhere).values())
    assert "逾期隐患清单：全部" in text(elsewhere)


def listed(page: AppTest) -> int:
    return int(re.findall(r"共 ([\d,]+) 条", text(page))[-1].replace(",", ""))


def test_each_line_of_what_to_act_on_leads_to_exactly_its_records(open_page: Open, example: Path) -> None:
    shown = lines(open_page(example, "overview"))
    assert len(shown) > 5
    for address, what, who in shown:
        landed = follow(open_page, example, address)
        assert not landed.exception
        if address.startswith("/quality"):
            assert "32" in text(landed)
            continue
        counted = re.search(r"(\d+) 项：", who) or re.search(r"等 (\d+) 处", what)
        assert listed(landed) == (int(counted[1]) if counted else 1), (what, who)


def test_a_hazard_under_two_rules_stands_once(open_page: Open, example: Path) -> None:
    whats = [what for _, what, _ in lines(open_page(example, "overview"))]
    assert len(whats) == len(set(whats))


def test_a_cell_of_a_closed_quarter_leads_to_the_homes_that_missed_it(open_page: Open, example: Path) -> None:
    page = open_page(example, "records", metric="self_check_rate", period="2026Q3", township="大箕镇")
    assert not page.exception
    assert "大箕镇 2026 年三季度 季度自查落实率 75.0%（3/4）" in text(page)
    assert listed(page) == 1


@pytest.mark.parametrize("code", catalog())
def test_every_figure_leads_to_records_of_its_own(open_page: Open, example: Path, code: str) -> None:
    page = open_page(example, "records", metric=code)
    assert not page.exception
    assert f"{catalog()[code].name} " in text(page)


def test_a_link_to_no_known_records_says_so(open_page: Open, example: Path) -> None:
    page = open_page(example, "records", metric="happiness")
    assert not page.exception
    assert "请回到总览再点一次" in text(page)


OUTLOOKS = [
    (
        "2026-11-23",
        r"按近 90 天的整改速度（整改 \d+ 处），现在未整改的 \d+ 处到 2026-12-31 预计还剩 \d+ 处（\d+–\d+ 处",
    ),
    ("2024-01-02", "现在没有未整改的隐患|近 90 天没有整改一处"),
]


@pytest.mark.parametrize("page", ["phases", "hazards"])
@pytest.mark.parametrize(("as_of", "said"), OUTLOOKS)
def test_it_is_said_what_will_be_left_open_at_the_end(
    open_page: Open, example: Path, page: str, as_of: str, said: str
) -> None:
    assert re.search(said, text(open_page(example, page, as_of=as_of)))
