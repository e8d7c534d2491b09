"""Whatever stands in a link, a file's name or a cell: no page fails, nothing is run, the known counts."""

import csv
import os
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from numpy.random import default_rng
from playwright.sync_api import Browser, Page, expect
from streamlit.testing.v1 import AppTest

from dashboard import answers, app, behind, filters, hazard_link, markup, outside, picking, registers
from dashboard.export.kinds import KINDS
from dashboard.intake import staging
from dashboard.view import View
from queries.filters import Filters
from queries.records import records
from tests.dashboard import hostile
from tests.dashboard.conftest import Open
from tests.dashboard.served import serve
from tests.dashboard.test_browser import SECOND, Seen, opened, settle

ROUNDS = 25 if os.environ.get("ZHIBEN_TEST_ALL") else 1
STEP = 1 if os.environ.get("ZHIBEN_TEST_ALL") else 2
PAGES = [path for entries in app.GROUPS.values() for _, path in entries] + [path for _, path in app.HIDDEN]
KEYS = (*filters.KEYS, "slide", "auto", "hazard", "metric", "action", "duty", "task", "period", "kind")
MADE = "img[src='x'], svg[onload], a[href*='harm'], img[src*='harm'], a[href^='javascript']"
"""What would be there if a text had become more than text."""

PICKS = (
    "hazards_found-kind",
    "recurrence_rate-township-kind",
    "overdue-township",
    "unannounced_share-township",
    "training_coverage-township-period",
    "rectification_rate-township",
    "rectification_rate-township-month",
)
tried = settings(
    max_examples=hostile.MANY,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def view(example: Path) -> Iterator[View]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("ZHIBEN_WAREHOUSE", str(example))
        yield outside.view(example, None, None, Filters())


@pytest.fixture(scope="module")
def harmed(shared: Path) -> Path:
    """The warehouse of a ledger in which all of it stands."""
    return hostile.warehouse(shared)


@tried
@given(value=hostile.anything)
def test_a_link_finds_nothing_but_what_is_there(view: View, value: str) -> None:
    build = view.code
    is_town = value in registers.townships(build)
    (found,) = answers.figures(build, ("hazards_found",), view.as_of, (), Filters(townships=(value,)))[
        "value"
    ]
    assert bool(found) is is_town
    assert (
        picking._exists(view, picking.Chart("hazards_found", ("township",)), {"township": value}) is is_town
    )
    assert hazard_link.find(view, value) == []
    assert (behind.asked(view, {"metric": value}) is None) is (value not in answers.metrics())
    assert (behind.asked(view, {"action": value}) is None) is (value not in answers.action_rules(build))
    assert (behind.asked(view, {"task": value}) is None) is (value not in answers.names(build, "task"))
    assert bool(registers.towns_of(build, (value,))) is (value in registers.homes(build))
    asked = behind.asked(view, {"metric": "hazards_found", "severity": value})
    assert asked is not None
    is_severity = value in answers.options(build, "severity")
    assert bool(answers.count(build, asked.rows)) is is_severity
    if filters._is_day(value) and value:
        assert date.fromisoformat(value)


@tried
@given(value=hostile.anything)
def test_words_in_a_box_are_no_markdown_and_in_html_no_tags(value: str) -> None:
    plain = markup.plain(value)
    unmarked = [mark for before, mark in zip(f" {plain}", plain, strict=False) if before != "\\"]
    assert not set("`*_[]<>$:").intersection(unmarked)
    assert "<" not in markup.text(value)
    assert '"' not in markup.address("hazards", {"township": value})


@tried
@given(name=hostile.names)
def test_an_upload_of_any_name_lies_in_its_own_folder(tmp_path: Path, name: str) -> None:
    ((kept, _), (other, _)) = staging._named([(Path(staging.safe(name)), b"")] * 2)
    for each in (kept, other):
        path = tmp_path / each
        path.write_bytes(b"")
        assert path.parent.resolve() == path.resolve().parent == tmp_path.resolve()
        path.unlink()
    assert kept != other


def bare(text: str) -> str:
    """What is left of a text when blanks, and signs nobody sees, are left out."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if unicodedata.category(sign)[0] not in "CZ")


def test_every_cell_comes_back_as_text_or_its_row_is_refused(harmed: Path) -> None:
    view = outside.view(harmed, None, None, Filters())
    kept = records(view.build.connection, "hazards", view.as_of)
    with harmed.with_name("隐患台账.csv").open(encoding="utf-8", newline="") as file:
        sent = {(row["机构名称"], row["发现日期"]): row["隐患描述"] for row in csv.DictReader(file)}
    refused = records(view.build.connection, "refused", view.as_of)
    assert kept.height + refused["row_number"].n_unique() == len(sent)
    assert set(refused["rule"]) <= {"missing"}
    for home, day, text in kept.select("institution", "found_on", "description").iter_rows():
        said = bare(sent[home, str(day)]).removesuffix("…")
        assert bare(text) == said


def assert_whole(page: AppTest, about: object) -> None:
    assert not page.exception, about
    assert not page.error, about


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_such_cells_is_drawn(harmed: Path, open_page: Open, path: str) -> None:
    page = open_page(harmed, path, institution=hostile.HOMES[0])
    assert_whole(page, path)
    assert page.session_state["view"].filters.institutions == hostile.HOMES[:1]


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_such_cells_is_made(harmed: Path, kind: str) -> None:
    assert KINDS[kind].make(outside.view(harmed, None, None, Filters()))


@pytest.mark.parametrize("path", PAGES[::STEP])
def test_a_page_asked_by_such_a_link_is_drawn_of_known_things_alone(
    example: Path, open_page: Open, path: str
) -> None:
    dice = default_rng(PAGES.index(path))
    values = hostile.drawn(hostile.anything, 40 * ROUNDS + len(hostile.KNOWN))
    for _ in range(ROUNDS):
        chosen = dice.permutation(len(values))
        query = {key: values[place] for key, place in zip((*KEYS, *PICKS), chosen, strict=False)}
        page = open_page(example, path, **query)
        assert_whole(page, query)
        assert_known(page.session_state["view"])


def assert_known(view: View) -> None:
    """Of what was asked only what is there is in force."""
    build, asked = view.build, view.filters
    assert min(build.campaign_from, build.as_of) <= view.as_of <= build.as_of
    assert view.compare <= view.as_of
    assert set(asked.townships) <= set(registers.townships(build.code))
    assert set(asked.institutions) <= set(registers.homes(build.code))
    assert set(asked.severities) <= set(answers.options(build.code, "severity"))
    assert set(asked.areas) <= set(answers.options(build.code, "area"))


def test_in_a_browser_a_description_with_html_and_script_is_text(browser: Browser, harmed: Path) -> None:
    view = outside.view(harmed, None, None, Filters())
    rows = records(view.build.connection, "hazards", view.as_of).filter(description=hostile.PWNED)
    link = hazard_link.of(rows.row(0, named=True))
    home = f"institution={hostile.HOMES[0]}"
    asked = f"township={hostile.KNOWN[5]}&severity={hostile.PWNED}&area={hostile.KNOWN[1]}"
    with serve(harmed) as url, opened(browser, f"{url}/hazard?hazard={link}&{asked}") as (page, seen):
        expect(page.get_by_role("heading", name=hostile.PWNED)).to_be_visible(timeout=10 * SECOND)
        expect(page.get_by_text(hostile.KNOWN[5][:20])).to_be_visible(timeout=10 * SECOND)
        assert_harmless(page, seen)
        page.goto(f"{url}/institution?{home}")
        settle(page)
        names = page.locator("svg text").filter(has_text=hostile.HOMES[0])
        expect(names.first).to_be_attached(timeout=10 * SECOND)
        assert_harmless(page, seen)
        page.goto(f"{url}/present?{home}&slide=<script>")
        settle(page, "h1")
        assert_harmless(page, seen)


def assert_harmless(page: Page, seen: Seen) -> None:
    """No text has become more than text."""
    assert page.evaluate("window.__pwned === undefined")
    expect(page.locator(MADE)).to_have_count(0)
    assert seen.troubles == []
