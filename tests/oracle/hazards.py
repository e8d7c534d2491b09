"""The metrics on hazards, one by one: metrics.md, "On hazards"."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tests.oracle.facts import Hazard, is_by
from tests.oracle.figure import Oracle, Row
from tests.oracle.known import Known

COMPLETE = ("tracker", "responsible_unit", "responsible_person", "measures", "deadline_on")
AGES = ((7, "1–7天"), (30, "8–30天"), (90, "31–90天"))
OLDEST = "90天以上"


@dataclass(frozen=True)
class Seen:
    """A hazard as known on a day."""

    hazard: Hazard
    known: Known

    @property
    def as_of(self) -> date:
        return self.known.as_of

    @property
    def due_on(self) -> date | None:
        hazard = self.hazard
        is_known = hazard.extension_approved_on is None or hazard.extension_approved_on <= self.as_of
        return hazard.extended_to if hazard.extended_to is not None and is_known else hazard.deadline_on

    @property
    def is_rectified(self) -> bool:
        return is_by(self.hazard.rectified_on, self.as_of)

    @property
    def is_overdue(self) -> bool:
        return not self.is_rectified and self.due_on is not None and self.due_on < self.as_of

    @property
    def is_major_and_open(self) -> bool:
        return self.hazard.is_major and not self.is_rectified

    @property
    def is_on_time(self) -> bool:
        return self.is_rectified and self.due_on is not None and is_by(self.hazard.rectified_on, self.due_on)

    @property
    def is_complete(self) -> bool:
        return all(getattr(self.hazard, name) is not None for name in COMPLETE)

    @property
    def is_verified(self) -> bool:
        return is_by(self.hazard.verified_on, self.as_of)

    @property
    def days_to_report(self) -> int | None:
        if self.hazard.is_found_by_county:
            return 0
        if self.hazard.reported_on is None or self.hazard.reported_on > self.as_of:
            return None
        return (self.hazard.reported_on - self.hazard.found_on).days

    @property
    def is_prompt(self) -> bool:
        return self.days_to_report is not None and self.days_to_report <= self.known.plan.prompt_days

    @property
    def had_to_be_reported(self) -> bool:
        is_late = (self.as_of - self.hazard.found_on).days > self.known.plan.prompt_days
        return self.hazard.is_major and (self.days_to_report is not None or is_late)

    @property
    def is_recurrence(self) -> bool:
        return any(
            self._comes_back_after(other) for other in self.known.facts.hazards_of[self.hazard.institution_id]
        )

    def _comes_back_after(self, other: Hazard) -> bool:
        this = self.hazard
        if other.rectified_on is None or not (this.is_comparable and other.is_comparable):
            return False
        is_alike = (this.area, this.kind) == (other.area, other.kind)
        days = (this.found_on - other.rectified_on).days
        return is_alike and other.found_on < this.found_on and 0 <= days <= self.known.plan.recurrence_days

    @property
    def days_open(self) -> int:
        last = self.hazard.rectified_on if self.is_rectified else None
        return ((last or self.as_of) - self.hazard.found_on).days

    @property
    def age(self) -> str | None:
        if not self.is_overdue or self.due_on is None:
            return None
        days = (self.as_of - self.due_on).days
        return next((word for most, word in AGES if days <= most), OLDEST)

    @property
    def dimensions(self) -> dict[str, str | None]:
        own = {
            **month_and_quarter(self.hazard.found_on),
            "area": self.hazard.area,
            "kind": self.hazard.kind,
            "severity": self.hazard.severity,
            "source": self.hazard.source,
            "cause": self.hazard.cause,
            "age": self.age,
        }
        return self.known.facts.place(self.hazard.institution_id) | own


def month_and_quarter(day: date) -> dict[str, str | None]:
    return {"month": f"{day.year}-{day.month:02d}", "quarter": f"{day.year}Q{(day.month + 2) // 3}"}


def seen(known: Known) -> list[Seen]:
    """Every hazard found by the day, as known on it."""
    return [Seen(hazard, known) for hazard in known.facts.hazards if hazard.found_on <= known.as_of]


Test = Callable[[Seen], bool]


def every(_: Seen) -> bool:
    return True


def share(counts: Test, of: Test = every) -> Callable[[Known], list[Row]]:
    """Of the hazards for which `of` holds, those for which `counts` does."""

    def rows(known: Known) -> list[Row]:
        return [
            Row(
                one.dimensions, one.hazard.found_on, one.hazard.found_on, int(counts(one)), days=one.days_open
            )
            for one in seen(known)
            if of(one)
        ]

    return rows


ORACLES = {
    "hazards_found": Oracle("count", share(every)),
    "hazards_open": Oracle("count", share(every, lambda one: not one.is_rectified), is_stock=True),
    "major_open": Oracle("count", share(every, lambda one: one.is_major_and_open), is_stock=True),
    "overdue": Oracle("count", share(every, lambda one: one.is_overdue), is_stock=True),
    "overdue_ages": Oracle("count", share(every, lambda one: one.is_overdue), is_stock=True),
    "rectification_rate": Oracle("rate", share(lambda one: one.is_rectified)),
    "major_rectification_rate": Oracle(
        "rate", share(lambda one: one.is_rectified, lambda one: one.hazard.is_major)
    ),
    "on_time_rate": Oracle(
        "rate",
        share(
            lambda one: one.is_on_time,
            lambda one: one.due_on is not None and (one.is_rectified or one.is_overdue),
        ),
    ),
    "verification_rate": Oracle("rate", share(lambda one: one.is_verified, lambda one: one.is_rectified)),
    "ledger_completeness": Oracle("rate", share(lambda one: one.is_complete)),
    "prompt_report_rate": Oracle(
        "rate", share(lambda one: one.is_prompt, lambda one: one.had_to_be_reported)
    ),
    "self_found_rate": Oracle("rate", share(lambda one: one.hazard.source_code == "self_check")),
    "recurrence_rate": Oracle("rate", share(lambda one: one.is_recurrence)),
    "days_to_rectify": Oracle("median", share(lambda one: one.is_rectified)),
}
