"""The closing-time median, against worked cases and statsmodels."""

from datetime import timedelta
from itertools import product

import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from queries.curve import closing_curve
from queries.evaluate import evaluate
from tests.queries.warehouses import day, warehouse

# Lengths in days; + marks a hazard still open on the as-of date. What the median is, and why.
MEDIANS = """
    lengths         | median
    3               | 3
    3 5             | 3
    3 5 9           | 5
    3 3 9 9         | 3
    0 4             | 0
    3 5+            | 3
    3+ 5            | 5
    3+ 5+           |
    4 5+ 6+         |
    2 3+ 6 9        | 6
    1 2 30+ 30+     | 2
    1 30+ 30+       |
"""


def cases() -> list[tuple[str, float | None]]:
    split = [line.split("|") for line in MEDIANS.strip().splitlines()[1:]]
    return [(lengths.strip(), float(median) if median.strip() else None) for lengths, median in split]


def ledger(lengths: str) -> str:
    """Hazards that took, or have been open for, these days on 2024-06-30."""
    lines = ["found_on | rectified_on"]
    for length in lengths.split():
        days = timedelta(int(length.removesuffix("+")))
        if length.endswith("+"):
            lines.append(f"{day('2024-06-30') - days} | ")
        else:
            lines.append(f"2024-01-01 | {day('2024-01-01') + days}")
    return "\n".join(lines)


@pytest.mark.parametrize(("lengths", "median"), cases())
def test_the_median_is_the_first_day_half_are_closed(lengths: str, median: float | None) -> None:
    found = evaluate(warehouse(hazards=ledger(lengths)), "days_to_rectify", day("2024-06-30")).row(0)
    every = lengths.split()
    events = sum(not length.endswith("+") for length in every)
    assert found == (events, len(every), median)


def test_the_curve_is_that_of_statsmodels() -> None:
    lengths = list(product((1, 2, 2, 5, 8, 8, 13), (True, False)))
    text = " ".join(f"{days}{'' if is_event else '+'}" for days, is_event in lengths)
    ours = closing_curve(warehouse(hazards=ledger(text)), day("2024-06-30"))
    peer = SurvfuncRight([days for days, _ in lengths], [int(is_event) for _, is_event in lengths])
    assert ours["days_taken"].to_list() == list(peer.surv_times)
    assert ours["surviving"].to_list() == pytest.approx(list(peer.surv_prob))
    assert ours["at_risk"].to_list() == list(peer.n_risk)


def test_each_group_has_its_own_curve() -> None:
    con = warehouse(
        hazards="""
            found_on   | rectified_on | severity
            2024-01-01 | 2024-01-03   | 一般
            2024-01-01 | 2024-01-11   | 重大
            2024-01-01 |              | 重大
        """
    )
    found = evaluate(con, "days_to_rectify", day("2024-06-30"), ["severity"])
    assert found.rows() == [("一般", 1, 1, 2), ("重大", 1, 2, 10)]
    by_town = evaluate(con, "days_to_rectify", day("2024-06-30"), ["township"])
    assert by_town.rows() == [("甲镇", 2, 3, 10), ("乙镇", 0, 0, None)]
