"""Who sends which row: the county's workbook, its older version, a town's own; repeats and two offices."""

from collections.abc import Iterator
from datetime import date, timedelta

from etl.ledgers import LEDGERS
from tests.etl.messy.county import County, Home, Town
from tests.etl.messy.dice import Dice
from tests.etl.messy.faults import EVER, plant, refused_line
from tests.etl.messy.lines import Line, Sending, as_known, copy_of, moved_on
from tests.etl.messy.records import CHOICES, Record, draw_records, draw_register

RETURNED = CHOICES["status"]["returned"]
UNDATED = 0.3


def draw_sendings(dice: Dice, county: County) -> list[Sending]:
    """Up to three workbooks: every true record stands in one of them at least."""
    sent_on = dice.day(county.known_on + timedelta(days=1), county.as_of)
    whole = Sending("全县", None, sent_on, list(_true_lines(dice, county)))
    sendings = [whole]
    if dice.mess("a town's own workbook", 0.5):
        sendings.append(_town_sending(dice, county, whole, sent_on))
    if dice.mess("the workbook sent again", 0.5):
        sendings.append(_older(dice, county, whole))
    if len(sendings) == 1 and dice.random() < UNDATED:
        whole.sent_on = None
    for sending in sendings:
        _mar(dice, county, sending, _recorded(sendings))
    return sendings


def _true_lines(dice: Dice, county: County) -> Iterator[Line]:
    number = 0
    for kind in LEDGERS:
        drawn = draw_register(dice, county) if kind == "institutions" else draw_records(dice, county, kind)
        for values in drawn:
            yield Line(kind, number, values)
            number += 1


def _town_sending(dice: Dice, county: County, whole: Sending, sent_on: date) -> Sending:
    """One town's workbook: rows of its homes, moved out of the county's or standing in both."""
    town = dice.choice(county.towns)
    own = [line for line in whole.lines if _town_of(line.values) == town]
    sent = [copy_of(line) for line in own if dice.random() < 0.7]
    for line in sent:
        if dice.mess("one record from two offices", 0.3):
            _forget(dice, line)
        else:
            whole.lines = [other for other in whole.lines if other.record != line.record]
    return Sending(town.name, town, sent_on - timedelta(days=dice.randint(0, 2)), sent)


def _town_of(values: Record) -> Town | None:
    unit = values.get("institution", values.get("unit"))
    if isinstance(unit, Home):
        return unit.town
    return unit if isinstance(unit, Town) else None


def _forget(dice: Dice, line: Line) -> None:
    """The second office left some optional cells blank."""
    for field in LEDGERS[line.kind].fields:
        if not field.required and field.name != "credit_code" and dice.mess("one office knows less", 0.2):
            line.values = line.values | {field.name: [] if field.type in ("choices", "names") else None}


def _older(dice: Dice, county: County, whole: Sending) -> Sending:
    """The workbook as it was sent before: fewer rows, statuses and days not yet moved on."""
    day = county.known_on - timedelta(days=dice.randint(20, 300))
    lines = []
    for line in whole.lines:
        known = as_known(line.values, line.kind, day)
        if known is not None and dice.random() < 0.8:
            lines.append(copy_of(line, values=moved_on(dice, known, line.kind)))
            _return(dice, line, known)
    gone = {line.record for line in lines if line.kind == "drills" and dice.mess("a row since dropped", 0.1)}
    whole.lines = [line for line in whole.lines if line.record not in gone]
    return Sending(whole.name, None, day, lines)


def _return(dice: Dice, line: Line, known: Record) -> None:
    """The newer workbook takes a rectification back: 打回重改."""
    if line.kind == "hazards" and known["rectified_on"] and dice.mess("打回重改", 0.3):
        line.values = line.values | {"status": RETURNED, "rectified_on": None, "verified_on": None}


def _recorded(sendings: list[Sending]) -> dict[int | None, int]:
    """How many rows each record has."""
    counts: dict[int | None, int] = {}
    for sending in sendings:
        for line in sending.lines:
            counts[line.record] = counts.get(line.record, 0) + 1
    return counts


def _mar(dice: Dice, county: County, sending: Sending, counts: dict[int | None, int]) -> None:
    """Plant faults in rows that stand alone, repeat rows, and add rows that must be refused."""
    _split(dice, sending)
    for line in list(sending.lines):
        if counts[line.record] == 1 and line.kind != "institutions" and dice.random() < EVER:
            plant(dice, county, line)
        elif counts[line.record] == 1 and line.values.get("hazard_number") and dice.random() < EVER:
            sending.lines.append(_namesake(dice, line, max(number or 0 for number in counts)))
            counts.setdefault(sending.lines[-1].record, 1)
        elif dice.mess("a row repeated in its sheet", 0.05):
            line.is_exact = True
            sending.lines.append(copy_of(line))
    for kind in LEDGERS:
        if dice.random() < EVER / 2:
            sending.lines.insert(dice.randint(0, len(sending.lines)), refused_line(dice, county, kind))


def _split(dice: Dice, sending: Sending) -> None:
    """Put the rows of some kinds into two sheets."""
    for kind in LEDGERS:
        if dice.mess("two sheets of one kind", 0.2):
            for line in sending.lines:
                line.part = dice.randint(0, 1) if line.kind == kind else line.part


def _namesake(dice: Dice, line: Line, last: int) -> Line:
    """A row of another number, alike in day and text: one record only where it stands in a second sheet."""
    values = line.values | {"hazard_number": f"{line.values['hazard_number']}补"}
    if dice.mess("repeated in a second sheet under another number", 0.5):
        return copy_of(line, values=values, part=1 - line.part)
    dice.made["two alike in one sheet under two numbers"] += 1
    return copy_of(line, values=values, record=last + 1)
