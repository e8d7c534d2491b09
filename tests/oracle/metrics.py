"""Every metric's oracle, by its code, and by what it can be broken down."""

from tests.oracle import activities, complaints, duties, hazards, institutions, sessions, tasks, visits
from tests.oracle.figure import Oracle

ORACLES: dict[str, Oracle] = {
    **hazards.ORACLES,
    **duties.ORACLES,
    **sessions.ORACLES,
    **activities.ORACLES,
    **visits.ORACLES,
    **complaints.ORACLES,
    **institutions.ORACLES,
    **tasks.ORACLES,
}

PLACES = {"county", "township", "institution"}
DATED = PLACES | {"month", "quarter"}
HAZARDS = DATED | {"area", "kind", "severity", "source", "cause", "age"}

DIMENSIONS_OF: dict[str, set[str]] = {
    **dict.fromkeys(hazards.ORACLES, HAZARDS),
    **dict.fromkeys(duties.ORACLES, PLACES | {"duty", "period"}),
    **dict.fromkeys(institutions.ORACLES, PLACES),
    **dict.fromkeys(tasks.ORACLES, PLACES | {"phase", "unit"}),
    "phase_time_gone": {"phase"},
    "training_coverage": PLACES | {"period", "group"},
    "drill_participation": PLACES | {"period"},
    "activity_coverage": PLACES | {"kind", "period", "unit"},
    "inspected_rate": PLACES,
    "unannounced_share": DATED,
    "hazards_per_visit": DATED | {"source"},
    **dict.fromkeys(complaints.ORACLES, DATED),
}
"""The dimensions of metrics.md that make sense for each."""


def accepting(by: tuple[str, ...]) -> list[str]:
    """The metrics that can be broken down by all of these."""
    return [metric for metric in ORACLES if set(by) <= DIMENSIONS_OF[metric]]
