"""Towns against the county: the limits of chance by the exact binomial, and who is missing by name."""

from itertools import pairwise

import duckdb
import pytest
from scipy.stats import binom, binomtest

from queries.catalog import catalog
from queries.chance import tail
from queries.evaluate import Filters, QueryError, dimensions, evaluate
from queries.fair import missing, standing, towns
from tests.queries.warehouses import day, lines, warehouse

TODAY = day("2024-06-30")
FEW = 5

# Of n, at the county's share, by hand: 0.5**5 = 0.03125 is within 95 %, 0.5**6 = 0.0156 beyond it,
# 0.5**9 = 0.00195 within 99.8 %, 0.5**10 = 0.00098 beyond it; at 0.9 all five bad come once in 100,000.
STANDINGS = """
    numerator | denominator | county | standing
    0         | 5           | 0.5    | alike
    0         | 6           | 0.5    | below
    0         | 9           | 0.5    | below
    0         | 10          | 0.5    | far_below
    5         | 5           | 0.5    | alike
    6         | 6           | 0.5    | above
    10        | 10          | 0.5    | far_above
    3         | 6           | 0.5    | alike
    0         | 5           | 0.9    | far_below
    4         | 4           | 0.5    | few
    0         | 4           | 0.9    | few
    0         | 0           | 0.9    |
    7         | 7           | 1.0    | alike
    0         | 7           | 0.0    | alike
"""


@pytest.mark.parametrize(("numerator", "denominator", "county", "expected"), lines(STANDINGS))
def test_a_town_stands_apart_where_chance_does_not_explain_it(
    numerator: str, denominator: str, county: str, expected: str
) -> None:
    assert standing(int(numerator), int(denominator), float(county), FEW) == (expected or None)


@pytest.mark.parametrize("trials", [1, 5, 23, 200, 4_000, 100_000])
@pytest.mark.parametrize("share", [0.003, 0.2, 0.5, 0.95, 0.9995])
def test_the_limits_are_those_of_scipy(trials: int, share: float) -> None:
    low, high = binom.ppf([0.025, 0.975], trials, share)
    far_low, far_high = binom.ppf([0.001, 0.999], trials, share)
    near = {int(limit) + step for limit in (low, high, far_low, far_high) for step in (-1, 0, 1)}
    for successes in sorted({each for each in near if 0 <= each <= trials}):
        lower = binom.cdf(successes, trials, share)
        upper = binom.sf(successes - 1, trials, share)
        assert tail(successes, trials, share) == pytest.approx(min(lower, upper), rel=1e-7) or (
            min(lower, upper) > 0.4
        )
        word = standing(successes, trials, share, 1)
        assert (word in {"below", "far_below"}) == (successes < low)
        assert (word == "far_below") == (successes < far_low)
        assert (word in {"above", "far_above"}) == (successes > high)
        assert (word == "far_above") == (successes > far_high)


def test_the_chance_is_that_of_scipys_test() -> None:
    expected = binomtest(18, 23, 0.95, alternative="less").pvalue
    assert tail(18, 23, 0.95) == pytest.approx(expected, rel=1e-12)


def test_fewer_successes_never_stand_higher() -> None:
    order = ["far_below", "below", "alike", "above", "far_above"]
    places = [order.index(str(standing(successes, 60, 0.8, FEW))) for successes in range(61)]
    assert all(before <= after for before, after in pairwise(places))
    assert set(places) == {0, 1, 2, 3, 4}


HAZARDS = "institution_id | found_on | rectified_on | area | severity\n" + "\n".join(
    [f"{home} | 2024-03-01 | {rectified} | 消防 | 一般" for home, rectified in [
        *[(1, "2024-03-05")] * 40, *[(2, "2024-03-05")] * 2, *[(2, "")] * 8, *[(3, "")] * 4,
    ]]
)  # fmt: skip


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    return warehouse(
        townships="township | code\n甲镇 | 1\n乙镇 | 2\n丙镇 | 3\n丁镇 | 4",
        institutions="institution | township_id\n甲院 | 1\n乙院 | 2\n丙院 | 3",
        hazards=HAZARDS,
    )


