"""Part `browser`: from a choice of a town to the last chart redrawn, and the first page, in Chromium."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.bench import contestants, shown
from tests.bench.contestants import Contestant
from tests.bench.pages import Shown
from tests.bench.peers import figures
from tests.bench.shown import Texts
from tests.bench.timing import Result
from tests.dashboard import warehouses
from tests.prepare import ARGUMENTS, chromium

TOWNS = 8
FIRST_PAGES = 3

Times = dict[str, list[float]]


def measure(scale: str) -> list[Result]:
    """The county's example, whatever the scale: larger ones have no workbooks."""
    with _race() as (browser, everyone, hazards):
        texts = shown.texts(hazards)
        towns = figures.towns(hazards)[1 : TOWNS + 1]
        times = _first_pages(browser, everyone, texts) | _changes(browser, everyone, towns, texts)
    return [result for measure in times for result in shown.results("browser", measure, times[measure])]


@contextmanager
def _race() -> Iterator[tuple[Browser, list[Contestant], pd.DataFrame]]:
    """A browser, all contestants, and the hazards they show."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        warehouse = warehouses.example(folder)
        os.environ.update(contestants.peers_data(warehouse, folder))
        with shown.all_serving(warehouse, folder) as everyone:
            browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
            yield browser, everyone, figures.read()
            browser.close()


def _first_pages(browser: Browser, everyone: Sequence[Contestant], texts: Texts) -> dict[str, Times]:
    """The page in a browser that has never seen it, and once more in the same one; the server is warm."""
    times: dict[str, Times] = {}
    for turn in range(FIRST_PAGES + 1):
        for contestant in everyone:
            context = _context(browser)
            for kind in ("cold", "warm"):
                opened = Shown(context, contestant, texts(contestant, figures.ALL))
                if turn:
                    _note(times, f"first page {kind}, figures", opened.label, opened.moment("figures"))
                    _note(times, f"first page {kind}, last chart", opened.label, opened.moment("last"))
                opened.page.close()
            context.close()
    return times


def _context(browser: Browser) -> BrowserContext:
    return browser.new_context(viewport={"width": 1440, "height": 900})


def _changes(
    browser: Browser, everyone: Sequence[Contestant], towns: Sequence[str], texts: Texts
) -> dict[str, Times]:
    """From all towns to one, each town twice: never asked about before, and seen before."""
    opened = {
        contestant: Shown(_context(browser), contestant, texts(contestant, figures.ALL))
        for contestant in everyone
    }
    times: dict[str, Times] = {}
    for kind in ("new", "seen"):
        for town in towns:
            for contestant, page in opened.items():
                change = page.change(town, texts(contestant, town))
                page.change(figures.ALL, texts(contestant, figures.ALL))
                _note(times, f"{kind} filter to last chart", page.label, change.taken)
                _note(times, f"{kind} filter, the page's processor time", page.label, change.busy)
    return times


def _note(times: dict[str, Times], measure: str, label: str, taken: float) -> None:
    times.setdefault(measure, {}).setdefault(label, []).append(taken)
