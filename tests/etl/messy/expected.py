"""What must come of the rows: the tables, what each row counts as, and what is said of it.

A second, plain telling of contract.md's "same record" and "when rows of one record differ".
"""

import unicodedata
from collections import defaultdict
from datetime import date
from typing import Any

from etl.ledgers import LEDGERS
from tests.etl.messy.county import Home, Town
from tests.etl.messy.lines import RETURNED, Issue, Line, implied
from tests.etl.messy.records import CHOICES, Record

Place = tuple[str, str | None, int]
LISTED = {
    "rows_differ",
    "possible_duplicate",
    "gone_from_newer",
    "outside_opening",
    "returned",
    "merged_out_of_order",
}
"""Warnings about several rows or the register together: not foretold row by row."""


def true_records(lines: list[Line]) -> dict[str, list[Record]]:
    """Kind to its records, each made of its rows: a value beats a blank, then the newer row wins."""
    found: dict[str, list[Record]] = {kind: [] for kind in LEDGERS}
    for rows in _by_record(lines).values():
        newest = sorted(rows, key=_age, reverse=True)
        found[newest[0].kind].append(_merged(newest))
    return found


def winners(lines: list[Line]) -> set[Place]:
    """Where the rows stand that count as taken."""
    return {place_of(max(rows, key=_age)) for rows in _by_record(lines).values()}


def place_of(line: Line) -> Place:
    return line.path, line.sheet, line.row


def issues_of(line: Line) -> set[Issue]:
    """What must be said of a row: of a refused one only why."""
    said = {*line.planted, *implied(line)}
    return {issue for issue in said if issue.effect == "refuse"} if line.record is None else said


def _by_record(lines: list[Line]) -> dict[int, list[Line]]:
    rows: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if line.record is not None:
            rows[line.record].append(line)
    return rows


def _age(line: Line) -> tuple[date, bool, date, str, tuple[int, int]]:
    """The later, the newer: day of the report, sent back or not, day of the event, file, sheet and row."""
    events = [
        line.values[field.name]
        for field in LEDGERS[line.kind].fields
        if field.type == "event" and line.values[field.name] is not None
    ]
    is_back = line.values.get("status") == RETURNED
    return line.sent_on or date.min, is_back, max(events, default=date.min), line.path, line.place


def _merged(newest: list[Line]) -> Record:
    rows = [line.values for line in newest]
    returned = next((place for place, values in enumerate(rows) if values.get("status") == RETURNED), None)
    if returned is not None and returned < len(rows) - 1:
        cleared = {"rectified_on": None, "verified_on": None}
        rows = [values | (cleared if place >= returned else {}) for place, values in enumerate(rows)]
    record = {name: _first(row[name] for row in rows) for name in rows[0]}
    if newest[0].kind == "institutions":
        record["former_names"] = _other_names(rows)
    return _general(record) if newest[0].kind == "hazards" else record


def _other_names(rows: list[Record]) -> list[str]:
    """Every other name the register's rows give a home, in order."""
    names = {name for row in rows for name in (row["institution"].name, *row["former_names"])}
    return sorted(names - {rows[0]["institution"].name})


def _first(values: Any) -> Any:
    found = list(values)
    return next((value for value in found if value not in (None, [])), found[0])


def _general(record: Record) -> Record:
    return record | {"severity": record["severity"] or CHOICES["severity"]["general"]}


def comparable(record: Record) -> dict[str, Any]:
    """A record in plain values: names for institutions and towns, texts without blanks and full width."""
    return {name: _plain(value) for name, value in record.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Home):
        return bare_text(value.name), value.town.name
    if isinstance(value, Town):
        return value.name
    if isinstance(value, list):
        return tuple(map(_plain, value))
    return bare_text(value) if isinstance(value, str) else value


def bare_text(text: str) -> str:
    """A text without blanks, width and the full stop behind it."""
    return "".join(unicodedata.normalize("NFKC", text).split()).rstrip("。")
