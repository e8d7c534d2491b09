"""Every figure again, by plain loops over plain objects: on ledgers drawn at random both must agree."""

from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import given

from queries.catalog import catalog
from queries.evaluate import dimensions
from queries.filters import Filters
from tests.oracle.answers import Expected, filled, told
from tests.oracle.days import PLAN
from tests.oracle.ledgers import Ledger, store, warehouse
from tests.oracle.metrics import ORACLES
from tests.oracle.strategies import law, ledgers


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse() as con:
        yield con


def test_every_metric_of_the_catalogue_has_an_oracle() -> None:
    assert set(ORACLES) == set(catalog())


EVERYTHING = Filters()
PLACES: list[tuple[str, ...]] = [(), ("township",), ("institution",)]


@law
@given(ledger=ledgers())
def test_the_product_and_the_oracle_agree_by_nothing_township_and_institution(
    con: duckdb.DuckDBPyConnection, ledger: Ledger
) -> None:
    store(con, ledger)
    expected = Expected(con, PLAN, ledger.as_of)
    for by in PLACES:
        metrics = [metric for metric in catalog() if set(by) <= set(dimensions(con, metric))]
        answers = told(con, metrics, ledger.as_of, by, EVERYTHING)
        assert filled(answers) == filled(expected.answers(metrics, by, EVERYTHING))
