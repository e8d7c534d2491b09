"""No Python runs in Polars' threads: one that waits there for Python's lock can stop the whole server."""

import re
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_series_equal

from queries.each import each

IN_ITS_THREADS = re.compile(r"\.map_(elements|batches|groups|rows)\(|pl\.Object")
SOURCES = [path for folder in ("dashboard", "queries", "etl") for path in Path(folder).rglob("*.py")]


def test_each_text_is_told_once_and_nothing_of_none() -> None:
    asked: list[str] = []

    def told(text: str) -> int:
        asked.append(text)
        return len(text)

    found = each(pl.Series("a", ["一二", None, "三", "一二"]), told, pl.Int32)
    assert_series_equal(found, pl.Series("a", [2, None, 1, 2], pl.Int32))
    assert sorted(asked) == ["一二", "三"]


def test_an_empty_column_stays_one() -> None:
    assert each(pl.Series("a", [], pl.String), str.upper, pl.String).to_list() == []


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_no_function_of_ours_is_handed_to_polars(path: Path) -> None:
    assert not IN_ITS_THREADS.search(path.read_text(encoding="utf-8"))
