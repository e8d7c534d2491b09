"""Towns, or counties where there are several, × key figures: worst first, darker is worse."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard import answers, judging, key_figures, most, trends, units
from dashboard.headline import Value
from dashboard.key_figures import CODES, COUNTS, RATES, TASKS, WORST_SHARE, Values, heads, is_running, span
from dashboard.parts.town_matrix import Cell, Matrix, Row
from dashboard.tokens import AMOUNTS, BAD_AMOUNTS, shade
from dashboard.view import View
from dashboard.words import fraction, number, percent, said_standing
from queries.fair import of_the_county, standing
from queries.judge import Judgement

ORDER = {"alarm": 0, "warn": 1}


def table(view: View) -> Matrix:
    """The worst places first; of very many the worst ones."""
    known = key_figures.of_units(view, view.by)
    columns = [(head, answers.metric(code).explain) for code, head in heads(view).items()]
    county = _county(view)
    found = [(town, {code: known.get(town, {}).get(code, Value()) for code in CODES}) for town in view.places]
    judged = [(town, own, _judgements(view, town, own)) for town, own in found]
    places = {town: place for place, town in enumerate(view.places)}
    judged.sort(key=lambda each: (*_badness(each[1], each[2]), places[each[0]]))
    rows = [_row(view, *each, county) for each in judged[: most.MOST]]
    return Matrix(columns, rows, len(judged))


def rates(view: View) -> list[dict[str, Any]]:
    """[name, value, numerator, denominator] of the rectification rate of towns with enough to rank."""
    known = key_figures.of_units(view, view.by)
    few = answers.setting(view.code, "few")
    found = [(town, known[town]["rectification_rate"]) for town in view.places if town in known]
    return [{"name": town, **vars(rate)} for town, rate in found if (rate.denominator or 0) >= few]


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
    cells = [_cell(view, code, values[code], town, county.get(code)) for code in values]
    return Row(town, worst, units.to_place(view, town), cells)


def _judgements(view: View, town: str, values: Values) -> list[Judgement | None]:
    return [_judged(view, code, values[code], town) for code in values]


def _badness(values: Values, judgements: Sequence[str | None]) -> tuple[float, ...]:
    rate = values["rectification_rate"]
    lowest = rate.value if rate.value is not None else 2
    return -judgements.count("alarm"), -judgements.count("warn"), lowest


def _judged(view: View, code: str, value: Value, town: str) -> Judgement | None:
    # What is still running has not failed yet.
    if code in TASKS or is_running(code):
        return None
    held = span(view, code)  # the thresholds of a period are those of its first day
    return judging.of(view, code, value.value, town, held.first if held else None)


def _cell(view: View, code: str, value: Value, town: str, county: float | None) -> Cell:
    metric = answers.metric(code)
    address = _address(view, code, town)
    if value.value is None:
        return Cell(None, hint=f"{town}：{metric.name}没有可算的记录")
    if code in COUNTS:
        colour = shade(BAD_AMOUNTS, value.value / 20)
        return Cell(number(value.value), "", colour, address, f"{town} {metric.name}")
    colour = shade(AMOUNTS, (1 - value.value) / (1 - WORST_SHARE))
    part = fraction(value.numerator, value.denominator)
    running = is_running(code)
    hint = f"{town} {metric.name} {part}{'，进行中' if running else ''}{_beside_county(view, value, county)}"
    return Cell(percent(value.value, 0), part, colour, address, hint, running)


def _beside_county(view: View, value: Value, county: float | None) -> str:
    if county is None or value.numerator is None or value.denominator is None:
        return ""
    few = answers.setting(view.code, "few")
    where = standing(int(value.numerator), int(value.denominator), county, int(few))
    return f"，{said_standing(where, view.storey.whole)}" if where else ""


def _address(view: View, code: str, town: str) -> str:
    """The very records behind a cell."""
    held = span(view, code)
    which = {"period": held.code} if held else {}
    return view.link("records", metric=code, **{view.by: town}, **which)
