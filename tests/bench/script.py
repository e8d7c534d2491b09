"""Part `script`: how long a page's script runs: for a filter never asked before, and for one seen before.

Pages are drawn by Streamlit's own test runner, so its overhead is in the figures; the collection of garbage
after a run, which the server adds, is not.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

from streamlit.testing.v1 import AppTest

from dashboard import app
from dashboard.session import WAREHOUSE_VARIABLE
from tests.bench import wired
from tests.bench.asked import DASHBOARD, SCRIPT
from tests.bench.timing import Result, compare
from tests.dashboard import warehouses

SECONDS = 120
ROUNDS = 7


def measure(scale: str) -> list[Result]:
    """The county's example, whatever the scale: larger ones have no workbooks."""
    return [*_pages(), *wired.measure()]


def _pages() -> list[Result]:
    with tempfile.TemporaryDirectory() as folder:
        os.environ[WAREHOUSE_VARIABLE] = str(warehouses.example(Path(folder)))
        pages = [(title, path) for entries in app.GROUPS.values() for title, path in entries]
        return [result for title, path in pages for result in _page(title, path)]


def _page(title: str, path: str) -> Iterator[Result]:
    tester = AppTest.from_file(SCRIPT, default_timeout=SECONDS).run()
    if path != "overview":
        tester.switch_page(str(DASHBOARD / "pages" / f"{path}.py")).run()
    yield compare("script", "county", f"{title}: another day", _another_day(tester), ROUNDS)
    yield compare("script", "county", f"{title}: seen before", lambda: _run(tester), ROUNDS)


def _another_day(tester: AppTest) -> Callable[[], None]:
    """Give the page a day it was not asked for before, at every call."""
    days = count(1)

    def draw() -> None:
        tester.date_input(key="as_of").set_value(warehouses.AS_OF - timedelta(days=next(days)))
        _run(tester)

    return draw


def _run(tester: AppTest) -> None:
    tester.run()
    if tester.exception:
        raise RuntimeError(tester.exception[0].value)
