"""Part `browser`: from a choice of a town to the last chart redrawn, and the first page, in Chromium.

Ours are 隐患整改, which shows what the peers' page shows and more, and 总览, whose figures are other ones.
"""

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pandas as pd
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.bench import contestants, pages
from tests.bench.contestants import Contestant
from tests.bench.peers import figures
from tests.bench.timing import Result
from tests.dashboard import warehouses
from tests.prepare import ARGUMENTS, chromium

TOWNS = 8
FIRST_PAGES = 3
OVERVIEW = "总览"
SHARED = ("整改率", "按期整改率")
"""The figures 总览 has in common with the peers' page."""

Times = dict[str, list[float]]
Texts = Callable[[str, str], list[str]]


def measure(scale: str) -> list[Result]:
    """The county's example, whatever the scale: larger ones have no workbooks."""
    with _race() as (browser, everyone, hazards):
        texts = _texts(hazards)
        towns = figures.towns(hazards)[1 : TOWNS + 1]
        first = _first_pages(browser, everyone, texts)
        changes = _changes(browser, everyone, towns, texts)
        return [*_results(first), *_results(changes)]


@contextmanager
def _race() -> Iterator[tuple[Browser, list[Contestant], pd.DataFrame]]:
    """A browser, all contestants (总览 by that name), and the hazards they show."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        warehouse = warehouses.example(folder)
        os.environ.update(contestants.peers_data(warehouse, folder))
        with contestants.all_serving(warehouse, folder) as (ours, *peers):
            overview = replace(ours, path="")
            browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
            yield browser, [ours, overview, *peers], figures.read()
            browser.close()


def _texts(hazards: pd.DataFrame) -> Texts:
    """What a page must show of a town before its time counts."""
    known = {town: figures.page(hazards, town).figures for town in figures.towns(hazards)}

    def told(label: str, town: str) -> list[str]:
        return [text for name, text in known[town].items() if label != OVERVIEW or name in SHARED]

    return told


def _label(contestant: Contestant) -> str:
    return OVERVIEW if contestant.name == "ours" and not contestant.path else contestant.name


def _first_pages(browser: Browser, everyone: Sequence[Contestant], texts: Texts) -> dict[str, Times]:
    """The page in a browser that has never seen it, and once more in the same one; the server is warm."""
    times: dict[str, Times] = {}
    for turn in range(FIRST_PAGES + 1):
        for contestant in everyone:
            label = _label(contestant)
            context = _context(browser)
            for kind in ("cold", "warm"):
                page = pages.opened(context, contestant, texts(label, figures.ALL))
                if turn:
                    _note(times, f"first page {kind}, figures", label, pages.moment(page, "figures"))
                    _note(times, f"first page {kind}, last chart", label, pages.moment(page, "last"))
                page.close()
            context.close()
    return times


def _context(browser: Browser) -> BrowserContext:
    return browser.new_context(viewport={"width": 1440, "height": 900})


def _changes(
    browser: Browser, everyone: Sequence[Contestant], towns: Sequence[str], texts: Texts
) -> dict[str, Times]:
    """From all towns to one, each town twice: never asked about before, and seen before."""
    open_pages = {
        contestant: pages.opened(_context(browser), contestant, texts(_label(contestant), figures.ALL))
        for contestant in everyone
    }
    times: dict[str, Times] = {}
    for kind in ("new", "seen"):
        for town in towns:
            for contestant, page in open_pages.items():
                taken = _there_and_back(page, contestant, town, texts)
                _note(times, f"{kind} filter to last chart", _label(contestant), taken)
    return times


def _there_and_back(page: Page, contestant: Contestant, town: str, texts: Texts) -> float:
    label = _label(contestant)
    taken = pages.change(page, contestant, town, texts(label, town))
    pages.change(page, contestant, figures.ALL, texts(label, figures.ALL))
    return taken


def _note(times: dict[str, Times], measure: str, label: str, taken: float) -> None:
    times.setdefault(measure, {}).setdefault(label, []).append(taken)


def _results(times: dict[str, Times]) -> Iterator[Result]:
    """Both of our pages beside the peers' one."""
    for measure, by_label in times.items():
        peers = {label: by_label[label] for label in contestants.PEERS}
        yield Result("browser", "county", f"隐患整改: {measure}", by_label["ours"], peers)
        yield Result("browser", "county", f"{OVERVIEW}: {measure}", by_label[OVERVIEW], peers)
