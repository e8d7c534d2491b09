"""What the records say of a unit, whatever it reports itself: True, False, or None where they cannot tell."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.oracle.facts import Activity, Institution, Measure, Progress, is_by
from tests.oracle.hazards import Seen
from tests.oracle.known import Known

AUTHORITIES = {"township", "county", "surprise", "covert", "joint"}


@dataclass(frozen=True)
class Unit:
    """Who is asked: a county's bureau, a township's office, or an institution."""

    unit_code: str
    name: str
    county_id: int
    township_id: int | None = None
    institution_id: int | None = None

    def is_of(self, record: Activity | Measure | Progress) -> bool:
        if record.unit_code != self.unit_code:
            return False
        if self.unit_code == "institution":
            return record.institution_id == self.institution_id
        if self.unit_code == "county":
            return record.county_id == self.county_id
        return record.township_id == self.township_id

    def has(self, one: Institution, known: Known) -> bool:
        """Tell whether an institution belongs to the unit."""
        if self.unit_code == "institution":
            return one.institution_id == self.institution_id
        if self.unit_code == "county":
            return known.facts.county_of[one.township_id] == self.county_id
        return one.township_id == self.township_id


Answer = bool | None
Evidence = Callable[[Known, Unit], Answer]


def held(activity_code: str) -> Evidence:
    def is_held(known: Known, unit: Unit) -> Answer:
        return any(
            one.activity_code == activity_code and unit.is_of(one) and one.held_on <= known.as_of
            for one in known.facts.activities
        )

    return is_held


def responsibility(known: Known, unit: Unit) -> Answer:
    assert unit.institution_id is not None
    return is_by(known.facts.institution[unit.institution_id].responsibility_on, known.as_of)


def emergency_plan(known: Known, unit: Unit) -> Answer:
    assert unit.institution_id is not None
    return is_by(known.facts.institution[unit.institution_id].emergency_plan_on, known.as_of)


def appraisal(known: Known, unit: Unit) -> Answer:
    covered: set[str] = set()
    for one in known.facts.inspections:
        is_own = one.institution_id == unit.institution_id and one.inspection_code == "appraisal"
        if is_own and one.inspected_on <= known.as_of:
            covered |= set(one.area_codes)
    return {"fire", "electricity", "gas"} <= covered and bool({"construction", "building"} & covered)


def _hazards(known: Known, unit: Unit) -> list[Seen]:
    return [
        Seen(hazard, known)
        for one in known.facts.institutions
        if unit.has(one, known)
        for hazard in known.facts.hazards_of[one.institution_id]
        if hazard.found_on <= known.as_of
    ]


def major_ledger(known: Known, unit: Unit) -> Answer:
    majors = [one for one in _hazards(known, unit) if one.hazard.is_major]
    return all(one.is_complete for one in majors) if majors else None


def nothing_overdue(known: Known, unit: Unit) -> Answer:
    return not any(one.is_overdue for one in _hazards(known, unit))


def inspected(known: Known, unit: Unit) -> Answer:
    visited = {
        one.institution_id
        for one in known.facts.inspections
        if one.inspection_code in AUTHORITIES and known.plan.first <= one.inspected_on <= known.as_of
    }
    asked = {one.institution_id for one in known.open_institutions if unit.has(one, known)}
    return asked <= visited if asked else None


def measures(known: Known, unit: Unit) -> Answer:
    of_county = [one for one in known.facts.measures if one.county_id == unit.county_id]
    issued = [one for one in of_county if one.issued_on <= known.as_of]
    return any(unit.is_of(one) for one in issued) if issued else None


def none(known: Known, unit: Unit) -> Answer:
    return None


EVIDENCE: dict[str, Evidence] = {
    "none": none,
    "mobilisation_meeting": held("mobilisation_meeting"),
    "joint_consultation": held("joint_consultation"),
    "safety_month": held("safety_month"),
    "responsibility": responsibility,
    "emergency_plan": emergency_plan,
    "appraisal": appraisal,
    "major_ledger": major_ledger,
    "inspected": inspected,
    "measures": measures,
    "nothing_overdue": nothing_overdue,
}
