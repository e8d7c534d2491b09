"""What the tests of pages share: warehouses built once for all workers, a page tester, a browser."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import duckdb
import polars as pl
import pytest
from playwright.sync_api import Browser, sync_playwright
from streamlit.testing.v1 import AppTest

from dashboard.folders import WAREHOUSE_VARIABLE
from queries import warehouse
from tests.dashboard import warehouses
from tests.dashboard.served import serve
from tests.dashboard.tester import tester
from tests.prepare import ARGUMENTS, chromium

SECONDS = 60

Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def empty(shared: Path) -> Path:
    return warehouses.empty(shared)


@pytest.fixture(scope="session")
def crowded(shared: Path) -> Path:
    return warehouses.crowded(shared)


@pytest.fixture(scope="session")
def example_url(example: Path) -> Iterator[str]:
    with serve(example) as url:
        yield url


@pytest.fixture(scope="session")
def crowded_url(crowded: Path) -> Iterator[str]:
    with serve(crowded) as url:
        yield url


@pytest.fixture(scope="session")
def empty_url(empty: Path) -> Iterator[str]:
    with serve(empty) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens a page on a warehouse, as a link with a query would."""

    def opened(warehouse: Path, page: str, **query: str) -> AppTest:
        monkeypatch.setenv(WAREHOUSE_VARIABLE, str(warehouse))
        return tester(page, SECONDS, **query).run()

    return opened


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements put to a build."""
    found: list[str] = []
    run = warehouse._run

    def heard(con: duckdb.DuckDBPyConnection, sql: str, params: Mapping[str, object]) -> pl.DataFrame:
        found.append(sql)
        return run(con, sql, params)

    monkeypatch.setattr(warehouse, "_run", heard)
    return found
