"""Homes × key figures: the list of all homes, worst first, each leading to its own page."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dashboard import answers, key_figures, late, markup, most, sentences, units
from dashboard.headline import Value
from dashboard.key_figures import CODES, COUNTS, DUTIES, WORST_SHARE, Values, heads, is_running, span
from dashboard.parts import town_matrix
from dashboard.parts.town_matrix import Cell, Matrix, Row
from dashboard.tokens import AMOUNTS, BAD_AMOUNTS, shade
from dashboard.view import View
from dashboard.words import fraction, number, percent

MANY = 8
"""So many overdue hazards of one home are drawn darkest."""


def draw(view: View, words: str = "") -> None:
    """The homes in whose name or town all the words stand, the worst first."""
    found = table(view, words)
    if found.rows:
        town_matrix.draw(found, "机构")
        most.note(found.known, "家机构")
    else:
        markup.empty("没有这样的机构。换个词，或放宽左侧筛选。")


def of_a_town(view: View) -> None:
    """The homes of the one town looked at, under what they come to."""
    markup.title(sentences.homes(*units.homes_counted(view), late.of(view)), "最差在上，点机构看它的档案")
    draw(view)


def table(view: View, words: str = "") -> Matrix:
    """The homes that the filters and the words leave, those to look at first."""
    asked = tuple(words.split())
    homes = answers.worst_homes(view.code, view.as_of, view.filters, asked, most.MOST).to_dicts()
    drawn = tuple(home["institution"] for home in homes)
    narrowed = replace(view, filters=replace(view.filters, institutions=drawn))
    found = key_figures.of_units(narrowed, "institution") if drawn else {}
    rows = [_row(view, home, found.get(home["institution"], {})) for home in homes]
    columns = [(head, answers.metric(code).explain) for code, head in heads(view).items()]
    return Matrix(columns, rows, homes[0]["homes"] if homes else 0)


def _row(view: View, home: Mapping[str, Any], figures: Values) -> Row:
    name, town = home["institution"], home["township"]
    judgement = "alarm" if home["has_overdue_major"] else "warn" if home["overdue"] else None
    cells = [_cell(view, code, name, figures.get(code, Value())) for code in CODES]
    beside = (town if len(view.towns) > 1 else "", "" if home["is_open"] else "已停办")
    return Row(name, judgement, units.to_home(view, name, town), cells, "，".join(filter(None, beside)))


def _cell(view: View, code: str, home: str, found: Value) -> Cell:
    name = answers.metric(code).name
    if code in COUNTS:
        count = found.value or 0
        address = view.link("records", metric=code, institution=home)
        return Cell(number(count), "", shade(BAD_AMOUNTS, count / MANY), address, f"{home} {name}")
    if found.value is None:
        return Cell(None, hint=f"{home}：{name}没有可算的记录")
    held = span(view, code)
    address = view.link("records", metric=code, institution=home, period=held.code if held else None)
    part = fraction(found.numerator, found.denominator)
    return _rate_cell(code, found.value, part, address, f"{home} {name}")


def _rate_cell(code: str, value: float, part: str, address: str, hint: str) -> Cell:
    """A duty of one home in one period is met or not: a sign says more than 100 %."""
    colour = shade(AMOUNTS, (1 - value) / (1 - WORST_SHARE))
    if code not in DUTIES:
        return Cell(percent(value, 0), part, colour, address, f"{hint} {part}")
    running = is_running(code)
    sign = "✓" if value == 1 else "…" if running else "✗"
    return Cell(sign, "", colour, address, f"{hint} {part}", running and value < 1)
