"""今日必督 by lines: what SQL groups is what a plain loop over the single items groups."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from queries import todo
from queries.filters import Filters
from queries.records import records
from queries.warehouse import current_build, open_build

DAYS = (date(2024, 9, 30), date(2025, 12, 31), date(2026, 11, 23))
OWN = {"overdue_major", "unreported_major", "major_due_soon"}

Row = dict[str, Any]


@pytest.fixture(scope="module")
def con(example: Path) -> duckdb.DuckDBPyConnection:
    return open_build(example, current_build(example) or "")


def plain(items: list[Row]) -> list[Row]:
    """The lines by a loop over the items: [action, items, longest, due_on, due_days, people, most, towns]."""
    seen: set[int] = set()
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in items:
        if row["hazard_id"] is not None and row["hazard_id"] in seen:
            continue
        seen.add(row["hazard_id"])
        place = (
            row["institution_id"]
            if row["action"] in OWN
            else row["township"] * (row["action"] == "silent_township")
            if row["township"]
            else ""
        )
        groups.setdefault((row["action"], row["duty"], row["period"], row["task"], place), []).append(row)
    return [line(group) for group in groups.values()]


def line(group: list[Row]) -> Row:
    first = group[0]
    towns: dict[str | None, int] = {}
    for row in group:
        towns[row["township"]] = towns.get(row["township"], 0) + 1
    days = [row["due_on"] for row in group if row["due_on"]]
    return {
        "action": first["action"],
        "subject": first["subject"],
        "items": len(group),
        "longest": max((row["days"] for row in group if row["days"] is not None), default=None),
        "due_on": min(days, default=None),
        "due_days": len(set(days)),
        "people": [row["person"] for row in group if row["person"] and first["action"] in OWN],
        "most": sorted(towns.items(), key=lambda pair: -pair[1])[:3],
        "towns": len(towns),
    }


def told(row: Row) -> Row:
    most = [(each["township"], each["items"]) for each in row["most"]]
    return {name: row[name] for name in line_columns()} | {"most": most, "people": row["people"] or []}


def line_columns() -> list[str]:
    return ["action", "subject", "items", "longest", "due_on", "due_days", "people", "most", "towns"]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("towns", [(), ("大箕镇", "巴公镇")])
def test_lines_are_those_of_a_plain_loop(
    con: duckdb.DuckDBPyConnection, day: date, towns: tuple[str, ...]
) -> None:
    filters = Filters(townships=towns)
    expected = plain(records(con, "actions", day, filters).to_dicts())
    found = todo.lines(con, day, filters, alarming=("overdue_major", "unreported_major")).to_dicts()
    assert expected
    assert [told(row) for row in found] == expected
    assert {row["lines"] for row in found} == {len(expected)}
    assert {row["alarms"] for row in found} == {
        sum(row["action"] in {"overdue_major", "unreported_major"} for row in expected)
    }


def test_the_first_lines_know_how_many_there_are(con: duckdb.DuckDBPyConnection) -> None:
    every, first = todo.lines(con, DAYS[2]), todo.lines(con, DAYS[2], most=3)
    assert first.equals(every.head(3))
    assert first["lines"][0] == every.height > 3
