"""Every page is drawn, whatever the warehouse holds and whatever the filters leave."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import app
from dashboard.session import WAREHOUSE_VARIABLE

LANDMARKS = {
    "overview": "今日必督",
    "phases": "上报完成但",
    "hazards": "一半隐患整改完成所需天数",
    "overdue": "按责任人",
    "heatmap": "乡镇×",
    "duties": "要求：机构主要负责人每季度至少检查 1 次",
    "quality": "填报日期取自表内",
    "metrics": "一个指标只有一个定义",
}
"""What stands on that page alone."""
PAGES = [path for entries in app.GROUPS.values() for _, path in entries]
DASHBOARD = Path(app.__file__).parent
SCRIPT = DASHBOARD / "entry" / "streamlit_app.py"
SECONDS = 60

Open = Callable[..., AppTest]


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Open:
    def opened(warehouse: Path, page: str, **query: str) -> AppTest:
        monkeypatch.setenv(WAREHOUSE_VARIABLE, str(warehouse))
        tester = AppTest.from_file(SCRIPT, default_timeout=SECONDS)
        for key, value in query.items():
            tester.query_params[key] = value
        tester.run()
        if page != "overview":
            tester.switch_page(str(DASHBOARD / "pages" / f"{page}.py"))
            tester.run()
        return tester

    return opened


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


def test_nothing_loaded_is_said_and_what_to_do(open_page: Open, tmp_path: Path) -> None:
    page = open_page(tmp_path, "overview")
    assert not page.exception
    assert "zhiben load" in text(page)


def test_an_unknown_value_in_a_link_is_ignored_with_a_word(open_page: Open, example: Path) -> None:
    page = open_page(example, "overview", township="蓬莱镇")
    assert_drawn(page, "overview")
    assert any("蓬莱镇" in toast.value for toast in page.toast)


def test_old_data_are_said_to_be_old(open_page: Open, example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import date  # noqa: PLC0415

    from dashboard import view  # noqa: PLC0415

    monkeypatch.setattr(view, "today", lambda: date(2026, 12, 24))
    assert "31 天前的数据" in text(open_page(example, "overview"))
