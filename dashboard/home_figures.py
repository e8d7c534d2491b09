"""Homes × key figures: the list of all homes, worst first, each leading to its own page."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from dashboard import answers, late, markup, most, periods, sentences, units
from dashboard.parts import town_matrix
from dashboard.parts.town_matrix import Cell, Matrix, Row
from dashboard.tokens import AMOUNTS, BAD_AMOUNTS, shade
from dashboard.town_figures import COUNTS, DUTIES, OF_A_DAY, RATES, TASKS, WORST_SHARE, heads
from dashboard.view import View
from dashboard.words import fraction, number, percent

Figures = Mapping[str, Mapping[str, Any]]
"""A home's figures by metric: the rows of answers.figures, and the period of a duty."""

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
    spans = _periods(view)
    narrowed = replace(view, filters=replace(view.filters, institutions=drawn))
    found = _figures(narrowed, spans) if drawn else {}
    rows = [_row(view, home, found.get(home["institution"], {}), spans) for home in homes]
    columns = [(head, answers.metric(code).explain) for code, head in heads(view).items()]
    return Matrix(columns, rows, homes[0]["homes"] if homes else 0)


def _periods(view: View) -> dict[str, str]:
    """The period each duty's column shows, by metric; without those of which there is none yet."""
    spans = {code: periods.of_duty(view, duty, which) for code, (_, duty, which) in DUTIES.items()}  # type: ignore[arg-type]
    return {code: span.code for code, span in spans.items() if span}


def _figures(view: View, spans: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    frame = answers.figures(view.code, OF_A_DAY, view.as_of, ("institution",), view.filters)
    duties = answers.figures(view.code, tuple(DUTIES), view.as_of, ("institution", "period"), view.filters)
    wanted = pl.DataFrame(
        {"metric": list(spans), "period": list(spans.values())},
        schema={"metric": pl.String, "period": pl.String},
    )
    both = pl.concat([frame, duties.join(wanted, on=["metric", "period"], how="semi")], how="diagonal")
    found: dict[str, dict[str, Any]] = {}
    for row in both.iter_rows(named=True):
        found.setdefault(row["institution"], {})[row["metric"]] = row
    return found


def _row(view: View, home: Mapping[str, Any], figures: Figures, spans: Mapping[str, str]) -> Row:
    name, town = home["institution"], home["township"]
    judgement = "alarm" if home["has_overdue_major"] else "warn" if home["overdue"] else None
    cells = [
        _cell(view, code, name, figures.get(code), spans.get(code))
        for code in (*RATES, *COUNTS, *DUTIES, *TASKS)
    ]
    beside = (town if len(view.towns) > 1 else "", "" if home["is_open"] else "已停办")
    return Row(name, judgement, units.to_home(view, name, town), cells, "，".join(filter(None, beside)))


def _cell(view: View, code: str, home: str, row: Mapping[str, Any] | None, span: str | None) -> Cell:
    name = answers.metric(code).name
    if code in COUNTS:
        count = row["value"] if row else 0
        address = view.link("records", metric=code, institution=home)
        return Cell(number(count), "", shade(BAD_AMOUNTS, count / MANY), address, f"{home} {name}")
    if row is None or row["value"] is None:
        return Cell(None, hint=f"{home}：{name}没有可算的记录")
    address = view.link("records", metric=code, institution=home, period=span)
    running = code in DUTIES and DUTIES[code][2] == "running"
    return _rate_cell(code, row, address, f"{home} {name}", running=running)


def _rate_cell(code: str, row: Mapping[str, Any], address: str, hint: str, *, running: bool) -> Cell:
    """A duty of one home in one period is met or not: a sign says more than 100 %."""
    value, part = row["value"], fraction(row["numerator"], row["denominator"])
    colour = shade(AMOUNTS, (1 - value) / (1 - WORST_SHARE))
    if code not in DUTIES:
        return Cell(percent(value, 0), part, colour, address, f"{hint} {part}")
    sign = "✓" if value == 1 else "…" if running else "✗"
    return Cell(sign, "", colour, address, f"{hint} {part}", running and value < 1)
