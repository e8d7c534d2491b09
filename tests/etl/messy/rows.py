"""The cells of a block's rows: every value written, in the light of who sends it and the rows beside it."""

from collections.abc import Sequence
from datetime import date

from etl.ledgers import LEDGERS, Field, Ledger
from tests.etl.messy.county import County, Home, Town
from tests.etl.messy.days import Written
from tests.etl.messy.dice import Dice
from tests.etl.messy.lines import Issue, Line
from tests.etl.messy.spelling import Context, is_leaned_on, write_value

WHOSE = ("institution", "unit")
MERGEABLE = ("institution", "unit", "inspection_type", "drill_type", "area", "organiser")
"""Columns that offices merge downwards over rows alike."""


def write_rows(
    dice: Dice, county: County, sender: Town | None, lines: Sequence[Line], is_typed: bool
) -> None:
    """Fill in the cells of every row of one block."""
    ledger = LEDGERS[lines[0].kind]
    identity = _identity(dice, lines)
    for place, line in enumerate(lines):
        before = _day_of(lines[place - 1], ledger) if place and line.record is not None else None
        is_exact = line.is_exact or line.record is None
        context = Context(county, sender, is_typed, ledger.event, before, is_exact)
        for field in ledger.fields:
            line.cells[field.name] = _cell(dice, line, field, context)
        if ledger.kind != "institutions":
            _identify(dice, line, identity)


def _day_of(line: Line, ledger: Ledger) -> date | None:
    """The day of a row the next one may lean on."""
    day = line.values.get(ledger.event or "")
    is_sound = line.record is not None and ledger.event not in line.written
    return day if is_sound and is_leaned_on(day) else None


def _cell(dice: Dice, line: Line, field: Field, context: Context) -> object:
    if field.name in line.written:
        return line.written[field.name]
    if line.kind == "institutions" and field.name in ("institution", "credit_code"):
        value = line.values[field.name]
        return value.name if isinstance(value, Home) else value or ""
    written = _plainer(dice, line, field, write_value(dice, field, line.values, context), context)
    if written.rule:
        line.planted.append(Issue("warn", field.name, written.rule))
    return written.cell


def _plainer(dice: Dice, line: Line, field: Field, written: Written, context: Context) -> Written:
    """A row to be refused gets no other trouble: write until nothing is to be warned of."""
    while written.rule and line.record is None:
        written = write_value(dice, field, line.values, context)
    return written


def _identity(dice: Dice, lines: Sequence[Line]) -> str:
    """Whether a block names institutions by name, by credit code, or by both."""
    if all(_code(line) for line in lines) and dice.mess("credit code instead of the name", 0.15):
        return "code"
    return "both" if dice.mess("credit code beside the name", 0.2) else "name"


def _code(line: Line) -> str | None:
    """The code that may stand in a row: none where the name is what is wrong with it."""
    whose = next((line.values[name] for name in WHOSE if name in line.values), None)
    is_wrong = any(name in line.written for name in WHOSE)
    return whose.code if isinstance(whose, Home) and not is_wrong else None


def _identify(dice: Dice, line: Line, identity: str) -> None:
    line.cells["credit_code"] = ""
    code = _code(line)
    if identity == "name" or code is None or (identity == "both" and dice.random() < 0.2):
        return
    name = next(name for name in WHOSE if name in line.values)
    line.cells["credit_code"] = code
    line.planted = [issue for issue in line.planted if issue.field != name]
    if identity == "code" or dice.mess("credit code in a row without a name", 0.2):
        line.cells[name] = ""


def merged_runs(dice: Dice, lines: Sequence[Line], field: str) -> list[tuple[int, int]]:
    """Runs of rows alike in a field, to be merged downwards: first and last place, from 0.

    Every row of a run is given the first row's cell, and its warning.
    """
    runs: list[tuple[int, int]] = []
    start = 0
    for place in range(1, len(lines) + 1):
        if place == len(lines) or not _alike(lines[start], lines[place], field):
            if place - start > 1 and dice.mess("cells merged downwards", 0.7):
                runs.append((start, place - 1))
                _share(lines[start:place], field)
            start = place
    return runs


def _alike(one: Line, other: Line, field: str) -> bool:
    is_planted = field in one.written or field in other.written
    has_code = one.cells["credit_code"] != other.cells["credit_code"] or "" in (
        one.cells[field],
        other.cells[field],
    )
    return not is_planted and not has_code and one.values[field] == other.values[field]


def _share(lines: Sequence[Line], field: str) -> None:
    own = [issue for issue in lines[0].planted if issue.field == field]
    for line in lines[1:]:
        line.cells[field] = lines[0].cells[field]
        line.planted = [*(issue for issue in line.planted if issue.field != field), *own]
