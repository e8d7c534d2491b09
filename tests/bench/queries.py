"""Part `queries`: what each page asks of the warehouse, at every scale; and the same answers from pandas.

The statements are those the pages themselves ask; answers are not kept from one round to the next, but what
was true on a day is (queries/snapshots.py), where the build is small enough.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from itertools import chain, count, cycle
from pathlib import Path

import duckdb

from dashboard import app
from queries.catalog import catalog
from queries.evaluate import evaluate, evaluate_many
from queries.filters import Filters
from queries.warehouse import current_build, fetch, open_build
from tests.bench import asked, beside_pandas, scales
from tests.bench.asked import Question
from tests.bench.timing import Result, compare
from tests.dashboard.warehouses import AS_OF

ROUNDS = {"county": 7, "province": 5, "nation": 2}
PAGES = [path for entries in app.GROUPS.values() for _, path in entries]
TOWNS = "select township, from townships order by township_id"
LONG_AGO = 40
"""Days before the build's own, on which a page is drawn to hear what is asked once a build."""

Connection = duckdb.DuckDBPyConnection


def measure(scale: str) -> list[Result]:
    with tempfile.TemporaryDirectory() as name:
        made = scales.warehouse(Path(name), scale)
        heard, of_a_town = _heard(made)
        with closing(open_build(made, current_build(made) or "")) as con:
            return [
                *chain.from_iterable(_page(con, scale, path, asking) for path, asking in heard.items()),
                *_towns(con, scale, of_a_town),
                beside_pandas.measure(con, scale, AS_OF, ROUNDS[scale]),
                _every_metric(con, scale),
            ]


def _heard(made: Path) -> tuple[dict[str, list[Question]], list[Question]]:
    """What each page asks of a day of its own, and 总览 of one town; without what is asked once a build."""
    asked.page(made, "overview", as_of=str(AS_OF - timedelta(days=LONG_AGO)))
    days = (str(AS_OF - timedelta(days=place)) for place in count())
    heard = {path: asked.page(made, path, as_of=next(days)) for path in PAGES}
    with closing(open_build(made, current_build(made) or "")) as con:
        town = fetch(con, TOWNS)["township"][-1]
    asking = {path: questions for path, questions in heard.items() if questions}
    return asking, asked.page(made, "overview", township=town)


def _page(con: Connection, scale: str, path: str, questions: Sequence[Question]) -> Iterator[Result]:
    yield Result("queries", scale, f"{path}: how many queries", [len(questions)], {}, unit="queries")
    yield _timed(scale, f"{path}: its queries, a day seen before", lambda: _ask(con, questions))
    days = count(LONG_AGO)

    def of_another_day() -> None:
        before = next(days)
        _ask(con, [question.earlier(before) for question in questions])

    yield _timed(scale, f"{path}: its queries, a day not seen before", of_another_day)


def _towns(con: Connection, scale: str, of_a_town: Sequence[Question]) -> Iterator[Result]:
    towns = cycle(fetch(con, TOWNS)["township"].to_list())

    def of_the_next() -> None:
        town = next(towns)
        _ask(con, [question.about(town) for question in of_a_town])

    yield _timed(scale, "overview: its queries about one town", of_the_next)
    yield _timed(scale, "one town's rate", lambda: _rate(con, next(towns)))


def _rate(con: Connection, town: str) -> None:
    evaluate(con, "rectification_rate", AS_OF, (), Filters(townships=(town,)))


def _every_metric(con: Connection, scale: str) -> Result:
    return _timed(scale, "every metric of the catalogue", lambda: evaluate_many(con, list(catalog()), AS_OF))


def _ask(con: Connection, questions: Sequence[Question]) -> None:
    for question in questions:
        question.ask(con)


def _timed(scale: str, measure: str, side: Callable[[], object]) -> Result:
    return compare("queries", scale, measure, side, ROUNDS[scale])
