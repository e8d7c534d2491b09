"""逐条查验 says what the metrics say, clause by clause, and names exactly those who fall short."""

from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest
from playwright.sync_api import Browser, expect
from polars.testing import assert_frame_equal

from queries.checklist import concerned, items, short
from queries.evaluate import evaluate
from queries.filters import Filters
from queries.records import records
from queries.warehouse import current_build, open_build
from tests.dashboard.test_browser import address, opened

DAYS = [date(2024, 6, 30), date(2026, 11, 23)]
CHOSEN = [Filters(), Filters(townships=("大箕镇",)), Filters(since=date(2026, 1, 1))]


@pytest.fixture(scope="module")
def con(example: Path) -> duckdb.DuckDBPyConnection:
    return open_build(example, current_build(example) or "")


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("filters", CHOSEN)
def test_tasks_add_up_to_the_phases_progress_and_support(
    con: duckdb.DuckDBPyConnection, day: date, filters: Filters
) -> None:
    tasks = items(con, day, filters).filter(~items(con, day, filters)["is_duty"])
    for row in evaluate(con, "phase_progress", day, ("phase",), filters).iter_rows(named=True):
        own = tasks.filter(phase=row["phase"])
        assert (own["done"].sum(), own["asked"].sum()) == (row["numerator"], row["denominator"])
    support = evaluate(con, "task_support", day, (), filters).row(0, named=True)
    assert tasks["supported"].sum() == support["numerator"]
    assert (
        tasks.select(pl.col("supported", "unsupported").sum()).sum_horizontal()[0] == support["denominator"]
    )


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("filters", CHOSEN)
def test_duties_are_their_rates_over_closed_periods(
    con: duckdb.DuckDBPyConnection, day: date, filters: Filters
) -> None:
    for row in items(con, day, filters).filter("is_duty").iter_rows(named=True):
        rate = evaluate(con, f"{row['item']}_rate", day, (), filters).row(0, named=True)
        assert (row["done"], row["asked"]) == (rate["numerator"], rate["denominator"])


@pytest.mark.parametrize("day", DAYS)
def test_the_names_are_exactly_those_who_fall_short(con: duckdb.DuckDBPyConnection, day: date) -> None:
    named = {(row["item"], row["unit"]): row["shortfall"] for row in short(con, day).iter_rows(named=True)}
    expected: dict[tuple[str, str], str] = {}
    for row in records(con, "tasks", day).iter_rows(named=True):
        if row["is_overdue"]:
            expected[row["task"], row["unit"]] = "overdue"
        elif not row["is_done"]:
            expected[row["task"], row["unit"]] = "pending"
        elif row["is_supported"] is False:
            expected[row["task"], row["unit"]] = "unsupported"
        elif row["done_on"] > row["due_on"]:
            expected[row["task"], row["unit"]] = "late"
    for row in records(con, "duties", day).iter_rows(named=True):
        if not row["is_running"] and not row["is_met"]:
            expected[row["duty"], row["institution"]] = "missed"
    assert named == expected


@pytest.mark.parametrize("day", DAYS)
def test_of_many_names_the_first_come_and_how_many_there_are(
    con: duckdb.DuckDBPyConnection, day: date
) -> None:
    everybody, most = short(con, day), 3
    for _, own in everybody.group_by("item", "shortfall"):
        assert own["units"].unique().to_list() == [own.height]
    first = everybody.group_by("item", "shortfall", maintain_order=True).head(most)
    assert_frame_equal(short(con, day, most=most), first.select(everybody.columns))


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("filters", CHOSEN)
def test_units_that_fall_short_are_counted_once_an_item_and_once_a_clause(
    con: duckdb.DuckDBPyConnection, day: date, filters: Filters
) -> None:
    found = items(con, day, filters)
    failing = [row for row in short(con, day, filters).to_dicts() if row["shortfall"] != "pending"]
    clauses = dict(found.select("item", "clause").iter_rows())
    units = [(row["item"], row["unit"], row["township"]) for row in failing]
    for row in found.iter_rows(named=True):
        assert row["lacking"] == len({unit for unit in units if unit[0] == row["item"]})
    told = {row["clause"]: row for row in concerned(con, day, list(clauses), filters).to_dicts()}
    assert told.keys() == {clauses[row["item"]] for row in failing}
    for clause, row in told.items():
        own = [each for each in failing if clauses[each["item"]] == clause]
        assert row["is_county"] == any(each["township"] is None for each in own)
        assert row["townships"] == len({each["township"] for each in own if not each["institution"]} - {None})
        assert row["institutions"] == len({each["institution_id"] for each in own} - {None})


def test_an_item_left_out_counts_for_no_clause(con: duckdb.DuckDBPyConnection) -> None:
    assert concerned(con, DAYS[1], []).is_empty()


def test_clauses_stand_in_the_plans_order(con: duckdb.DuckDBPyConnection) -> None:
    clauses = items(con, DAYS[1])["clause"].unique(maintain_order=True).to_list()
    titled = con.execute("select clause from clauses order by clause_rank").fetchall()
    assert clauses == [clause for (clause,) in titled if clause in clauses]


def test_on_paper_stands_the_page_alone_with_every_name(browser: Browser, example_url: str) -> None:
    with opened(browser, address(example_url, "checklist")) as (page, _):
        folded = page.locator(".zb-fold").first
        expect(folded).to_be_visible()
        page.emulate_media(media="print")
        expect(page.get_by_test_id("stSidebar")).to_be_hidden()
        expect(page.get_by_test_id("stHeader")).to_be_hidden()
        expect(folded.locator("summary")).to_be_hidden()
        sheets = page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
        assert 2 <= sheets <= 20
