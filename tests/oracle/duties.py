"""The standing duties, institution by institution and period by period: domain.md, "The standing duties"."""

from collections.abc import Callable, Iterator
from datetime import date

from tests.oracle.facts import Institution, Training, is_open
from tests.oracle.figure import Oracle, Row
from tests.oracle.known import Known
from tests.oracle.plan import Period, Plan, Rule, periods


def in_force(plan: Plan, rule: Rule, period: Period) -> bool:
    """Tell whether, on the period's first day, this is the newest rule of its duty in effect."""
    begun = [one.since for one in plan.rules if one.duty == rule.duty and one.since <= period.first]
    return rule.since <= period.first and rule.since == max(begun)


def owed(known: Known, duty: str, one: Institution) -> Iterator[tuple[Rule, Period]]:
    """Yield the periods begun by the day for which an institution owes a duty, each with its rule."""
    for rule in known.plan.rules:
        for period in periods(known.plan, rule.frequency):
            if rule.duty != duty or period.first > known.as_of or not in_force(known.plan, rule, period):
                continue
            if is_open(one, period.first, known.as_of) and is_open(one, period.last, known.as_of):
                yield rule, period


def _self_checks(known: Known, institution_id: int) -> list[date]:
    return [
        one.inspected_on
        for one in known.facts.inspections
        if one.institution_id == institution_id
        and one.inspection_code == "self_check"
        and (one.is_led_by_principal and one.is_signed and one.is_filed)
    ]


def _staff_trained(one: Training) -> int:
    groups = (
        one.attended_principals,
        one.attended_safety_managers,
        one.attended_frontline_staff,
        one.attended_care_staff,
    )
    return sum(attended or 0 for attended in groups)


def _staff_trainings(known: Known, institution_id: int) -> list[date]:
    outside = {"township", "other"} if known.plan.outside_trainings_count else set()
    return [
        one.trained_on
        for one in known.facts.trainings
        if one.institution_id == institution_id
        and one.organiser_code in {"institution"} | outside
        and _staff_trained(one) >= 1
    ]


def _evacuation_drills(known: Known, institution_id: int) -> list[date]:
    drills = known.facts.drills
    return [one.drilled_on for one in drills if one.institution_id == institution_id and one.is_evacuation]


def _manager_trainings(known: Known, institution_id: int) -> list[date]:
    return [
        one.trained_on
        for one in known.facts.trainings
        if one.institution_id == institution_id
        and one.organiser_code == "county"
        and (one.attended_principals or 0) + (one.attended_safety_managers or 0) >= 1
    ]


def _standard_briefings(known: Known, institution_id: int) -> list[date]:
    return [
        one.held_on
        for one in known.facts.activities
        if one.unit_code == "institution"
        and one.institution_id == institution_id
        and one.activity_code == "standard_briefing"
    ]


def duty_rows(duty: str, meetings: Callable[[Known, int], list[date]]) -> Callable[[Known], list[Row]]:
    """Of the periods owed, those in which by the day enough was done."""

    def rows(known: Known) -> list[Row]:
        return [
            _row(known, one, period, duty, _is_met(meetings(known, one.institution_id), rule, period, known))
            for one in known.facts.institutions
            for rule, period in owed(known, duty, one)
        ]

    return rows


def _is_met(days: list[date], rule: Rule, period: Period, known: Known) -> bool:
    done = [day for day in days if period.first <= day <= min(period.last, known.as_of)]
    return len(done) >= rule.minimum


def _row(known: Known, one: Institution, period: Period, duty: str, is_met: bool) -> Row:
    dimensions = known.facts.place(one.institution_id) | {"duty": duty, "period": period.name}
    is_running = period.last > known.as_of
    return Row(dimensions, period.first, period.last, int(is_met), is_running=is_running)


ORACLES = {
    f"{duty}_rate": Oracle("rate", duty_rows(duty, meetings))
    for duty, meetings in {
        "self_check": _self_checks,
        "staff_training": _staff_trainings,
        "evacuation_drill": _evacuation_drills,
        "manager_training": _manager_trainings,
        "standard_briefing": _standard_briefings,
    }.items()
}
