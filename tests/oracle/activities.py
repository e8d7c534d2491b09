"""The activities the plan asks each year, unit by unit: metrics.md, activity_coverage."""

from tests.oracle.evidence import Unit
from tests.oracle.facts import is_open
from tests.oracle.figure import Oracle, Row
from tests.oracle.known import Known
from tests.oracle.plan import Asked, Period, periods
from tests.oracle.tasks import place_of, units


def activity_coverage(known: Known) -> list[Row]:
    """Of the units asked an activity in a year, those that held it."""
    return [
        _row(rule, unit, year, known)
        for rule in known.plan.activities
        for year in periods(known.plan, "year")
        for unit in units(known)
        if unit.unit_code == rule.unit_code and _is_asked(rule, unit, year, known)
    ]


def _is_asked(rule: Asked, unit: Unit, year: Period, known: Known) -> bool:
    is_in_force = rule.since <= year.first and (rule.until is None or year.first <= rule.until)
    if year.first > known.as_of or not is_in_force:
        return False
    if unit.institution_id is None:
        return True
    home = known.facts.institution[unit.institution_id]
    return is_open(home, year.first, known.as_of) and is_open(home, year.last, known.as_of)


def _row(rule: Asked, unit: Unit, year: Period, known: Known) -> Row:
    is_held = any(
        one.activity_code == rule.activity
        and unit.is_of(one)
        and year.first <= one.held_on <= min(year.last, known.as_of)
        for one in known.facts.activities
    )
    dimensions = place_of(unit, known) | {"unit": unit.name, "kind": rule.name, "period": year.name}
    return Row(dimensions, year.first, year.last, int(is_held), is_running=year.last > known.as_of)


ORACLES = {"activity_coverage": Oracle("rate", activity_coverage)}
