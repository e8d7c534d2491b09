"""Every metric's case worked by hand comes to what its hand says."""

from collections.abc import Callable

import duckdb
import pytest

from queries.cases import CASES, case, figures, read_case
from queries.cases_told import told
from queries.catalog import catalog
from queries.checked import DefinitionError
from queries.evaluate import evaluate
from tests.lake.gathered import in_lake
from tests.queries.worded import worded

Place = Callable[[duckdb.DuckDBPyConnection], duckdb.DuckDBPyConnection]


def as_it_is(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    return con


@pytest.mark.parametrize("place", [as_it_is, in_lake], ids=["warehouse", "lake"])
@pytest.mark.parametrize("code", sorted(catalog()))
def test_a_metric_comes_to_what_its_case_says(code: str, place: Place) -> None:
    told = case(code)
    con = place(worded(told.facts))
    for answer in told.answers:
        expected = [
            (*(row[name] or None for name in answer.by), *figures(row)) for row in answer.table.records()
        ]
        assert evaluate(con, code, answer.as_of, answer.by, answer.filters).rows() == expected, answer


def test_a_case_is_told_in_words() -> None:
    *_, whole, by_town = told(catalog()["rectification_rate"])
    assert whole == ("截至 2024-06-30", ["整改率"], [["(1 + 1) ÷ (3 + 1) = 50%"]])
    assert by_town.heads == ["乡镇", "整改率"]
    assert by_town.rows == [["甲镇", "1 ÷ 3 = 33.3%"], ["乙镇", "1 ÷ 1 = 100%"]]
    (*_, window) = told(catalog()["inspected_rate"])
    assert window.title == "截至 2024-06-30，统计期自 2024-03-02 起"
    (facts, median, _) = told(catalog()["days_to_check"])
    assert (facts.title, facts.heads) == ("举报投诉", ["受理日期", "核查日期", "说明"])
    assert median.rows == [["12 天（3 个中结束了 2 个）"]]


def test_every_case_is_of_a_metric() -> None:
    assert {path.stem for path in CASES.iterdir()} == set(catalog())


def test_a_metric_without_a_case_is_named() -> None:
    with pytest.raises(DefinitionError, match=r"指标 happiness 没有手算的例子 happiness\.txt"):
        case("happiness")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("hazards\n  found_on\n  2024-01-01", "没有写哪一天的结果"),
        ("2024-06-30\n  rate | why\n  1 / 2", "2024-06-30 的表读不了"),
        ("2024-06-30", "2024-06-30 的表读不了"),
        ("  rate\n  1 / 2", "rate 的表读不了"),
    ],
)
def test_a_case_that_cannot_be_read_is_refused(text: str, says: str) -> None:
    with pytest.raises(DefinitionError, match=f"some.txt：{says}"):
        read_case(text, "some.txt")
