"""What is asked of every institution open on the day: metrics.md, the systems and the clear institutions."""

from collections.abc import Callable

from tests.oracle.evidence import Unit, appraisal
from tests.oracle.facts import Institution, is_by
from tests.oracle.figure import Oracle, Row
from tests.oracle.hazards import seen
from tests.oracle.known import Known


def share_of_open(has: Callable[[Institution, Known], bool]) -> Callable[[Known], list[Row]]:
    """Of the institutions open on the day, those that have it by then."""

    def rows(known: Known) -> list[Row]:
        return [
            Row(known.facts.place(one.institution_id), known.as_of, known.as_of, int(has(one, known)))
            for one in known.open_institutions
        ]

    return rows


def _is_clear(one: Institution, known: Known) -> bool:
    return not any(
        other.is_major_and_open for other in seen(known) if other.hazard.institution_id == one.institution_id
    )


def _is_appraised(one: Institution, known: Known) -> bool:
    county = known.facts.county_of[one.township_id]
    unit = Unit("institution", one.institution, county, one.township_id, one.institution_id)
    return appraisal(known, unit) is True


ORACLES = {
    "appraisal_rate": Oracle("rate", share_of_open(_is_appraised), is_stock=True),
    "clear_institutions": Oracle("rate", share_of_open(_is_clear), is_stock=True),
    "responsibility_rate": Oracle(
        "rate", share_of_open(lambda one, known: is_by(one.responsibility_on, known.as_of)), is_stock=True
    ),
    "emergency_plan_rate": Oracle(
        "rate", share_of_open(lambda one, known: is_by(one.emergency_plan_on, known.as_of)), is_stock=True
    ),
}
