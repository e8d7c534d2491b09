"""The authorities' visits and what they find: metrics.md, "On visits, complaints, systems, tasks"."""

from datetime import date

from tests.oracle.evidence import AUTHORITIES
from tests.oracle.facts import Inspection
from tests.oracle.figure import Oracle, Row
from tests.oracle.hazards import month_and_quarter, seen
from tests.oracle.known import Known


def visits(known: Known) -> list[Inspection]:
    """Every inspection by an authority that is known on the day."""
    return [
        one
        for one in known.facts.inspections
        if one.inspection_code in AUTHORITIES and one.inspected_on <= known.as_of
    ]


def inspected_rate(known: Known) -> list[Row]:
    """Of the institutions open on the day, those visited in the window."""
    days: dict[int, list[date]] = {one.institution_id: [] for one in known.open_institutions}
    for visit in visits(known):
        if visit.institution_id in days:
            days[visit.institution_id].append(visit.inspected_on)
    return [
        Row(known.facts.place(home), known.as_of, known.as_of, visits=tuple(visited))
        for home, visited in days.items()
    ]


def unannounced_share(known: Known) -> list[Row]:
    return [_row(one, known, int(one.inspection_code in {"surprise", "covert"}), 1) for one in visits(known)]


def hazards_per_visit(known: Known) -> list[Row]:
    """Each visit, and each hazard an authority found."""
    found = [
        Row(one.dimensions, one.hazard.found_on, one.hazard.found_on, 1, 0)
        for one in seen(known)
        if one.hazard.source_code in AUTHORITIES
    ]
    dimensions = ("institution", "township", "county", "month", "quarter", "source")
    kept = [
        Row({name: row.dimensions[name] for name in dimensions}, row.first, row.last, 1, 0) for row in found
    ]
    return [*kept, *(_row(one, known, 0, 1, source=one.inspection_type) for one in visits(known))]


def _row(one: Inspection, known: Known, numerator: int, denominator: int, **more: str | None) -> Row:
    day = one.inspected_on
    dimensions = known.facts.place(one.institution_id) | month_and_quarter(day) | more
    return Row(dimensions, day, day, numerator, denominator)


ORACLES = {
    "inspected_rate": Oracle("rate", inspected_rate),
    "unannounced_share": Oracle("rate", unannounced_share),
    "hazards_per_visit": Oracle("rate", hazards_per_visit),
}
