"""Rows to be written: what each should be understood as, and what is wrong with it on purpose."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from etl.ledgers import GROUPS, LEDGERS
from tests.etl.messy.county import Town
from tests.etl.messy.dice import Dice
from tests.etl.messy.records import CHOICES, Record

CLOSED, RETURNED = CHOICES["status"]["closed"], CHOICES["status"]["returned"]
OPEN = {CHOICES["status"][code] for code in ("under_way", "not_begun")}
MAJOR = CHOICES["severity"]["major"]


class Issue(NamedTuple):
    """Something the report must say of a row's field. effect: refuse, set_aside or warn."""

    effect: str
    field: str
    rule: str


@dataclass
class Line:
    """One row. values: what it must be understood as; written: cells put in place of the values'.

    record: the number of its true record; None for a row that must be refused. is_exact: written with the
    same texts as the row it repeats. part: which sheet of its kind. The
    places are filled in when the row is laid out.
    """

    kind: str
    record: int | None
    values: Record
    written: dict[str, object] = field(default_factory=dict)
    planted: list[Issue] = field(default_factory=list)
    is_exact: bool = False
    part: int = 0
    path: str = ""
    sheet: str | None = None
    place: tuple[int, int] = (0, 0)
    sent_on: date | None = None
    headings: dict[str, str] = field(default_factory=dict)
    cells: dict[str, object] = field(default_factory=dict)

    @property
    def row(self) -> int:
        return self.place[1]


@dataclass
class Sending:
    """What one office sends at once: a workbook, with what else goes into files of their own."""

    name: str
    sender: Town | None
    sent_on: date | None
    lines: list[Line]


def implied(line: Line) -> list[Issue]:
    """What contract.md warns of in any row of these values, besides what was planted."""
    values = line.values
    if line.record is None:
        return []
    if line.kind == "hazards":
        return _hazard_issues(values)
    if line.kind == "trainings":
        return [
            Issue("warn", f"attended_{group}", "attended_above_expected")
            for group in GROUPS
            if _exceeds(values[f"attended_{group}"], values[f"expected_{group}"])
        ]
    if line.kind == "complaints" and _exceeds(values["received_on"], values["due_on"]):
        return [Issue("warn", "due_on", "deadline_before_found")]
    return []


def _hazard_issues(values: Record) -> list[Issue]:
    deadline, severity = values["deadline_on"], values["severity"]
    said = {
        ("deadline_on", "deadline_missing"): deadline is None,
        ("deadline_on", "deadline_before_found"): _exceeds(values["found_on"], deadline),
        ("status", "closed_without_date"): values["status"] == CLOSED and values["rectified_on"] is None,
        ("status", "open_with_date"): values["status"] in OPEN and values["rectified_on"] is not None,
        ("severity", "severity_unclear"): severity is None,
        ("description", "major_in_description"): MAJOR in values["description"] and severity != MAJOR,
    }
    return [Issue("warn", *which) for which, is_so in said.items() if is_so]


def _exceeds(value: Any, limit: Any) -> bool:
    return value is not None and limit is not None and value > limit


def as_known(record: Record, kind: str, day: date) -> Record | None:
    """A record as an office knew it on an earlier day; None where it had not happened yet."""
    ledger = LEDGERS[kind]
    events = [field.name for field in ledger.fields if field.type == "event"]
    late = {name for name in events if record[name] is not None and record[name] > day}
    if ledger.event in late and ledger.field(ledger.event).required:
        return None
    known = record | dict.fromkeys(late)
    if kind == "hazards" and late & {"rectified_on", "verified_on"}:
        known["verified_on"] = None
        known["status"] = CHOICES["status"]["under_way"]
    return known


def moved_on(dice: Dice, older: Record, kind: str) -> Record:
    """An older version of a row, one of its values corrected since."""
    changed = dict(older)
    if kind == "hazards" and older["deadline_on"] and dice.mess("deadline corrected", 0.3):
        changed["deadline_on"] = older["deadline_on"] + timedelta(days=1)
        changed["extended_to"] = None
    if kind == "hazards" and older["hazard_number"] and dice.mess("day of finding corrected", 0.2):
        changed["found_on"] = older["found_on"] - timedelta(days=1)
    if kind == "institutions" and older["beds"] and dice.mess("count corrected", 0.3):
        changed["beds"] = older["beds"] + 1
    if kind == "institutions" and older["former_names"] and dice.mess("home renamed since", 0.3):
        changed["institution"] = replace(older["institution"], name=older["former_names"][0])
        changed["former_names"] = []
    return changed


def copy_of(line: Line, **changes: Any) -> Line:
    """Another row of the same record."""
    return replace(line, written=dict(line.written), planted=list(line.planted), cells={}, **changes)
