"""Faults planted in rows, each with what must come of it: refused, set aside, or warned of."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from etl.ledgers import LEDGERS, Field
from tests.etl.messy.county import SPARE, County, Home
from tests.etl.messy.dice import Dice
from tests.etl.messy.lines import Issue, Line
from tests.etl.messy.records import draw_record, register_record

TABLE: dict[str, Any] = tomllib.loads(Path(__file__).with_name("faults.toml").read_text("utf-8"))
EVER = 0.25
"""The share of rows that get a fault where they can have one."""


def refused_line(dice: Dice, county: County, kind: str) -> Line:
    """A new row with one required cell broken."""
    home = Home(f"{county.towns[0].name}幽兰敬老院", county.towns[0], "幽兰", "敬老院")
    is_register = kind == "institutions"
    values = register_record(dice, county, home) if is_register else draw_record(dice, county, kind)
    line = Line(kind, None, values)
    broken = [field for field in LEDGERS[kind].fields if field.required]
    field = dice.choice(broken)
    ways = {**TABLE["refuse"].get(field.type, {}), **TABLE["refuse"].get(field.name, {})}
    if field.name == "institution" and is_register:
        ways = {"": "missing"}
    cell = dice.choice(list(ways))
    line.written[field.name] = _told(cell, county, line)
    line.planted.append(Issue("refuse", field.name, ways[cell]))
    dice.made[f"refused: {ways[cell]}"] += 1
    return line


def _told(cell: str, county: County, line: Line) -> object:
    """The cell with the days put in that depend on the load or the row."""
    tomorrow = county.as_of + timedelta(days=1)
    return cell.format(tomorrow=tomorrow.isoformat(), stranger=SPARE[len(line.values) % len(SPARE)])


def plant(dice: Dice, county: County, line: Line) -> None:
    """Put one fault in a row that stays: what cannot be is set aside, what is doubtful warned of."""
    dice.choice((_set_aside, _warned, _out_of_order))(dice, county, line)


def _set_aside(dice: Dice, county: County, line: Line) -> None:
    fields = [field for field in LEDGERS[line.kind].fields if not field.required and _ways(field)]
    if not fields:
        return
    field = dice.choice(fields)
    ways = _ways(field)
    cell = dice.choice(list(ways))
    _put(line, field.name, _told(cell, county, line), None, Issue("set_aside", field.name, ways[cell]))
    dice.made[f"set aside: {ways[cell]}"] += 1


def _ways(field: Field) -> dict[str, str]:
    found: dict[str, str] = TABLE["set_aside"].get(field.name) or TABLE["set_aside"].get(field.type, {})
    return found


def _put(line: Line, field: str, cell: object, value: Any, *issues: Issue) -> None:
    line.written[field] = cell
    line.values = line.values | {field: value}
    line.planted += issues


def _warned(dice: Dice, _county: County, line: Line) -> None:
    own = [entry for entry in TABLE["warn"] if entry["kind"] == line.kind]
    if own:
        entry = dice.choice(own)
        value = entry.get("value")
        rules = [Issue("warn", entry["field"], entry["rule"])] if entry["rule"] else []
        _put(line, entry["field"], entry["cell"], value, *rules)
        for name in entry.get("blank", ()):
            line.values = line.values | {name: None}
        dice.made[f"warned: {entry['says']}"] += 1


def _out_of_order(dice: Dice, _county: County, line: Line) -> None:
    """A day before the one it follows: set aside."""
    own = [entry for entry in TABLE["order"] if entry["kind"] == line.kind and line.values[entry["after"]]]
    if own:
        entry = dice.choice(own)
        day = line.values[entry["after"]] - timedelta(days=dice.randint(1, 9))
        _put(line, entry["field"], day.isoformat(), None, Issue("set_aside", entry["field"], entry["rule"]))
        for name in entry.get("blank", ()):
            line.values = line.values | {name: None}
        dice.made[f"out of order: {entry['field']} before {entry['after']}"] += 1
