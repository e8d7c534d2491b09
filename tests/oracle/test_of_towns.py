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
from queries.forecast import counted, left_open, together
from queries.plan import townships
from tests.oracle.ledgers import Ledger, store, warehouse
from tests.oracle.plan import Period
from tests.oracle.strategies import HALVES, by_half_year, filtered, prove

TOWN = ("township",)
APART = [name for name in sorted(DIMENSIONS) if name not in of_towns.PLACES]


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse() as con:
        yield con


def held_to(con: duckdb.DuckDBPyConnection, chosen: Filters, most: int) -> Iterator[Filters]:
    """The choice of the last towns, so many at most, whatever towns were chosen."""
    towns = tuple(townships(con)["township"])
    assert len(towns) > 1
    others = tuple(pair for pair in chosen.picked if pair[0] != "township")
    for few in range(1, min(most, len(towns)) + 1):
        yield replace(chosen, counties=(), townships=towns[-few:], institutions=(), picked=others)


def picked(chosen: Filters) -> Filters:
    """The one town chosen picked in a chart instead."""
    pairs = (("township", chosen.townships[0]), *chosen.picked, ("severity", "一般"))
    return replace(chosen, townships=(), picked=pairs)


def check(con: duckdb.DuckDBPyConnection, ledger: Ledger, by: tuple[str, ...], chosen: Filters) -> int:
    """Ask every metric that can be told by the dimension both ways; return how many there were."""
    towns = townships(con)["township"].to_list()
    codes = [code for code in catalog() if {*by, *TOWN} <= {*dimensions(con, code)}]
    wide = of_towns.widened(con, towns, codes, by, chosen)
    assert wide is not None
    answer = of_towns.narrowed(evaluate_many(con, codes, ledger.as_of, *wide), by, chosen)
    expected = evaluate_many(con, codes, ledger.as_of, by, chosen)
    assert answer.equals(expected), (by, chosen)
    return len(codes)


@by_half_year
def test_figures(con: duckdb.DuckDBPyConnection, half: Period) -> None:
    def claim(drawn: tuple[Ledger, Filters], by: str, how: str) -> None:
        ledger, chosen = drawn
        store(con, ledger)
        (one, *_, several) = held_to(con, chosen, 3)
        asked = {
            "alone": ((), one),
            "by": ((by,), one),
            "picked": ((by,), picked(one)),
            "towns": (TOWN, several),
        }
        count = check(con, ledger, *asked[how])
        assert count > 25 or how in {"by", "picked"}

    how = st.sampled_from(["alone", "by", "picked", "towns"])
    questions = st.tuples(filtered(half), st.sampled_from(APART), how)
    prove(lambda question: claim(*question), questions, HALVES.index(half))


@by_half_year
def test_trends_curves_forecasts_and_rates_beside_the_county(
    con: duckdb.DuckDBPyConnection, half: Period
) -> None:
    def claim(drawn: tuple[Ledger, Filters]) -> None:
        ledger, chosen = drawn
        store(con, ledger)
        as_of = ledger.as_of
        days = [as_of - timedelta(days=70), as_of - timedelta(days=5), as_of]
        (few,) = held_to(con, chosen, 1)
        every = replace(few, townships=())
        for code in ("rectification_rate", "overdue", "hazards_per_visit"):
            found = of_towns.narrowed(trend(con, code, days, TOWN, every), (), few)
            assert found.equals(trend(con, code, days, (), few)), code
        curve = of_towns.rows_of(closing_curve(con, as_of, (*TOWN, "severity"), every), few).drop(TOWN)
        assert curve.equals(closing_curve(con, as_of, ("severity",), few)), METRIC
        open_there = of_towns.rows_of(counted(con, as_of, every), few)
        own = left_open(together(counted(con, as_of, few)))
        assert left_open(together(open_there)).equals(own)
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
        ((), Filters(townships=("大箕镇",), picked=(("township", "大箕镇"),))),
        (("township",), Filters(townships=("大箕镇",), picked=(("township", "大箕镇"),))),
        ((), Filters(picked=(("township", None),))),
        (("township",), Filters(picked=(("township", "大箕镇"),))),
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


def test_a_picked_town_is_held_to_in_its_place() -> None:
    chosen = Filters(picked=(("severity", "一般"), ("township", "大箕镇"), ("area", "消防")))
    other = Filters(picked=(("severity", "一般"), ("township", "南岭镇"), ("area", "消防")))
    assert of_towns.held_to(chosen) == ("大箕镇",)
    assert of_towns.hold_to(chosen, ("南岭镇",)) == other
    assert of_towns.hold_to(chosen, ()) == Filters(picked=(("severity", "一般"), ("area", "消防")))
