"""Hazards drawn at random, some of which come back."""

from datetime import date, timedelta

from hypothesis import strategies as st

from tests.oracle.days import after, days
from tests.oracle.drawing import AUTHORITIES, WORDS, Draw, Row, Rows, maybe

FILLED = ("responsible_unit", "responsible_person", "measures", "tracker")
AGES = (1, 7, 8, 30, 31, 90, 91)
"""Days overdue: where an age ends and the next begins."""


@st.composite
def hazards(draw: Draw, as_of: date, homes: int, earlier: Rows, mode: str) -> Row:
    """One hazard; now and then one that comes back after another was rectified."""
    again = draw(st.sampled_from([None, *(one for one in earlier if one["rectified_on"] is not None)]))
    found_on = draw(st.sampled_from(days(as_of) if again is None else _comebacks(again)))
    is_major = mode == "all major" or draw(st.booleans())
    source = draw(st.sampled_from([None, "self_check", *WORDS["source"]]))
    rectified_on = None if mode == "all open" else draw(maybe(after(found_on, as_of)))
    return {
        "hazard_id": len(earlier) + 1,
        "found_on": found_on,
        "source": WORDS["source"].get(source),
        "source_code": source,
        "is_found_by_county": source in AUTHORITIES - {"township"},
        "severity": WORDS["severity"]["major" if is_major else "general"],
        "is_major": is_major,
        "description": "隐患",
        "cause": draw(st.sampled_from([None, "制度缺失", "其他"])),
        "reported_on": draw(maybe(after(found_on, as_of))),
        "rectified_on": rectified_on,
        "verified_on": draw(maybe(after(rectified_on or found_on, as_of))),
        **draw(_whereabouts(homes, again)),
        **draw(_deadlines(found_on, rectified_on, as_of)),
        **draw(_ledger_entries()),
    }


def _comebacks(again: Row) -> list[date]:
    rectified_on = again["rectified_on"]
    assert isinstance(rectified_on, date)
    return [rectified_on + timedelta(days=step) for step in (0, 1, -1, 179, 180, 181)]


@st.composite
def _whereabouts(draw: Draw, homes: int, again: Row | None) -> Row:
    home = draw(st.integers(1, homes))
    area = draw(st.sampled_from([None, "消防", "消防", "用电", "用电", "其他"]))
    kind = draw(st.sampled_from([None, "疏散通道堵塞", "疏散通道堵塞", "电气线路老化", "其他"]))
    if again is not None and draw(st.integers(0, 3)):
        return {name: again[name] for name in ("institution_id", "area", "kind", "is_comparable")}
    is_comparable = {area, kind}.isdisjoint({None, "其他"})
    return {"institution_id": home, "area": area, "kind": kind, "is_comparable": is_comparable}


@st.composite
def _deadlines(draw: Draw, found_on: date, rectified_on: date | None, as_of: date) -> Row:
    ages = [as_of - timedelta(days=days) for days in AGES]
    turns = [*after(found_on, as_of), *ages, *ages]
    if rectified_on is not None:
        turns += [rectified_on, rectified_on - timedelta(days=1), rectified_on + timedelta(days=1)]
    deadline_on = draw(st.sampled_from([None, None, None, *turns]))
    later = [day for day in turns if deadline_on is None or day >= deadline_on]
    extended_to = draw(st.none() | maybe(later))
    approved_on = draw(maybe(after(found_on, as_of))) if extended_to is not None else None
    return {"deadline_on": deadline_on, "extended_to": extended_to, "extension_approved_on": approved_on}


@st.composite
def _ledger_entries(draw: Draw) -> Row:
    missing = draw(st.sampled_from(["nothing", "nothing", *FILLED]))
    return {name: None if name == missing else "有" for name in FILLED}
