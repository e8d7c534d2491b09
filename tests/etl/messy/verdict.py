"""A load held against its story; every difference told so that a person can follow it."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from etl import Report
from etl.ledgers import LEDGERS
from queries.warehouse import fetch, open_build
from tests.etl.messy.book import Story
from tests.etl.messy.expected import LISTED, bare_text, comparable, issues_of, place_of, true_records, winners
from tests.etl.messy.lines import Line
from tests.etl.messy.records import Record

SQL = """
    select
        facts.*,
        homes.institution as home_name,
        home_towns.township as home_town,
        own_towns.township as own_town,
    from {table} as facts
    left join institutions as homes on homes.institution_id = facts.institution_id
    left join townships as home_towns on home_towns.township_id = homes.township_id
    left join townships as own_towns on own_towns.township_id = {town}
"""
WITH_TOWN = {"institutions", "activities", "task_progress", "measures"}


def differences(story: Story, report: Report, warehouse: Path) -> list[str]:
    """Everything a load got otherwise than the story has it, one line each; nothing where all is well."""
    told = report.as_dict()
    return [
        *_tables(story, warehouse, report.build),
        *_counts(story, told),
        *_issues(story, told),
        *_unread(story, told),
    ]


def _tables(story: Story, warehouse: Path, build: str) -> Iterator[str]:
    with open_build(warehouse, build) as con:
        for kind, records in true_records(story.lines).items():
            town = "facts.township_id" if kind in WITH_TOWN else "null"
            rows = fetch(con, SQL.format(table=kind, town=town)).to_dicts()
            got = [comparable(_as_record(kind, row)) for row in rows]
            expected = [comparable(_bare(kind, record)) for record in records]
            yield from _unlike(story, kind, expected, got)


def _bare(kind: str, record: Record) -> Record:
    """A true record as the tables can hold it: other kinds have no column for the credit code."""
    if kind == "institutions":
        return record
    return {name: value for name, value in record.items() if name != "credit_code"}


def _as_record(kind: str, row: dict[str, Any]) -> Record:
    """A row of the warehouse with the fields of its ledger."""
    home = (_without_mark(row["home_name"]), row["home_town"]) if row["home_name"] else None
    record = {
        field.name: row.get(field.name) for field in LEDGERS[kind].fields if field.name != "credit_code"
    }
    if kind == "institutions":
        return record | {"credit_code": row["credit_code"], "institution": home, "township": row["own_town"]}
    if "institution" in record:
        record["institution"] = home
    if "organiser" in record and row["organiser_code"] == "institution":
        record["organiser"] = home
    if "unit" in record and row["unit_code"] == "institution":
        record["unit"] = home
    return record


def _without_mark(name: str) -> str:
    """A name without the town the register puts behind namesakes."""
    return name.partition("（")[0]


def _unlike(
    story: Story, kind: str, expected: list[dict[str, Any]], got: list[dict[str, Any]]
) -> Iterator[str]:
    missing = Counter(map(_frozen, expected)) - Counter(map(_frozen, got))
    extra = Counter(map(_frozen, got)) - Counter(map(_frozen, expected))
    left = [dict(record) for record in extra.elements()]
    for record in map(dict, missing.elements()):
        near = min(left, key=lambda other: _distance(record, other), default=None)
        if near is None or _distance(record, near) > len(record) // 2:
            yield f"{kind}: lost {_shown(record)}"
            continue
        left.remove(near)
        told = [
            f"{name}: expected {value!r}, got {near[name]!r}"
            for name, value in record.items()
            if near[name] != value
        ]
        yield f"{kind}: {_shown(record)}: {'; '.join(told)}"
    yield from (f"{kind}: not expected {_shown(record)}" for record in left)


def _frozen(record: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted(record.items()))


def _distance(one: dict[str, Any], other: dict[str, Any]) -> int:
    return sum(one[name] != other[name] for name in one)


def _shown(record: dict[str, Any]) -> str:
    return ", ".join(f"{name}={value}" for name, value in record.items() if value not in (None, ()))


def _counts(story: Story, told: dict[str, Any]) -> Iterator[str]:
    """What was read, taken, merged and refused, block by block, kind by kind and in all."""
    best = winners(story.lines)
    for header, kind in story.headers.items():
        lines = [line for line in story.lines if _header_of(story, line) == header]
        expected = _tally(lines, best)
        entries = [
            entry for entry in told["files"] if (entry["path"], entry["sheet"], entry["header_row"]) == header
        ]
        got = [(entry["kind"], {name: entry["rows"][name] for name in expected}) for entry in entries]
        if got != [(kind, expected)]:
            yield f"{header}: expected {kind} {expected}, got {got}"
    yield from _sums(story, told)


def _header_of(story: Story, line: Line) -> tuple[str, str | None, int]:
    own = [
        header for header in story.headers if header[:2] == (line.path, line.sheet) and header[2] < line.row
    ]
    return max(own, key=lambda header: header[2])


def _tally(lines: list[Line], best: set[tuple[str, str | None, int]]) -> dict[str, int]:
    refused = sum(line.record is None for line in lines)
    taken = sum(place_of(line) in best for line in lines)
    return {
        "read": len(lines),
        "taken": taken,
        "merged": len(lines) - taken - refused,
        "refused": refused,
    }


def _sums(story: Story, told: dict[str, Any]) -> Iterator[str]:
    best = winners(story.lines)
    groups = {kind: [line for line in story.lines if line.kind == kind] for kind in LEDGERS}
    for name, lines in {"all": story.lines, **groups}.items():
        got = told["rows"] if name == "all" else told["kinds"][name]
        expected = _tally(lines, best)
        if {key: got[key] for key in expected} != expected:
            yield f"{name}: expected {expected}, got {got}"


def _issues(story: Story, told: dict[str, Any]) -> Iterator[str]:
    """Refusals and warnings by file, sheet, row, column and rule: those foretold and no others."""
    expected = {
        (*place_of(line), _said(line.headings[issue.field]), issue.rule): issue.effect
        for line in story.lines
        for issue in issues_of(line)
    }
    unclear = {(*place, "ambiguous_heading"): "warn" for place in story.unclear}
    got = {
        (entry["path"], entry["sheet"], entry["row"], _said(entry["column"] or ""), entry["rule"]): effect
        for effect in ("refusals", "warnings")
        for entry in told[effect]
        if entry["rule"] not in LISTED
    }
    expected |= unclear
    for place, effect in expected.items():
        if got.get(place) != ("refusals" if effect == "refuse" else "warnings"):
            yield f"not said: {effect} {place}{_cell(story, place)}"
    yield from (f"said, not expected: {place}{_cell(story, place)}" for place in got.keys() - expected.keys())


def _said(heading: str) -> str:
    """A heading without what does not matter in it."""
    return "".join(heading.split())


def _cell(story: Story, place: tuple[str, str | None, int, str, str]) -> str:
    line = next((line for line in story.lines if place_of(line) == place[:3]), None)
    if line is None:
        return ""
    name = next((field for field, heading in line.headings.items() if _said(heading) == place[3]), "")
    return f", written {line.cells.get(name)!r}, meant {line.values.get(name)!r}"


def _unread(story: Story, told: dict[str, Any]) -> Iterator[str]:
    got = {(entry["path"], entry["sheet"]) for entry in told["files"] if entry["reason"]}
    if got != story.unread:
        yield f"not to be read: expected {story.unread}, got {got}"


__all__ = ["bare_text", "differences"]
