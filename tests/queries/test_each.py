"""A function is asked once about each text of a column."""

import polars as pl
from polars.testing import assert_series_equal

from queries.each import each


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
