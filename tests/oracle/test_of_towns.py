"""A town's figures taken from those of all towns are those the warehouse gives when asked about the town."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import duckdb
import pytest
from hypothesis import strategies as st

from queries import of_towns
from queries.catalog import DIMENSIONS, catalog
from queries.curve import METRIC, closing_curve
from queries.evaluate import dimensions, evaluate_many, trend
from queries.fair import towns as beside_the_county
from queries.filters import Filters
from queries.forecast import counted, left_open, told
from queries.plan import outline
from tests.oracle.ledgers import Ledger, store, warehouse
from tests.oracle.plan import Period
from tests.oracle.strategies import HALVES, by_half_year, filtered, prove

TOWN = ("township",)
APART = [name for name in sorted(DIMENSIONS) if name not in {"township", "institution", "unit"}]


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse() as con:
        yield con


def held_to(con: duckdb.DuckDBPyConnection, chosen: Filters, most: int) -> Iterator[Filters]:
    """The choice, of the first town alone and, where there are more to be taken at once, of several."""
    towns = tuple(of_towns.towns(con))
    assert len(towns) > 1
    for few in range(1, min(most, len(towns)) + 1):
        yield replace(chosen, townships=towns[-few:], institutions=())


def check(con: duckdb.DuckDBPyConnection, ledger: Ledger, by: tuple[str, ...], chosen: Filters) -> int:
    """Ask every metric that can be told by the dimension both ways; return how many there were."""
    towns = of_towns.towns(con)
    codes = [code for code in catalog() if {*by, *TOWN} <= {*dimensions(con, code)}]
    wide = of_towns.widened(con, towns, codes, by, chosen)
    assert wide is not None
    answer = of_towns.of(evaluate_many(con, codes, ledger.as_of, *wide), by, chosen)
    expected = evaluate_many(con, codes, ledger.as_of, by, chosen)
    assert answer.equals(expected), (by, chosen)
    return len(codes)


@by_half_year
def test_figures(con: duckdb.DuckDBPyConnection, half: Period) -> None:
    def claim(drawn: tuple[Ledger, Filters], by: str) -> None:
        ledger, chosen = drawn
        store(con, ledger)
        for few in held_to(con, chosen, 1):
            assert check(con, ledger, (), few) > 25
            check(con, ledger, (by,), few)
        for few in held_to(con, chosen, 3):
            check(con, ledger, TOWN, few)

    questions = st.tuples(filtered(half), st.sampled_from(APART))
    prove(lambda question: claim(*question), questions, HALVES.index(half))


@by_half_year
def test_trends_curves_forecasts_and_rates_beside_the_county(
    con: duckdb.DuckDBPyConnection, half: Period
) -> None:
    def claim(drawn: tuple[Ledger, Filters]) -> None:
        ledger, chosen = drawn
        store(con, ledger)
        as_of, days_left = ledger.as_of, (outline(con).to_on - ledger.as_of).days
        days = [as_of - timedelta(days=70), as_of - timedelta(days=5), as_of]
        (few,) = held_to(con, chosen, 1)
        every = replace(few, townships=())
        for code in ("rectification_rate", "overdue", "hazards_per_visit"):
            found = of_towns.of(trend(con, code, days, TOWN, every), (), few)
            assert found.equals(trend(con, code, days, (), few)), code
        curve = of_towns.rows_of(closing_curve(con, as_of, (*TOWN, "severity"), every), few).drop(TOWN)
        assert curve.equals(closing_curve(con, as_of, ("severity",), few)), METRIC
        open_there = of_towns.rows_of(counted(con, as_of, every), few)
        assert told(open_there, days_left).equals(left_open(con, as_of, few))
        beside = of_towns.rows_of(beside_the_county(con, "on_time_rate", as_of, every), few)
        assert beside.equals(beside_the_county(con, "on_time_rate", as_of, few))

    prove(claim, filtered(half), HALVES.index(half))


@pytest.mark.parametrize(
    ("by", "filters"),
    [
        ((), Filters()),
        ((), Filters(townships=("大箕镇", "南岭镇"))),
        ((), Filters(townships=("没有的镇",))),
        ((), Filters(townships=("大箕镇",), institutions=("某院",))),
        (("institution",), Filters(townships=("大箕镇",))),
        (("township", "period"), Filters(townships=("大箕镇",))),
    ],
)
def test_what_all_towns_do_not_answer_is_asked_itself(
    con: duckdb.DuckDBPyConnection, by: tuple[str, ...], filters: Filters
) -> None:
    assert of_towns.widened(con, ["大箕镇", "南岭镇"], ["self_check_rate"], by, filters) is None


def test_of_very_many_towns_and_of_one_alone_each_is_asked_itself(con: duckdb.DuckDBPyConnection) -> None:
    one = Filters(townships=("1",))
    many = [str(number) for number in range(of_towns.MOST_TOWNS + 1)]
    assert of_towns.widened(con, many, ["overdue"], (), one) is None
    assert of_towns.widened(con, ["1"], ["overdue"], (), one) is None
    assert of_towns.widened(con, many[:-1], ["overdue"], (), one) == (TOWN, Filters())
