"""Who took part in trainings and drills: metrics.md, training_coverage and drill_participation."""

from tests.oracle.facts import Drill, Institution, Training
from tests.oracle.figure import Oracle, Row
from tests.oracle.known import Known
from tests.oracle.plan import Period, periods

GROUPS = {
    "principals": "机构负责人",
    "safety_managers": "安全管理人员",
    "frontline_staff": "一线职工",
    "care_staff": "护理人员",
    "mobile_residents": "有行动能力老人",
}


def training_coverage(known: Known) -> list[Row]:
    """Of those expected in an institution's half-year, group by group, who came."""
    return [
        _coverage(one, half, group, expected, sessions, known)
        for one in known.facts.institutions
        for half in periods(known.plan, "half_year")
        for sessions in [_own_sessions(one, half, known)]
        for group in GROUPS
        for expected in [max((getattr(each, f"expected_{group}") or 0 for each in sessions), default=0)]
        if expected > 0
    ]


def _own_sessions(one: Institution, half: Period, known: Known) -> list[Training]:
    return [
        each
        for each in known.facts.trainings
        if each.institution_id == one.institution_id
        and each.organiser_code == "institution"
        and half.first <= each.trained_on <= min(half.last, known.as_of)
    ]


def _coverage(
    one: Institution, half: Period, group: str, expected: int, sessions: list[Training], known: Known
) -> Row:
    attended = sum(getattr(each, f"attended_{group}") or 0 for each in sessions)
    dimensions = known.facts.place(one.institution_id) | {"period": half.name, "group": GROUPS[group]}
    return Row(dimensions, half.first, half.last, min(attended, expected), expected)


def drill_participation(known: Known) -> list[Row]:
    """Of those on the register of an institution that drilled in a year, who took part in its drills."""
    rows = []
    for one in known.facts.institutions:
        for year in periods(known.plan, "year"):
            drills = _evacuations(one, year, known)
            registered = (one.staff or 0) + (one.mobile_residents or 0)
            if drills and registered:
                place = known.facts.place(one.institution_id) | {"period": year.name}
                rows.append(Row(place, year.first, year.last, _taking_part(one, drills), registered))
    return rows


def _evacuations(one: Institution, year: Period, known: Known) -> list[Drill]:
    return [
        each
        for each in known.facts.drills
        if each.institution_id == one.institution_id
        and each.is_evacuation
        and year.first <= each.drilled_on <= min(year.last, known.as_of)
    ]


def _taking_part(one: Institution, drills: list[Drill]) -> int:
    staff = sum(each.staff_attending or 0 for each in drills)
    residents = sum(each.residents_attending or 0 for each in drills)
    return min(staff, one.staff or 0) + min(residents, one.mobile_residents or 0)


ORACLES = {
    "training_coverage": Oracle("rate", training_coverage),
    "drill_participation": Oracle("rate", drill_participation),
}
