"""The product's answers and the oracle's, in one shape: group to figure."""

from collections.abc import Iterable, Sequence
from datetime import date

import duckdb

from queries.evaluate import evaluate_many
from queries.filters import Filters
from tests.oracle.facts import load
from tests.oracle.figure import Choice, Figure, Group, Row, tally
from tests.oracle.known import Known
from tests.oracle.ledgers import Ledger
from tests.oracle.metrics import ORACLES, accepting
from tests.oracle.plan import Plan

EVERYTHING = Filters()
MEASURES = ("numerator", "denominator", "value")

Answers = dict[str, dict[Group, Figure]]
EMPTY = (Figure(None, None, 0.0), Figure(0, 0, None))


def told(
    con: duckdb.DuckDBPyConnection, metrics: Sequence[str], as_of: date, by: Sequence[str], filters: Filters
) -> Answers:
    """What the product answers, metric by metric and group by group."""
    frame = evaluate_many(con, metrics, as_of, by, filters)
    answers: Answers = {metric: {} for metric in metrics}
    for metric, *group, numerator, denominator, value in frame.select("metric", *by, *MEASURES).iter_rows():
        assert tuple(group) not in answers[metric], f"{metric}: the group {group} twice"
        answers[metric][tuple(group)] = Figure(numerator, denominator, value)
    return answers


class Expected:
    """What the oracle answers of one warehouse on one day; the rows of a metric are worked out once."""

    def __init__(self, con: duckdb.DuckDBPyConnection, plan: Plan, as_of: date) -> None:
        self.known = Known(load(con), plan, as_of)
        self.rows: dict[str, list[Row]] = {}

    def answers(self, metrics: Iterable[str], by: Sequence[str], filters: Filters) -> Answers:
        return {metric: self._answer(metric, by, filters) for metric in metrics}

    def _answer(self, metric: str, by: Sequence[str], filters: Filters) -> dict[Group, Figure]:
        oracle = ORACLES[metric]
        if metric not in self.rows:
            self.rows[metric] = oracle.rows(self.known)
        return tally(oracle, self.rows[metric], self.known, by, choice(filters))


def choice(filters: Filters) -> Choice:
    return Choice(
        filters.since,
        filters.until,
        {
            "county": filters.counties,
            "township": filters.townships,
            "institution": filters.institutions,
            "severity": filters.severities,
            "area": filters.areas,
        },
    )


def filled(answers: Answers) -> Answers:
    """Leave out groups of nothing: by place every one is told, and most have nothing to tell."""
    return {
        metric: {group: one for group, one in groups.items() if not group or one not in EMPTY}
        for metric, groups in answers.items()
    }


def agree(
    con: duckdb.DuckDBPyConnection, plan: Plan, ledger: Ledger, by: tuple[str, ...], chosen: Filters
) -> None:
    """Both give the same groups and figures; by place the product also tells of those with nothing."""
    metrics = accepting(by)
    answers = told(con, metrics, ledger.as_of, by, chosen)
    counted = filled(answers) if {"township", "county"} & {*by} else answers
    expected = Expected(con, plan, ledger.as_of).answers(metrics, by, chosen)
    apart = [metric for metric in metrics if counted[metric] != expected[metric]]
    assert not apart, {metric: (counted[metric], expected[metric]) for metric in apart}