def test_towns_stand_beside_the_pooled_county_in_official_order(con: duckdb.DuckDBPyConnection) -> None:
    found = towns(con, "rectification_rate", TODAY)
    assert found.select("township", "numerator", "denominator", "whole", "standing").rows() == [
        ("甲镇", 40, 40, 42 / 54, "far_above"),
        ("乙镇", 2, 10, 42 / 54, "far_below"),
        ("丙镇", 0, 4, 42 / 54, "few"),
        ("丁镇", 0, 0, 42 / 54, None),
    ]
    assert found["low"][3] is None
    assert found["low"][1] < 2 / 10 < found["high"][1]


def test_the_county_does_not_shrink_to_the_towns_looked_at(con: duckdb.DuckDBPyConnection) -> None:
    for filters in (Filters(townships=("乙镇",)), Filters(institutions=("乙院",))):
        found = towns(con, "rectification_rate", TODAY, filters).filter(denominator=10)
        assert found.select("whole", "standing").rows() == [(42 / 54, "far_below")]


def test_where_nothing_was_found_nobody_stands_anywhere() -> None:
    found = towns(warehouse(), "rectification_rate", TODAY)
    assert found.select("value", "low", "whole", "standing").unique().rows() == [(None, None, None, None)]


def test_a_rate_over_units_names_who_is_missing() -> None:
    con = warehouse(
        townships="township | code\n甲镇 | 1\n乙镇 | 2\n丙镇 | 3",
        institutions="institution | township_id\n甲院 | 1\n乙院 | 2\n丙院 | 2\n丁院 | 3",
        inspections="""
            institution_id | inspected_on
            1              | 2024-02-01
            2              | 2024-02-01
            2              | 2024-05-01
            4              | 2024-04-01
            4              | 2024-01-01
        """,
    )
    found = missing(con, "self_check_rate", TODAY)
    assert found.rows() == [("甲镇", "甲院", 1, 1), ("乙镇", "丙院", 2, 1)]
    by_period = missing(con, "self_check_rate", TODAY, ["period"])
    assert by_period.rows() == [("2024Q1", "丙院", 1, 1), ("2024Q2", "丙院", 1, 2), ("2024Q2", "甲院", 1, 2)]
    few = missing(con, "self_check_rate", TODAY, ["period"], most=1)
    assert few.rows() == [("2024Q1", "丙院", 1, 1), ("2024Q2", "丙院", 1, 2)], (
        "the first of each, and of how many"
    )
    chosen = Filters(townships=("甲镇",))
    assert missing(con, "self_check_rate", TODAY, [], chosen).rows() == [("甲院", 1, 1)]


@pytest.mark.parametrize("code", [code for code, one in catalog().items() if one.compared == "units"])
def test_those_missing_are_as_many_as_the_figure_lacks(code: str) -> None:
    con = warehouse(task_progress="task | done_on\nD05 | 2024-02-01")
    figure = evaluate(con, code, TODAY).row(0, named=True)
    assert missing(con, code, TODAY)["misses"].sum() == figure["denominator"] - figure["numerator"]


@pytest.mark.parametrize("code", catalog())
def test_each_rate_says_by_what_towns_are_compared(code: str) -> None:
    metric, by = catalog()[code], dimensions(warehouse(), code)
    if metric.summary != "share":
        assert metric.compared is None
    elif "cause" in by:
        assert metric.compared == "sample"
    elif "period" in by:
        assert metric.compared == "units"


def test_what_is_not_compared_so_is_refused_by_name() -> None:
    with pytest.raises(QueryError, match="季度自查落实率（self_check_rate）不是隐患或检查的比率"):
        towns(warehouse(), "self_check_rate", TODAY)
    with pytest.raises(QueryError, match="整改率（rectification_rate）不是机构或单位的比率"):
        missing(warehouse(), "rectification_rate", TODAY)
