"""Judgements against dated thresholds, and the Wilson interval."""

from dataclasses import replace

import pytest
from statsmodels.stats.proportion import proportion_confint

from queries.campaign import read_campaign
from queries.judge import interval, judge
from queries.parts import Threshold
from tests.queries.warehouses import day, warehouse

TODAY = day("2024-06-30")


@pytest.mark.parametrize(
    ("value", "judgement"),
    [(1.0, "good"), (0.95, "good"), (0.9499, "warn"), (0.85, "warn"), (0.8499, "alarm"), (None, None)],
)
def test_a_high_rate_is_good(value: float | None, judgement: str | None) -> None:
    assert judge(warehouse(), "rectification_rate", value, TODAY) == judgement


@pytest.mark.parametrize(
    ("value", "judgement"), [(0.0, "good"), (0.1, "good"), (0.2, "warn"), (0.3, "warn"), (0.31, "alarm")]
)
def test_a_low_rate_is_good_where_low_is(value: float, judgement: str) -> None:
    campaign = read_campaign()
    low = Threshold("recurrence_rate", 0.0, 0.1, 0.3, day("2024-01-01"))
    con = warehouse(replace(campaign, thresholds=(low,)))
    assert judge(con, "recurrence_rate", value, TODAY) == judgement


def test_a_threshold_holds_from_its_day_on() -> None:
    campaign = read_campaign()
    before = Threshold("rectification_rate", 1.0, 0.5, 0.4, day("2024-01-01"))
    after = Threshold("rectification_rate", 1.0, 0.9, 0.8, day("2024-07-01"))
    con = warehouse(replace(campaign, thresholds=(after, before)))
    assert judge(con, "rectification_rate", 0.6, day("2023-12-31")) is None
    assert judge(con, "rectification_rate", 0.6, day("2024-06-30")) == "good"
    assert judge(con, "rectification_rate", 0.6, day("2024-07-01")) == "alarm"


def test_of_open_and_overdue_ones_none_is_good_and_an_overdue_major_one_is_worst() -> None:
    con = warehouse()
    assert judge(con, "overdue", 0, TODAY) == "good"
    assert judge(con, "overdue", 3, TODAY) == "warn"
    assert judge(con, "overdue", 3, TODAY, has_overdue_major=True) == "alarm"
    assert judge(con, "hazards_found", 3, TODAY) is None


@pytest.mark.parametrize(
    ("numerator", "denominator"), [(0, 1), (1, 1), (0, 7), (3, 7), (7, 7), (18, 23), (999, 1000)]
)
def test_the_interval_is_that_of_statsmodels(numerator: int, denominator: int) -> None:
    expected = proportion_confint(numerator, denominator, method="wilson")
    assert interval(numerator, denominator) == pytest.approx(expected, abs=1e-12)


def test_nothing_has_no_interval() -> None:
    assert interval(0, 0) is None
