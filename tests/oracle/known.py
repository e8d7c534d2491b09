"""What every metric is computed from: the facts, the plan, and the day they are known up to."""

from dataclasses import dataclass
from datetime import date

from tests.oracle.facts import Facts, Institution, is_open
from tests.oracle.plan import Plan


@dataclass(frozen=True)
class Known:
    facts: Facts
    plan: Plan
    as_of: date

    @property
    def open_institutions(self) -> list[Institution]:
        return [one for one in self.facts.institutions if is_open(one, self.as_of, self.as_of)]
