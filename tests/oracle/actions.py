"""今日必督, item by item: the rules written in campaign.toml, [[actions]]."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tests.oracle import duties
from tests.oracle.figure import Row
from tests.oracle.hazards import Seen, seen
from tests.oracle.known import Known
from tests.oracle.tasks import asked

Reports = list[tuple[int, date | None]]
"""Who sent a ledger, and of which day."""


@dataclass(frozen=True)
class Item:
    """One thing to act on: under which rule, by when, in which county and town (None: none), about what."""

    action: str
    due_on: date | None
    county: int
    town: int | None
    about: tuple[object, ...]


def items(known: Known, reports: Reports) -> set[Item]:
    """Everything to act on as known on a day, by the rules the plan has."""
    found = (*_hazards(known), *_duties(known), *_tasks(known), *_silent(known, reports))
    return {one for one in found if one.action in known.plan.ranks}


def order(item: Item, known: Known) -> tuple[object, ...]:
    """By rank, then days overdue from most to fewest, then the day due, then the towns' official order."""
    overdue = max((known.as_of - item.due_on).days, 0) if item.due_on else float("inf")
    town = float("inf") if item.town is None else item.town
    return known.plan.ranks[item.action], -overdue, item.due_on or date.max, item.county, town


def _hazards(known: Known) -> Iterator[Item]:
    county_of = known.facts.county_of
    for one in seen(known):
        if one.is_rectified:
            continue
        town, about = known.facts.institution[one.hazard.institution_id].township_id, (one.hazard.hazard_id,)
        if rule := _rule(one, known):
            yield Item(rule, one.due_on, county_of[town], town, about)
        if one.had_to_be_reported and one.days_to_report is None:
            due_on = one.hazard.found_on + timedelta(days=known.plan.prompt_days)
            yield Item("unreported_major", due_on, county_of[town], town, about)


def _rule(one: Seen, known: Known) -> str | None:
    if one.is_overdue:
        return "overdue_major" if one.hazard.is_major else "overdue_general"
    if one.due_on is None or (one.due_on - known.as_of).days > known.plan.due_soon_days:
        return None
    return "major_due_soon" if one.hazard.is_major else "due_soon"


def _duties(known: Known) -> Iterator[Item]:
    numbers = {town.township: town.township_id for town in known.facts.townships}
    for oracle in duties.ORACLES.values():
        for row in oracle.rows(known):
            if _is_ending(row, known):
                about = tuple(row.dimensions[name] for name in ("duty", "institution", "period"))
                town = numbers[str(row.dimensions["township"])]
                yield Item("duty_ending", row.last, known.facts.county_of[town], town, about)


def _is_ending(row: Row, known: Known) -> bool:
    left = (row.last - known.as_of).days
    return row.is_running and not row.numerator and left <= known.plan.period_ending_days


def _tasks(known: Known) -> Iterator[Item]:
    for one in asked(known):
        if one.is_overdue:
            about = one.task.code, one.unit.name
            yield Item("task_behind", one.task.due_on, one.unit.county_id, one.unit.township_id, about)


def _silent(known: Known, reports: Reports) -> Iterator[Item]:
    senders = {town for town, _ in reports}
    reporting = {known.facts.county_of[town] for town in senders}
    silence = timedelta(days=known.plan.silent_days)
    for town in known.facts.townships:
        days = [day for sender, day in reports if sender == town.township_id and day and day <= known.as_of]
        where = town.county_id, town.township_id
        if town.township_id not in senders and town.county_id in reporting:
            yield Item("silent_township", None, *where, ())
        elif days and max(days) + silence < known.as_of:
            yield Item("silent_township", max(days) + silence, *where, ())
