"""True records of the nine ledgers: typed values, what a careful clerk would know."""

import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from etl.ledgers import GROUPS, LEDGERS, Field
from tests.etl.messy.county import BUREAU, County, Home, Town
from tests.etl.messy.dice import Dice

ROOT = Path(__file__).parents[3]
CHOICES: dict[str, dict[str, str]] = tomllib.loads((ROOT / "etl" / "choices.toml").read_text("utf-8"))
TASKS = tomllib.loads((ROOT / "data" / "campaign.toml").read_text("utf-8"))["tasks"]
TEXTS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("texts.toml").read_text("utf-8"))

Record = dict[str, Any]
BLANK = 0.25
FIRST_DAY = date(2024, 1, 1)
LONGEST = 120

AFTER = {
    "reported_on": "found_on",
    "rectified_on": "found_on",
    "verified_on": "rectified_on",
    "deadline_on": "found_on",
    "extended_to": "deadline_on",
    "extension_approved_on": "found_on",
    "due_on": "received_on",
    "checked_on": "received_on",
    "settled_on": "received_on",
}
"""A day that comes after another, which must be known for it to be."""

KEYS = {
    "inspections": ("institution", "inspected_on", "inspection_type"),
    "hazards": ("institution", "description"),
    "trainings": ("institution", "trained_on", "organiser"),
    "drills": ("institution", "drilled_on", "drill_type"),
    "complaints": ("institution", "received_on", "content"),
    "activities": ("unit", "held_on", "activity_type"),
    "task_progress": ("unit", "task"),
    "measures": ("unit", "measure"),
}
"""What tells two true records of a kind apart (contract.md, same record)."""


def draw_register(dice: Dice, county: County) -> list[Record]:
    return [register_record(dice, county, home) for home in county.homes]


def register_record(dice: Dice, county: County, home: Home) -> Record:
    """The register's row of one home."""
    own = {
        "institution": home,
        "credit_code": home.code,
        "township": home.town,
        "former_names": list(home.former),
        "opened_on": dice.choice((None, dice.day(date(1995, 1, 1), date(2019, 12, 31)))),
        "closed_on": None,
    }
    drawn = {
        field.name: _value(dice, field, county)
        for field in LEDGERS["institutions"].fields
        if field.name not in own
    }
    return own | drawn


def draw_records(dice: Dice, county: County, kind: str) -> list[Record]:
    """Up to 25 records of a kind, no two of them the same record."""
    most = 25 if dice.random() < 0.1 else 7
    drawn = [draw_record(dice, county, kind) for _ in range(dice.randint(0, most))]
    distinct = {tuple(record[name] for name in KEYS[kind]): record for record in drawn}
    return _numbered(dice, kind, list(distinct.values()))


def draw_record(dice: Dice, county: County, kind: str) -> Record:
    record: Record = {}
    for field in LEDGERS[kind].fields:
        record[field.name] = OWN.get(field.name, _plain)(dice, county, field, record)
    finish = FINISH.get(kind)
    return finish(dice, record) if finish else record


def _plain(dice: Dice, county: County, field: Field, record: Record) -> Any:
    return _value(dice, field, county, record)


def _numbered(dice: Dice, kind: str, records: list[Record]) -> list[Record]:
    style = dice.choice(("2026-{:03}", "YH{:03}", "{}", ""))
    for place, record in enumerate(records, 1):
        if kind == "hazards" and style and dice.random() > 0.1:
            record["hazard_number"] = style.format(place)
    return records


def _value(dice: Dice, field: Field, county: County, record: Record | None = None) -> Any:
    if not field.required and dice.random() < BLANK:
        return [] if field.type in ("choices", "names") else None
    if field.type in ("date", "event"):
        return _day(dice, field, county, record or {})
    makers: dict[str, Callable[[], Any]] = {
        "text": lambda: dice.choice(TEXTS[field.name]),
        "count": lambda: dice.randint(0, dice.choice((9, 40, 300))),
        "minutes": lambda: dice.choice((3.0, 5.0, 8.5, 12.0)),
        "flag": lambda: dice.random() < 0.6,
        "choice": lambda: dice.choice(list(CHOICES[field.word_list].values())),
        "choices": lambda: dice.some(list(CHOICES[field.word_list].values()), 1, 3),
    }
    return makers[field.type]()


def _day(dice: Dice, field: Field, county: County, record: Record) -> date | None:
    first, last = FIRST_DAY, county.known_on
    if field.name in AFTER:
        if record[AFTER[field.name]] is None:
            return None
        first = record[AFTER[field.name]]
        last = first + timedelta(days=LONGEST)
    if field.type == "event":
        last = min(last, county.known_on)
    return dice.day(first, last) if first <= last else None


def _institution(dice: Dice, county: County, _field: Field, _record: Record) -> Home:
    return dice.choice(county.homes)


def _unit(dice: Dice, county: County, _field: Field, _record: Record) -> Home | Town | str:
    return dice.choice((BUREAU, dice.choice(county.towns), dice.choice(county.homes)))


def _organiser(dice: Dice, county: County, _field: Field, record: Record) -> Home | Town | str:
    organisers: list[Town | str] = [BUREAU, dice.choice(county.towns), *TEXTS["organiser"]]
    return dice.choice(organisers)


def _description(dice: Dice, _county: County, _field: Field, _record: Record) -> str:
    return dice.choice(TEXTS["place"]) + dice.choice(TEXTS["defect"])


def _nothing(_dice: Dice, _county: County, _field: Field, _record: Record) -> None:
    return None


OWN: dict[str, Callable[[Dice, County, Field, Record], Any]] = {
    "institution": _institution,
    "unit": _unit,
    "organiser": _organiser,
    "description": _description,
    "hazard_number": _nothing,
    "credit_code": _nothing,
    "task": _nothing,
    "status": _nothing,
}


def _finish_hazard(dice: Dice, record: Record) -> Record:
    closed = [CHOICES["status"]["closed"], None]
    open_ = [CHOICES["status"]["under_way"], CHOICES["status"]["not_begun"], None]
    record["status"] = dice.choice(closed if record["rectified_on"] else open_)
    record["severity"] = record["severity"] or CHOICES["severity"]["general"]
    return record


def _finish_training(dice: Dice, record: Record) -> Record:
    for group in GROUPS:
        expected, attended = record[f"expected_{group}"], record[f"attended_{group}"]
        if expected is not None and attended is not None:
            record[f"attended_{group}"] = min(expected, attended)
    if dice.random() < 0.4:
        record["organiser"] = record["institution"]
    return record


def _finish_task(dice: Dice, record: Record) -> Record:
    record["task"] = dice.choice([task["code"] for task in TASKS if task["unit"] == sort_of(record["unit"])])
    return record


FINISH: dict[str, Callable[[Dice, Record], Record]] = {
    "hazards": _finish_hazard,
    "trainings": _finish_training,
    "task_progress": _finish_task,
}


def sort_of(unit: Home | Town | str) -> str:
    """The plan's word for a unit's sort."""
    return {Home: "institution", Town: "township"}.get(type(unit), "county")
