"""A contestant's page in Chromium: choose a town, wait until all is drawn, tell when it was."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

from tests.bench.contestants import Contestant
from tests.bench.peers.figures import ALL

RECORDER = Path(__file__).with_name("recorder.js").read_text(encoding="utf-8")
CHARTS = ".js-plotly-plot"
QUIET = 500
"""So many ms without a change mean that all is drawn."""
PATIENCE = 60_000
FIGURES = {"ours": ".zb-card .value", "dash": ".figure", "floor": ".figure"}
STREAMLITS = "[data-testid=stMetricValue]"
OVERVIEW = ".zb-cards, .zb-phases, .zb-todo, .zb-matrix"


def opened(context: BrowserContext, contestant: Contestant, texts: Sequence[str]) -> Page:
    """A new page of the contestant, all drawn."""
    figure = FIGURES.get(contestant.name, STREAMLITS)
    charts = CHARTS if contestant.path or contestant.name != "ours" else OVERVIEW
    page = context.new_page()
    watched = json.dumps(f"{charts}, {figure}")
    page.add_init_script(RECORDER.replace("WATCHED", watched).replace("FIGURE", json.dumps(figure)))
    page.goto(contestant.address, wait_until="commit")
    settle(page, texts)
    return page


def settle(page: Page, texts: Sequence[str]) -> None:
    """Wait until the figures of these texts, and all charts, stand there."""
    arguments = json.dumps([list(texts), QUIET])
    page.wait_for_function(f"window.settled?.(...{arguments})", timeout=PATIENCE, polling=100)


def moment(page: Page, name: str) -> float:
    """`began`, `figures` or `last` of recorder.js, in ms."""
    return float(page.evaluate(f"bench.{name}"))


def change(page: Page, contestant: Contestant, town: str, texts: Sequence[str]) -> float:
    """Choose a town and wait until all is drawn; ms from the choice to the last drawing."""
    choose = CHOICES.get(contestant.name, _in_a_select_box)
    page.evaluate("bench.began = 0")
    choose(page, town)
    settle(page, texts)
    return moment(page, "last") - moment(page, "began")


def _in_our_filter(page: Page, town: str) -> None:
    box = page.get_by_role("combobox", name="乡镇", exact=True)
    if town == ALL:
        box.press("Backspace")
        return
    box.fill(town)
    page.get_by_role("option", name=town).wait_for()
    box.press("Enter")


def _in_a_select_box(page: Page, town: str) -> None:
    box = page.locator("[data-testid=stSelectbox] input")
    box.fill(town)
    page.get_by_role("option", name=town).wait_for()
    box.press("Enter")


def _in_dash(page: Page, town: str) -> None:
    page.locator("#town").click()
    search = page.locator(".dash-dropdown-search")
    search.fill(town)
    page.get_by_role("option", name=town).wait_for()
    search.press("Enter")


def _in_a_select(page: Page, town: str) -> None:
    page.locator("#town").select_option(town)


CHOICES: dict[str, Callable[[Page, str], None]] = {
    "ours": _in_our_filter,
    "dash": _in_dash,
    "floor": _in_a_select,
}
