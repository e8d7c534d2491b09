"""Every figure again, by plain loops over plain objects: on ledgers drawn at random both must agree."""

from collections.abc import Iterator

import duckdb
import pytest

from queries.catalog import catalog
from queries.evaluate import dimensions
from queries.filters import Filters
from tests.oracle.answers import EVERYTHING, agree, told
from tests.oracle.days import PLAN
from tests.oracle.drawing import TOWNS
from tests.oracle.ledgers import Ledger, store, warehouse
from tests.oracle.metrics import DIMENSIONS_OF, ORACLES, accepting
from tests.oracle.plan import Period
from tests.oracle.strategies import HALVES, anytime, by_half_year, filtered, ledgers, prove


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse() as con:
        yield con


def test_every_metric_of_the_catalogue_has_an_oracle() -> None:
    assert set(ORACLES) == set(catalog())


@pytest.mark.parametrize("metric", ORACLES)
def test_a_metric_accepts_the_dimensions_that_make_sense_for_it(
    con: duckdb.DuckDBPyConnection, metric: str
) -> None:
    assert set(dimensions(con, metric)) == DIMENSIONS_OF[metric]


@by_half_year
def test_figures_agree_by_township(con: duckdb.DuckDBPyConnection, half: Period) -> None:
    def claim(ledger: Ledger) -> None:
        store(con, ledger)
        agree(con, PLAN, ledger, ("township",), EVERYTHING)

    prove(claim, ledgers(half), HALVES.index(half))


FURTHER = """
    institution
    month
    quarter
    area
    kind
    severity
    source
    cause
    age
    duty
    period
    phase
    unit
    township month
    township period
    institution period
    area kind
    group
    township group
    kind period
    township source
    phase unit
"""


@pytest.mark.parametrize("further", [line.strip() for line in FURTHER.strip().splitlines()])
def test_figures_agree_by_each_further_dimension_whatever_is_chosen(
    con: duckdb.DuckDBPyConnection, further: str
) -> None:
    def claim(drawn: tuple[Ledger, Filters]) -> None:
        ledger, chosen = drawn
        store(con, ledger)
        agree(con, PLAN, ledger, tuple(further.split()), chosen)

    prove(claim, filtered(), FURTHER.index(further))


@by_half_year
def test_figures_agree_whatever_is_chosen(con: duckdb.DuckDBPyConnection, half: Period) -> None:
    def claim(drawn: tuple[Ledger, Filters]) -> None:
        ledger, chosen = drawn
        store(con, ledger)
        agree(con, PLAN, ledger, (), chosen)

    prove(claim, filtered(half), HALVES.index(half))


def test_by_township_every_town_is_told_of_in_official_order(con: duckdb.DuckDBPyConnection) -> None:
    def claim(ledger: Ledger) -> None:
        store(con, ledger)
        towns = [(name,) for name in TOWNS[: len(ledger.tables["townships"])]]
        answers = told(con, accepting(("township",)), ledger.as_of, ("township",), EVERYTHING)
        for metric, groups in answers.items():
            assert list(groups) in (towns, [*towns, (None,)]), metric

    prove(claim, anytime, 0)
