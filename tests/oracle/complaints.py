"""What became of the complaints received: metrics.md, "On visits, complaints, systems, tasks"."""

from collections.abc import Callable

from tests.oracle.facts import Complaint, is_by
from tests.oracle.figure import Oracle, Row
from tests.oracle.hazards import month_and_quarter
from tests.oracle.known import Known

Test = Callable[[Complaint, Known], bool]


def every(_: Complaint, __: Known) -> bool:
    return True


def share(counts: Test, of: Test = every) -> Callable[[Known], list[Row]]:
    """Of the complaints received by the day for which `of` holds, those for which `counts` does."""

    def rows(known: Known) -> list[Row]:
        return [
            _row(one, known, counts)
            for one in known.facts.complaints
            if one.received_on <= known.as_of and of(one, known)
        ]

    return rows


def _row(one: Complaint, known: Known, counts: Test) -> Row:
    dimensions = known.facts.place(one.institution_id) | month_and_quarter(one.received_on)
    return Row(
        dimensions, one.received_on, one.received_on, int(counts(one, known)), days=days_unchecked(one, known)
    )


def is_checked(one: Complaint, known: Known) -> bool:
    return is_by(one.checked_on, known.as_of)


def days_unchecked(one: Complaint, known: Known) -> int:
    """How long it took to be checked, or has been waiting for it."""
    last = one.checked_on if is_checked(one, known) else None
    return ((last or known.as_of) - one.received_on).days


def _is_settled(one: Complaint, known: Known) -> bool:
    return is_by(one.settled_on, known.as_of)


def _is_overdue(one: Complaint, known: Known) -> bool:
    return one.due_on is not None and one.due_on < known.as_of and not _is_settled(one, known)


ORACLES = {
    "complaint_checked_rate": Oracle("rate", share(is_checked)),
    "complaint_settled_rate": Oracle("rate", share(_is_settled)),
    "days_to_check": Oracle("median", share(is_checked)),
    "complaints_overdue": Oracle("count", share(every, _is_overdue)),
}
