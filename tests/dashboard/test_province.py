"""At province scale every page answers, and none loads the records into Python: lists are read by pages."""

import sys
from collections.abc import Mapping
from datetime import date
from functools import lru_cache, partial
from io import BytesIO
from pathlib import Path
from types import ModuleType

import docx
import duckdb
import polars as pl
import pytest

from dashboard import acting, app, outside
from dashboard.export.kinds import KINDS
from dashboard.folders import WAREHOUSE_VARIABLE
from dashboard.slides import decide, units
from dashboard.table import PAGE
from queries import warehouse
from queries.evaluate import evaluate
from queries.filters import Filters
from queries.warehouse import open_build
from tests.dashboard.conftest import Open
from tests.dashboard.test_pages import assert_drawn, text

PAGES = [path for entries in app.GROUPS.values() for _, path in entries]
KEPT = type(lru_cache(lambda: None))
MOST_ROWS = 2500
"""The key figures of each town, and the names that stand in cells: of 100,000 records a small part."""


@pytest.fixture
def largest(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str]]:
    """What each query of a page hands to Python: rows, and its SQL."""
    seen: list[tuple[int, str]] = []
    fetch = warehouse.fetch

    def counted(
        con: duckdb.DuckDBPyConnection, sql: str, params: Mapping[str, object] | None = None
    ) -> pl.DataFrame:
        frame = fetch(con, sql, params)
        seen.append((frame.height, sql))
        return frame

    for name, module in list(sys.modules.items()):
        if name.startswith("dashboard."):
            _forget(module)
        if name.startswith(("queries.", "dashboard.")) and vars(module).get("fetch") is fetch:
            monkeypatch.setattr(module, "fetch", counted)
    return seen


def _forget(module: ModuleType) -> None:
    """Let go of the answers a module of the dashboard keeps: each page asks all its own questions."""
    for kept in vars(module).values():
        if isinstance(kept, KEPT):
            kept.cache_clear()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_answers_at_province_scale_without_loading_its_records(
    open_page: Open, province: Path, page: str, largest: list[tuple[int, str]]
) -> None:
    drawn = open_page(province, page)
    assert_drawn(drawn, page)
    most, sql = max(largest)
    assert most <= MOST_ROWS, sql


def test_what_is_cut_says_so_on_slides_and_in_the_bulletin(
    province: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(province))
    view = outside.view(province, None, None, Filters())
    towns = next(units.matrix(view))
    assert "个镇，只列最差的 80 个" in towns.source
    assert "只列前" not in next(decide.slides(view)).source
    monkeypatch.setattr(acting, "todo", partial(acting.todo, most=20))
    assert "只列前 20 项" in next(decide.slides(view)).source
    bulletin = docx.Document(BytesIO(KINDS["bulletin"].make(view)))
    assert any("个镇，只列最差的 80 个）：" in paragraph.text for paragraph in bulletin.paragraphs)
    home = outside.view(province, None, None, Filters(townships=(view.towns[0],)))
    assert "只列" not in next(units.matrix(home)).source


def test_a_list_is_turned_over_page_by_page(open_page: Open, province: Path) -> None:
    page = open_page(province, "overdue")
    figure = evaluate(open_build(province, "province"), "overdue", date(2026, 11, 23))
    total = int(figure["value"].item())
    pages = -(-total // PAGE)
    assert f"逾期隐患清单：全部 {total:,} 条" in text(page)
    first = page.dataframe[0].value
    assert len(first) == PAGE
    page.session_state[f"overdue-records-page-{pages}"] = pages
    last = page.run().dataframe[0].value
    assert not page.exception
    assert len(last) == total - PAGE * (pages - 1)
    assert set(last["全过程"]).isdisjoint(first["全过程"])
    page.selectbox(key="overdue-records-sort").select(("days_overdue", True)).run()
    assert len(page.dataframe[0].value) == PAGE, "another order begins again at the first page"
