"""A contestant's page in Chromium: choose a town, wait until all is drawn, tell when it was."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic

from playwright.sync_api import BrowserContext, CDPSession, Locator, Page

from tests.bench import shown
from tests.bench.contestants import Contestant
from tests.bench.peers.figures import ALL

RECORDER = Path(__file__).with_name("recorder.js").read_text(encoding="utf-8")
CHARTS = ".js-plotly-plot"
OVERVIEW = ".zb-cards, .zb-phases, .zb-todo, .zb-matrix"
FIGURES = {
    shown.OURS: ".zb-card .value",
    shown.OVERVIEW: ".zb-card .value",
    "dash": ".figure",
    "floor": ".figure",
}
STREAMLITS = "[data-testid=stMetricValue]"
QUIET = 500
"""So many ms without a change mean that all is drawn."""
LOOK_AGAIN = 100
PATIENCE = 60
"""Seconds."""


@dataclass(frozen=True)
class Change:
    """Milliseconds from a choice to the last drawing, and of the processor that the page took meanwhile."""

    taken: float
    busy: float


class Shown:
    """A page of a contestant, all drawn; `texts`: what its figures then say."""

    def __init__(self, context: BrowserContext, contestant: Contestant, texts: Sequence[str]) -> None:
        self.label = shown.label(contestant)
        self.page = context.new_page()
        figure = FIGURES.get(self.label, STREAMLITS)
        watched = f"{OVERVIEW if self.label == shown.OVERVIEW else CHARTS}, {figure}"
        told = RECORDER.replace("WATCHED", json.dumps(watched)).replace("FIGURE", json.dumps(figure))
        self.page.add_init_script(told)
        self.page.goto(contestant.address, wait_until="commit")
        self._settle(texts)

    def moment(self, name: str) -> float:
        """`began`, `figures` or `last` of recorder.js, in ms since the page began to load."""
        return float(self.page.evaluate(f"bench.{name}"))

    def change(self, town: str, texts: Sequence[str]) -> Change:
        """Choose a town and wait until all is drawn."""
        choose = CHOICES.get(self.label, _in_a_select_box)(self.page, town)
        self.page.evaluate("bench.began = 0")
        session = self.page.context.new_cdp_session(self.page)
        before = _busy(session)
        choose()
        self._settle(texts)
        change = Change(self.moment("last") - self.moment("began"), _busy(session) - before)
        session.detach()
        return change

    def _settle(self, texts: Sequence[str]) -> None:
        """Wait until the figures of these texts, and all charts, stand there."""
        arguments = json.dumps([list(texts), QUIET])
        until = monotonic() + PATIENCE
        while not self.page.evaluate(f"window.settled?.(...{arguments})"):
            if monotonic() > until:
                raise TimeoutError(f"{self.label} does not show {list(texts)}")
            self.page.wait_for_timeout(LOOK_AGAIN)  # wait_for_function would evaluate, which our pages forbid


def _busy(session: CDPSession) -> float:
    """Milliseconds of the processor that the page's own thread has taken."""
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(each["value"] for each in metrics if each["name"] == "TaskDuration")) * 1000


Choose = Callable[[], object]
"""The last key of a choice, all else done."""


def _in_our_filter(page: Page, town: str) -> Choose:
    box = page.get_by_role("combobox", name="乡镇", exact=True)
    return partial(box.press, "Backspace") if town == ALL else _typed(page, box, town)


def _in_a_select_box(page: Page, town: str) -> Choose:
    return _typed(page, page.locator("[data-testid=stSelectbox] input"), town)


def _in_dash(page: Page, town: str) -> Choose:
    page.locator("#town").click()
    return _typed(page, page.locator(".dash-dropdown-search"), town)


def _typed(page: Page, box: Locator, town: str) -> Choose:
    box.fill(town)
    page.get_by_role("option", name=town).wait_for()
    return partial(box.press, "Enter")


def _in_a_select(page: Page, town: str) -> Choose:
    return partial(page.locator("#town").select_option, town)


CHOICES: dict[str, Callable[[Page, str], Choose]] = {
    shown.OURS: _in_our_filter,
    shown.OVERVIEW: _in_our_filter,
    "dash": _in_dash,
    "floor": _in_a_select,
}
