"""A page asks few wide questions: what its cards show on a day not looked at before is one of them."""

from datetime import timedelta
from pathlib import Path

import pytest

from dashboard import answers, keeping, registers, trends
from dashboard.folders import WAREHOUSE_VARIABLE
from dashboard.session import Build, current
from queries.filters import Filters
from tests.dashboard.conftest import Open
from tests.dashboard.warehouses import AS_OF

EARLIER = AS_OF - timedelta(days=40)
MOST = {"overview": 13, "phases": 21, "hazards": 27, "overdue": 20, "duties": 24, "training": 31}
"""How many statements 总览 and then a page ask of a day, when one a month before has been looked at."""
CODES = ("rectification_rate", "on_time_rate", "overdue", "hazards_open")
ALL, TOWN = Filters(), Filters(townships=("南岭镇",))


@pytest.fixture
def build(example: Path, monkeypatch: pytest.MonkeyPatch) -> Build:
    """The example's build, open as long as a test holds it."""
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(example))
    shown = current()
    assert shown is not None
    return shown


@pytest.mark.parametrize("page", MOST)
def test_a_page_asks_few_questions(open_page: Open, example: Path, page: str, asked: list[str]) -> None:
    keeping.let_go()
    for day in (EARLIER, AS_OF):
        asked.clear()
        drawn = open_page(example, page, as_of=day.isoformat())
        assert not drawn.exception
    assert len(asked) <= MOST[page], "\n".join(asked)


@pytest.mark.parametrize("filters", [ALL, TOWN])
def test_what_is_asked_ahead_is_one_question_and_what_trends_would_ask(
    build: Build, filters: Filters, asked: list[str]
) -> None:
    days = (EARLIER, AS_OF)
    plain = [trends.trend(build.code, metric, days, filters) for metric in CODES]
    keeping.let_go()
    registers.townships(build.code), answers.widened(build.code, (CODES[0],), (), filters)
    asked.clear()
    trends.ask_ahead(build.code, [(metric, days, filters) for metric in CODES])
    assert len(asked) == 1
    ahead = [trends.trend(build.code, metric, days, filters) for metric in CODES]
    assert len(asked) == 1
    for found, expected in zip(ahead, plain, strict=True):
        assert found.equals(expected)


def test_many_days_are_left_to_the_trend_itself(build: Build, asked: list[str]) -> None:
    keeping.let_go()
    asked.clear()
    trends.ask_ahead(
        build.code, [("hazards_open", [EARLIER - timedelta(days=each) for each in range(9)], ALL)]
    )
    assert not asked
