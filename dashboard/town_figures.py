"""Towns × key figures for the overview: worst first, darker is worse."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from dashboard import answers, headline, judging, most, periods, trends, units
from dashboard.parts.town_matrix import Cell, Matrix, Row
from dashboard.tokens import AMOUNTS, BAD_AMOUNTS, shade
from dashboard.view import View
from dashboard.words import STANDINGS, fraction, number, percent, period
from queries.fair import of_the_county, standing
from queries.filters import Filters
from queries.judge import Judgement

RATES = {"rectification_rate": ("整改率", "hazards"), "on_time_rate": ("按期率", "hazards")}
COUNTS = {"overdue": ("逾期", "overdue"), "major_open": ("重大未改", "hazards")}
DUTIES = {
    "self_check_rate": ("自查", "self_check", "closed"),
    "staff_training_rate": ("培训", "staff_training", "closed"),
    "evacuation_drill_rate": ("演练", "evacuation_drill", "running"),
}
TASKS = {"phase_progress": ("阶段任务", "phases")}
OF_A_DAY = (*RATES, *COUNTS, *TASKS)
"""Asked at once: what is no duty's."""
Values = Mapping[str, headline.Value | None]
"""A town's figures by metric."""
ORDER = {"alarm": 0, "warn": 1}
WORST_SHARE = 0.6
"""Rates at or below this are drawn darkest."""


def table(view: View) -> Matrix:
    """The worst towns first; of very many the worst ones."""
    values = _values(view)
    columns = [(head, answers.metric(code).explain) for code, head in heads(view).items()]
    county = _county(view)
    found = [(town, {code: values[code].get(town) for code in values}) for town in view.towns]
    judged = [(town, own, _judgements(view, town, own)) for town, own in found]
    places = {town: place for place, town in enumerate(view.towns)}
    judged.sort(key=lambda each: (*_badness(each[1], each[2]), places[each[0]]))
    rows = [_row(view, *each, county) for each in judged[: most.MOST]]
    return Matrix(columns, rows, len(judged))


def rates(view: View) -> list[dict[str, Any]]:
    """[name, value, numerator, denominator] of the rectification rate of towns with enough to rank."""
    frame = answers.figures(view.code, OF_A_DAY, view.as_of, ("township",), view.filters)
    frame = frame.filter(metric="rectification_rate").drop("metric")
    enough = pl.col("denominator") >= answers.setting(view.code, "few")
    return frame.filter(pl.col("township").is_in(view.towns), enough).rename({"township": "name"}).to_dicts()


def heads(view: View) -> dict[str, str]:
    """The columns: what each metric is called on top."""
    named = {code: name for code, (name, _) in (RATES | COUNTS).items()}
    for code, (name, duty, which) in DUTIES.items():
        span = periods.of_duty(view, duty, which)  # type: ignore[arg-type]
        named[code] = _head(name, span.code, which) if span else name
    return named | {code: name for code, (name, _) in TASKS.items()}


def _head(name: str, code: str, which: str) -> str:
    if which == "running":
        return f"{name}进行中"
    return f"{period(code).partition(' 年')[2] or '年度'}{name}"


def _values(view: View) -> dict[str, dict[str, headline.Value]]:
    asked: dict[Filters, list[str]] = {view.filters: [*OF_A_DAY]}
    for code, (_, duty, which) in DUTIES.items():
        if span := periods.of_duty(view, duty, which):  # type: ignore[arg-type]
            asked.setdefault(periods.held(view, span), []).append(code)
    values: dict[str, dict[str, headline.Value]] = {}
    for filters, codes in asked.items():
        values |= _by_town(view, codes, filters)
    return {code: values.get(code, {}) for code in (*RATES, *COUNTS, *DUTIES, *TASKS)}


def _by_town(view: View, codes: Sequence[str], filters: Filters) -> dict[str, dict[str, headline.Value]]:
    frame = answers.figures(view.code, tuple(codes), view.as_of, ("township",), filters)
    found: dict[str, dict[str, headline.Value]] = {code: {} for code in codes}
    for row in frame.iter_rows(named=True):
        value = headline.Value(row["value"], row["numerator"], row["denominator"])
        found[row["metric"]][row["township"]] = value
    return found


def _county(view: View) -> dict[str, float | None]:
    """The county's rates, whichever towns are looked at: what a town's are held against, where known."""
    if not view.knows_county:
        return {}
    whole = of_the_county(view.filters)
    return {code: trends.trend(view.code, code, [view.as_of], whole)["value"].item() for code in RATES}


def _row(
    view: View,
    town: str,
    values: Values,
    judgements: Sequence[str | None],
    county: Mapping[str, float | None],
) -> Row:
    worst = min((word for word in judgements if word in ORDER), key=ORDER.__getitem__, default=None)
    cells = [_cell(view, code, values[code] or headline.Value(), town, county.get(code)) for code in values]
    return Row(town, worst, units.to_town(view, town), cells)


def _judgements(view: View, town: str, values: Values) -> list[Judgement | None]:
    return [_judged(view, code, values[code], town) for code in values]


def _badness(values: Values, judgements: Sequence[str | None]) -> tuple[float, ...]:
    rate = values["rectification_rate"]
    lowest = rate.value if rate and rate.value is not None else 2
    return -judgements.count("alarm"), -judgements.count("warn"), lowest


def _judged(view: View, code: str, value: headline.Value | None, town: str) -> Judgement | None:
    # What is still running has not failed yet.
    if value is None or code in TASKS or _is_running(code):
        return None
    return judging.of(view, code, value.value, town, _first_day(view, code))


def _first_day(view: View, code: str) -> date | None:
    """Of a duty the first day of the period shown: its thresholds are those of that day."""
    if code not in DUTIES:
        return None
    _, duty, which = DUTIES[code]
    span = periods.of_duty(view, duty, which)  # type: ignore[arg-type]
    return span.first if span else None


def _is_running(code: str) -> bool:
    return code in DUTIES and DUTIES[code][2] == "running"


def _cell(view: View, code: str, value: headline.Value, town: str, county: float | None) -> Cell:
    metric = answers.metric(code)
    address = _address(view, code, town)
    if value.value is None:
        return Cell(None, hint=f"{town}：{metric.name}没有可算的记录")
    if code in COUNTS:
        colour = shade(BAD_AMOUNTS, value.value / 20)
        return Cell(number(value.value), "", colour, address, f"{town} {metric.name}")
    colour = shade(AMOUNTS, (1 - value.value) / (1 - WORST_SHARE))
    part = fraction(value.numerator, value.denominator)
    running = _is_running(code)
    hint = f"{town} {metric.name} {part}{'，进行中' if running else ''}{_beside_county(view, value, county)}"
    return Cell(percent(value.value, 0), part, colour, address, hint, running)


def _beside_county(view: View, value: headline.Value, county: float | None) -> str:
    if county is None or value.numerator is None or value.denominator is None:
        return ""
    few = answers.setting(view.code, "few")
    where = standing(int(value.numerator), int(value.denominator), county, int(few))
    return f"，{STANDINGS[where]}" if where else ""


def _address(view: View, code: str, town: str) -> str:
    """The very records behind a cell."""
    which = {}
    if code in DUTIES:
        _, duty, when = DUTIES[code]
        span = periods.of_duty(view, duty, when)  # type: ignore[arg-type]
        which = {"period": span.code} if span else {}
    return view.link("records", metric=code, township=town, **which)
