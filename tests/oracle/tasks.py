"""Phases and their tasks, unit by unit: domain.md, "The four phases"; metrics.md, its last three rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.oracle.evidence import EVIDENCE, Unit
from tests.oracle.facts import Institution, is_by, is_open
from tests.oracle.figure import Oracle, Row
from tests.oracle.known import Known
from tests.oracle.plan import Phase, Task


@dataclass(frozen=True)
class Asked:
    """A task asked of a unit, as known on a day."""

    task: Task
    unit: Unit
    known: Known

    @property
    def is_done(self) -> bool:
        return any(
            one.task == self.task.code and self.unit.is_of(one) and is_by(one.done_on, self.known.as_of)
            for one in self.known.facts.task_progress
        )

    @property
    def is_supported(self) -> bool | None:
        return EVIDENCE[self.task.evidence](self.known, self.unit)

    @property
    def is_overdue(self) -> bool:
        return self.task.due_on < self.known.as_of and not self.is_done

    @property
    def dimensions(self) -> dict[str, str | None]:
        return place_of(self.unit, self.known) | {"phase": self.task.phase.code, "unit": self.unit.name}


def place_of(unit: Unit, known: Known) -> dict[str, str | None]:
    """Name the institution and the township of a unit, where it has one, and its county."""
    if unit.institution_id is not None:
        return known.facts.place(unit.institution_id)
    town = known.facts.township[unit.township_id] if unit.township_id is not None else None
    return {"township": town, "institution": None, "county": known.facts.county[unit.county_id]}


def units(known: Known) -> Iterator[Unit]:
    facts = known.facts
    for county in facts.counties:
        yield Unit("county", county.bureau, county.county_id)
    for town in facts.townships:
        yield Unit("township", town.township, town.county_id, town.township_id)
    for one in facts.institutions:
        county_id = facts.county_of[one.township_id]
        yield Unit("institution", one.institution, county_id, one.township_id, one.institution_id)


def _takes_part(one: Institution, phase: Phase, known: Known) -> bool:
    """Open on any day of the phase up to the day; the mobilisation's one day is its last."""
    last = min(phase.last, known.as_of)
    first = last if phase.asked_on == "last_day" else max(phase.first, one.opened_on or phase.first)
    return first <= last and is_open(one, first, known.as_of)


def _is_asked(task: Task, unit: Unit, known: Known) -> bool:
    if task.unit_code != unit.unit_code or task.phase.first > known.as_of:
        return False
    if unit.institution_id is None:
        return True
    return _takes_part(known.facts.institution[unit.institution_id], task.phase, known)


def asked(known: Known) -> list[Asked]:
    """Every task of the phases begun, once for each unit it is asked of."""
    return [
        Asked(task, unit, known)
        for task in known.plan.tasks
        for unit in units(known)
        if _is_asked(task, unit, known)
    ]


Test = Callable[[Asked], bool]


def every(_: Asked) -> bool:
    return True


def share(counts: Test, of: Test = every) -> Callable[[Known], list[Row]]:
    """Of the tasks asked for which `of` holds, those for which `counts` does."""

    def rows(known: Known) -> list[Row]:
        return [
            Row(one.dimensions, known.as_of, known.as_of, int(counts(one))) for one in asked(known) if of(one)
        ]

    return rows


def phase_time_gone(known: Known) -> list[Row]:
    """Days of each phase gone, of all its days."""
    rows = []
    for phase in known.plan.phases:
        days = (phase.last - phase.first).days + 1
        gone = min(max((known.as_of - phase.first).days + 1, 0), days)
        rows.append(Row({"phase": phase.code}, known.as_of, known.as_of, gone, days))
    return rows


ORACLES = {
    "phase_progress": Oracle("rate", share(lambda one: one.is_done), is_stock=True),
    "phase_time_gone": Oracle("rate", phase_time_gone, is_stock=True),
    "tasks_overdue": Oracle("count", share(every, lambda one: one.is_overdue), is_stock=True),
    "task_support": Oracle(
        "rate",
        share(
            lambda one: one.is_supported is True,
            lambda one: one.is_done and one.is_supported is not None,
        ),
        is_stock=True,
    ),
}
