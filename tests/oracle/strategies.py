"""What the tests draw: a small ledger with the day it is looked at, and what a reader chooses to see."""

import os
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from queries.filters import Filters
from tests.oracle import drawn_records
from tests.oracle.days import PLAN, days, days_of
from tests.oracle.drawing import COUNTIES, HOMES, TOWNS, WORDS, Draw, Rows, Towns
from tests.oracle.drawn_hazards import hazards
from tests.oracle.ledgers import Ledger
from tests.oracle.plan import Period, periods

HALVES = periods(PLAN, "half_year")
by_half_year = pytest.mark.parametrize("half", HALVES, ids=[half.name for half in HALVES])
"""A law is tried in each half-year apart: Hypothesis varies its first nine or ten examples most."""

EXAMPLES = 50 if os.environ.get("ZHIBEN_TEST_ALL") else 9


def prove(claim: Callable[..., None], strategy: st.SearchStrategy[Any], part: int) -> None:
    """Try a claim on what a strategy draws: in each part of a test other draws, each time the same.

    No deadline, as the machine may be busy.
    """
    examples = settings(max_examples=EXAMPLES, deadline=None, derandomize=True)
    seed(part)(examples(given(strategy)(claim)))()


COUNTIES_OF_TOWNS: tuple[Towns, ...] = ((1, 1), (1, 1, 1), (1, 1, 2), (1, 2))
HOME_NUMBERS = (0, 1, 2, 2, 3, 3, 4, 4, 4)
MODES = ("mixed", "mixed", "mixed", "mixed", "all open", "all major")


@st.composite
def ledgers(draw: Draw, half: Period) -> Ledger:
    """Two or three towns of a county or two, up to four institutions, and what may be recorded of them."""
    as_of, towns = draw(days_of(half)), draw(st.sampled_from(COUNTIES_OF_TOWNS))
    homes = [
        draw(drawn_records.institutions(as_of, number, towns))
        for number in range(1, draw(st.sampled_from(HOME_NUMBERS)) + 1)
    ]
    townships: Rows = [
        {"township_id": number, "county_id": county, "township": name, "former_names": []}
        for number, (county, name) in enumerate(zip(towns, TOWNS, strict=False), 1)
    ]
    counties = COUNTIES[: max(towns)]
    register = {"counties": counties, "townships": townships, "institutions": homes}
    tables = register | draw(_records(as_of, homes, towns))
    return Ledger(as_of, tables)


@st.composite
def _records(draw: Draw, as_of: date, homes: Rows, towns: Towns) -> dict[str, Rows]:
    told = {
        "activities": draw(_several(drawn_records.activities, 8, as_of, homes, towns)),
        "measures": draw(_several(drawn_records.measures, 2, as_of, homes, towns)),
        "task_progress": draw(drawn_records.task_progress(as_of, homes, towns)),
    }
    for table in ("inspections", "trainings", "drills", "complaints") if homes else ():
        told[table] = draw(_several(getattr(drawn_records, table), 12, as_of, len(homes)))
    return told | ({"hazards": draw(_hazards(as_of, len(homes)))} if homes else {})


@st.composite
def _several(draw: Draw, record: Callable[..., Any], most: int, *about: object) -> Rows:
    return [draw(record(*about, number)) for number in range(1, draw(_numbers(most)) + 1)]


def _numbers(most: int) -> st.SearchStrategy[int]:
    """How many: nothing in one ledger of six, else rather many, as few rules meet in few records."""
    return st.sampled_from([0, most // 3, most // 2, most - 1, most, most])


@st.composite
def _hazards(draw: Draw, as_of: date, homes: int) -> Rows:
    found: Rows = []
    mode = draw(st.sampled_from(MODES))
    for _ in range(draw(_numbers(12))):
        found.append(draw(hazards(as_of, homes, found, mode)))
    return found


anytime: st.SearchStrategy[Ledger] = st.sampled_from(HALVES).flatmap(ledgers)
"""A ledger looked at on any day of the campaign."""


@st.composite
def filtered(draw: Draw, half: Period | None = None) -> tuple[Ledger, Filters]:
    """A ledger, and what a reader chooses to see of it."""
    ledger = draw(anytime if half is None else ledgers(half))
    return ledger, draw(st.just(Filters()) | filters(ledger.as_of))


@st.composite
def filters(draw: Draw, as_of: date) -> Filters:
    """What a reader may choose, each filter left alone more often than not."""
    day = st.none() | st.none() | st.sampled_from(days(as_of))
    return Filters(
        since=draw(day),
        until=draw(day),
        counties=draw(_some(tuple(str(row["county"]) for row in COUNTIES))),
        townships=draw(_some(TOWNS)),
        institutions=draw(_some(HOMES)),
        severities=draw(_some(tuple(WORDS["severity"].values()))),
        areas=draw(_some(("消防", "用电", "其他"))),
    )


def _some(words: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    chosen = st.lists(st.sampled_from(words), min_size=1, unique=True).map(tuple)
    return st.just(()) | st.just(()) | chosen
