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
from dashboard.folders import WAREHOUSE_VARIABLE
from tests.bench import wired
from tests.bench.timing import Result, compare
from tests.dashboard import warehouses
from tests.dashboard.tester import tester

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
    opened = tester(path, SECONDS).run()
    yield compare("script", "county", f"{title}: another day", _another_day(opened), ROUNDS)
    yield compare("script", "county", f"{title}: seen before", lambda: _run(opened), ROUNDS)


def _another_day(opened: AppTest) -> Callable[[], None]:
    """Give the page a day it was not asked for before, at every call."""
    days = count(1)

    def draw() -> None:
        opened.date_input(key="as_of").set_value(warehouses.AS_OF - timedelta(days=next(days)))
        _run(opened)

    return draw


def _run(opened: AppTest) -> None:
    opened.run()
    if opened.exception:
        raise RuntimeError(opened.exception[0].value)
