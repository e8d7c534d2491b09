"""Lists of records: their columns' Chinese titles, the urgent ones first."""

from collections.abc import Collection, Mapping
from functools import partial

from dashboard import hazard_link, sources, table
from dashboard.view import View
from queries import records
from queries.rows import Rows

URGENT = """
    (case when is_overdue then is_major end) desc nulls last,
    days_overdue desc nulls last, found_on desc nulls last, hazard_id
"""


def titles(kind: str, columns: Collection[str]) -> dict[str, str]:
    """The columns people are shown, in order, as far as the rows have them: column to Chinese title."""
    return {name: title for name, title in records.titles(kind).items() if name in columns}


def urgent_first(rows: Rows) -> Rows:
    """Hazards with the overdue major ones first, then by days overdue, then the latest found."""
    known = {"hazard_id", "is_overdue", "is_major", "days_overdue", "found_on"} <= set(rows.columns)
    return rows.ordered(URGENT) if known else rows


def draw(
    view: View,
    rows: Rows,
    shown: Mapping[str, str],
    key: str,
    name: str,
    when_empty: str = "筛选范围内没有这样的记录。",
) -> None:
    """A table of the build's rows; of hazards each leads to its whole loop."""
    are_hazards = {"hazard_id", *hazard_link.KNOWN_BY} <= set(rows.columns)
    table.draw(
        sources.stored(view, rows),
        shown,
        key,
        f"{name}_{view.as_of:%Y-%m-%d}",
        when_empty,
        partial(hazard_link.addresses, view) if are_hazards else None,
        hazard_link.KNOWN_BY if are_hazards else (),
    )
