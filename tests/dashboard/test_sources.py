"""A table's rows give the same, a page at a time, whether they lie in the build or in a frame."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from dashboard import answers, outside, sources
from dashboard.folders import WAREHOUSE_VARIABLE
from dashboard.sources import Source
from dashboard.view import View
from queries.filters import Filters

DAY = date(2026, 11, 23)
COLUMNS = ("hazard_id", "township", "found_on", "days_overdue", "description")


@pytest.fixture
def view(example: Path, monkeypatch: pytest.MonkeyPatch) -> View:
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(example))
    return outside.view(example, DAY, None, Filters())


@pytest.fixture
def both(view: View) -> tuple[Source, Source, pl.DataFrame]:
    rows = answers.listed(view.code, "hazards", view.as_of, view.filters)
    frame = answers.taken(view.code, rows, COLUMNS)
    return sources.stored(view, rows), sources.held(frame), frame


def test_a_page_holds_its_rows_and_no_others(both: tuple[Source, Source, pl.DataFrame]) -> None:
    stored, held, frame = both
    for first in (0, 100, frame.height - 30):
        expected = frame.slice(first, 100)
        assert stored.read(COLUMNS, 100, first).equals(expected)
        assert held.read(COLUMNS, 100, first).equals(expected)
    assert stored.count() == held.count() == frame.height


@pytest.mark.parametrize("words", ["大箕镇", "大箕镇 2026-0", "没有这样的词", "100%", "' or 1=1 --", "_"])
def test_a_search_keeps_the_rows_that_hold_each_word(
    both: tuple[Source, Source, pl.DataFrame], words: str
) -> None:
    stored, held, frame = both
    text = pl.concat_str(pl.col(COLUMNS).cast(pl.String).fill_null(""), separator="\n")
    expected = frame.filter(
        pl.all_horizontal(text.str.contains(word, literal=True) for word in words.split())
    )
    for source in (stored.holding(words, COLUMNS), held.holding(words, COLUMNS)):
        assert source.count() == expected.height
        assert source.read(COLUMNS, frame.height).equals(expected)


@pytest.mark.parametrize("descending", [True, False])
def test_rows_without_a_value_come_last_either_way(
    both: tuple[Source, Source, pl.DataFrame], descending: bool
) -> None:
    stored, held, frame = both
    expected = frame.sort("days_overdue", descending=descending, nulls_last=True, maintain_order=True)
    for source in (stored, held):
        found = source.sorted("days_overdue", descending=descending)
        assert found.read(COLUMNS, frame.height).equals(expected)
