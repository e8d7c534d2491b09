"""What the templates know of one column: its note, its width, what may be filled in."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from etl.clean import LARGEST_CROWD
from etl.days import EARLIEST, EARLIEST_EVENT
from etl.ledgers import Field, Ledger
from etl.numbers import LARGEST_COUNT, LONGEST_MINUTES
from etl.words import read_choices

LATEST = date(2035, 12, 31)
DATE, NUMBER, TEXT = "yyyy-mm-dd", "0", "@"
FORMATS = {"date": DATE, "event": DATE, "count": NUMBER}
CODES = {"credit_code", "hazard_number", "task"}
"""Filled in as text: Excel takes long numbers for numbers and 2026-3 for a day."""

NARROWEST = 10
YES_NO = ["是", "否"]


@cache
def texts() -> dict[str, Any]:
    """The words of templates.toml."""
    return tomllib.loads(Path(__file__).with_name("templates.toml").read_text(encoding="utf-8"))


def note(ledger: Ledger, field: Field) -> str:
    """Say what to fill in: required or not, what, in which form, the words to choose from, an example."""
    said = texts()
    hints = said["hints"]["every"] | said["hints"].get(ledger.kind, {})
    how = said["types"][field.type].format(words="、".join(_words(field)))
    return f"{said['required' if field.required else 'optional']}{hints.get(field.name, '')}{how}"


def width(field: Field) -> int:
    """How many digits wide a column is."""
    wide: int = texts()["widths"].get(field.name, max(NARROWEST, 2 * len(field.heading) + 4))
    return wide


def number_format(field: Field) -> str:
    """Give the number format of a column's cells; General where Excel may choose."""
    return TEXT if field.name in CODES else FORMATS.get(field.type, "General")


def validation(ledger: Ledger, field: Field) -> dict[str, Any] | None:
    """What Excel lets be filled in, as xlsxwriter wants it; None where anything may stand."""
    checks: dict[str, dict[str, Any]] = {
        "date": _between("date", EARLIEST if ledger.event is None else EARLIEST_EVENT, LATEST),
        "event": event_check(),
        "count": _between("integer", 0, LARGEST_CROWD if field.name == "participants" else LARGEST_COUNT),
        "minutes": _between("decimal", 0, LONGEST_MINUTES),
        "flag": choice_of(YES_NO),
        "choice": choice_of(_words(field)),
    }
    return checks.get(field.type)


def event_check() -> dict[str, Any]:
    """Let a day of this century be filled in."""
    return _between("date", EARLIEST_EVENT, LATEST)


def choice_of(source: object) -> dict[str, Any]:
    """Let one of these words be chosen, or one of a range of cells."""
    return {"validate": "list", "source": source, **_refusal("list")}


def _between(kind: str, first: object, last: object) -> dict[str, Any]:
    named = {"date": "date", "integer": "count", "decimal": "minutes"}[kind]
    check = {"validate": kind, "criteria": "between", "minimum": first, "maximum": last}
    return {**check, **_refusal(named, first=first, last=last)}


def _refusal(kind: str, **said: object) -> dict[str, str]:
    errors = texts()["errors"]
    return {"error_title": errors["title"], "error_message": errors[kind].format(**said)}


def _words(field: Field) -> list[str]:
    return (
        list(read_choices().get(field.word_list, {}).values()) if field.type in ("choice", "choices") else []
    )
