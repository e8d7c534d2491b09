"""What a reader may narrow a figure down to, as conditions on a metric's rows."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from queries.catalog import column


@dataclass(frozen=True, kw_only=True)
class Filters:
    """The shared filters: a window of days and words to keep; empty means everything.

    since: default the campaign's first day; until: default the as-of date. picked: dimensions, each held to
    one of its values (None: to rows without one), where rows have that dimension.
    """

    since: date | None = None
    until: date | None = None
    counties: tuple[str, ...] = ()
    townships: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    picked: tuple[tuple[str, str | None], ...] = ()


COLUMNS = {
    "counties": "county",
    "townships": "township",
    "institutions": "institution",
    "severities": "severity",
    "areas": "area",
}
"""The column each filter of words looks at."""


def conditions(columns: Collection[str], filters: Filters, *, has_window: bool) -> list[str]:
    """Build the SQL conditions of the filters that apply to rows with `columns`."""
    picked = [
        f"{column(dimension)} is not distinct from $picked_{place}"
        for place, (dimension, _) in enumerate(filters.picked)
        if dimension in columns
    ]
    window = within(filters, "window_from", "window_to") if has_window else []
    return [*worded(columns, filters), *picked, *window]


def worded(columns: Collection[str], filters: Filters) -> list[str]:
    """Build the SQL conditions of the words to keep."""
    return [
        f"list_contains($filter_{name}, {held})"
        for name, held in COLUMNS.items()
        if held in columns and getattr(filters, name)
    ]


def within(filters: Filters, first: str, last: str) -> list[str]:
    """Build the SQL conditions that what lasts from one day to another touches the window."""
    since = "campaign_from_on()" if filters.since is None else "$filter_since"
    until = [] if filters.until is None else [f"{first} <= $filter_until"]
    return [f"{last} >= {since}", *until]


def parameters(filters: Filters, sql: str, mark: str = "") -> dict[str, object]:
    """Collect the filters' values for the parameters that a statement mentions; `mark` ends their names."""
    words = {
        f"filter_{name}": list(value) if isinstance(value, tuple) else value
        for name, value in vars(filters).items()
        if name != "picked"
    }
    picked = {f"picked_{place}": value for place, (_, value) in enumerate(filters.picked)}
    marked = {f"{name}{mark}": value for name, value in (words | picked).items()}
    return {name: value for name, value in marked.items() if re.search(rf"\${name}\b", sql)}


def ignored_filters(columns: Collection[str], filters: Filters, *, is_stock: bool) -> list[str]:
    """List the names of the filters that are set and cannot apply to rows with `columns`."""
    words = [name for name, held in COLUMNS.items() if held not in columns and getattr(filters, name)]
    days = [name for name in ("since", "until") if is_stock and getattr(filters, name) is not None]
    return [*days, *words]
