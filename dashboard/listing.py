"""Lists of records: of which kind they are, their columns' Chinese titles, the urgent ones first."""

import polars as pl

from queries import records

KEYS = {
    "hazard_id": "hazards",
    "task": "tasks",
    "duty": "duties",
    "activity": "activities_asked",
    "complaint_id": "complaints",
    "inspection_id": "inspections",
}
"""What identifies a row of each kind; a population with none of these is of institutions."""


def kind_of(code: str, rows: pl.DataFrame) -> str:
    """Of which kind of record a metric's population is: named as the metric, or known by its key."""
    if code in records.kinds():
        return code
    return next((kind for key, kind in KEYS.items() if key in rows.columns), "institutions")


def titles(kind: str, rows: pl.DataFrame) -> dict[str, str]:
    """The columns people are shown, in order, as far as the rows have them: column to Chinese title."""
    return {name: title for name, title in records.titles(kind).items() if name in rows.columns}


def urgent_first(rows: pl.DataFrame) -> pl.DataFrame:
    """Hazards with the overdue major ones first, then by days overdue, then the latest found."""
    if not {"hazard_id", "is_overdue"} <= set(rows.columns):
        return rows
    urgent = pl.when("is_overdue").then("is_major")
    return rows.sort(urgent, "days_overdue", "found_on", descending=True, nulls_last=True)
