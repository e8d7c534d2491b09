"""Every metric's oracle, by its code."""

from tests.oracle import duties, hazards, institutions, tasks
from tests.oracle.figure import Oracle

ORACLES: dict[str, Oracle] = hazards.ORACLES | duties.ORACLES | institutions.ORACLES | tasks.ORACLES
