"""A ledger as it would have been sent on its day: nothing later has happened yet."""

from datetime import date

from tests.oracle.drawing import Row, Rows
from tests.oracle.ledgers import Ledger

OWN_DAY = {
    "inspections": "inspected_on",
    "hazards": "found_on",
    "trainings": "trained_on",
    "drills": "drilled_on",
    "complaints": "received_on",
    "activities": "held_on",
    "measures": "issued_on",
}
"""The day that makes a record: after the as-of date there is none."""

LATER = {
    "institutions": ("closed_on", "responsibility_on", "emergency_plan_on"),
    "hazards": ("reported_on", "rectified_on", "verified_on"),
    "complaints": ("checked_on", "settled_on"),
    "task_progress": ("done_on",),
}
"""What happens to a record afterwards: after the as-of date it has not."""

EXTENSION = {"extended_to", "extension_approved_on", "extensions"}


def forget_after(ledger: Ledger) -> Ledger:
    """Drop the records made after the as-of date and blank what happened to the others after it."""
    return Ledger(
        ledger.as_of,
        {table: _as_sent(table, rows, ledger.as_of) for table, rows in ledger.tables.items()},
    )


def _as_sent(table: str, rows: Rows, as_of: date) -> Rows:
    known = [row for row in rows if table not in OWN_DAY or not _is_after(row[OWN_DAY[table]], as_of)]
    return [_without_extension(_blanked(row, LATER.get(table, ()), as_of), as_of) for row in known]


def _blanked(row: Row, names: tuple[str, ...], as_of: date) -> Row:
    return row | {name: None for name in names if _is_after(row[name], as_of)}


def _without_extension(row: Row, as_of: date) -> Row:
    is_unknown = _is_after(row.get("extension_approved_on"), as_of)
    return row | (dict.fromkeys(EXTENSION & row.keys()) if is_unknown else {})


def _is_after(day: object, as_of: date) -> bool:
    return isinstance(day, date) and day > as_of
