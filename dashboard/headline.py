"""From metrics to headline cards: value, n/N, target, change, course, judgement."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import polars as pl

from dashboard import answers, judging, periods, trends
from dashboard.parts.cards import Card
from dashboard.view import View
from dashboard.words import figure, fraction, moved, percent, period
from queries.catalog import Metric
from queries.days import ends

SPARK_MONTHS = 13


@dataclass(frozen=True)
class Value:
    """One metric's answer: value None where the denominator is empty."""

    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None


def value(frame: pl.DataFrame, **where: str) -> Value:
    """The one answer of a frame of figures that fits; an empty Value where none does."""
    rows = frame.filter(**where)
    if rows.is_empty():
        return Value()
    row = rows.row(0, named=True)
    return Value(row["value"], row["numerator"], row["denominator"])


@dataclass(frozen=True)
class Wanted:
    """A card still to be made, and which trends it shows: a page's are asked for at once."""

    asked: tuple[trends.Asked, ...]
    make: Callable[[], Card]


def cards(view: View, wanted: Sequence[Card | Wanted]) -> list[Card]:
    """Make the cards that are still to be made; their order stays."""
    asked = [trend for each in wanted if isinstance(each, Wanted) for trend in each.asked]
    trends.ask_ahead(view.code, asked)
    return [each.make() if isinstance(each, Wanted) else each for each in wanted]


def now(view: View, code: str) -> Value:
    """A metric over everything the filters leave."""
    return value(trends.trend(view.code, code, [view.as_of], view.filters))


def card(view: View, code: str, address: str = "", beneath: str | None = None, name: str = "") -> Wanted:
    """A card of a metric over everything the filters leave."""
    days = ends(view.build.campaign_from, view.as_of, "month", SPARK_MONTHS)
    asked = ((code, (view.as_of, view.compare), view.filters), (code, days, view.filters))
    return Wanted(asked, partial(_card, view, code, days, address, beneath, name))


def _card(view: View, code: str, days: Sequence[date], address: str, beneath: str | None, name: str) -> Card:
    metric = answers.metric(code)
    compared = trends.change(view.code, code, view.as_of, view.compare, view.filters)
    now = value(compared)
    course = trends.trend(view.code, code, days, view.filters)["value"].to_list()
    return Card(
        name=name or metric.name,
        value=figure(now.value, metric),
        beneath=beneath or _beneath(now, metric),
        change=change(compared, metric),
        judgement=judging.of(view, code, now.value),
        trend=course,
        target=judging.target(view, code, now.value),
        explain=metric.explain,
        address=address,
    )


NO_PERIOD: dict[periods.Which, str] = {"closed": "尚无已结束的周期", "running": "没有进行中的周期"}


def duty_card(view: View, code: str, duty: str, which: periods.Which, path: str = "") -> Card | Wanted:
    """A card of a duty's rate in its last closed or its running period; `path`: the page it leads to."""
    name = answers.names(view.code, "duty").get(duty)
    span = periods.of_duty(view, duty, which)
    if name is None or span is None:
        return Card(answers.metric(code).name, "—", NO_PERIOD[which] if name else "方案没有这项职责", "")
    held = periods.held(view, span)
    compared = code, (view.as_of, view.compare), held
    asked = (compared,) if which == "closed" else (compared, (code, _filling(view, span), held))
    address = view.link(path, duty=name) if path else ""
    return Wanted(asked, partial(_duty_card, view, code, span, which, address))


def _duty_card(view: View, code: str, span: periods.Period, which: periods.Which, address: str) -> Card:
    metric = answers.metric(code)
    compared = trends.change(view.code, code, view.as_of, view.compare, periods.held(view, span))
    now = value(compared)
    left = f"，余 {(span.last - view.as_of).days} 天" if which == "running" else ""
    return Card(
        name=f"{span.name}（{'本期' if which == 'running' else '上期'}）",
        value=percent(now.value),
        beneath=f"{period(span.code)} {fraction(now.numerator, now.denominator)} 家{left}",
        change=change(compared, metric),
        judgement=judging.of(view, code, now.value, on=span.first) if which == "closed" else None,
        trend=_course(view, code, span, which),
        target=judging.target(view, code, now.value, on=span.first),
        explain=metric.explain,
        address=address,
    )


def _course(view: View, code: str, span: periods.Period, which: periods.Which) -> list[float | None]:
    """Of closed periods their rates up to this one; of the running one how it filled, month by month."""
    if which == "closed":
        known = _by_period(view, code, view.as_of)
        values: list[float | None] = known.filter(pl.col("period") <= span.code)["value"].to_list()
        return values
    filled = trends.trend(view.code, code, _filling(view, span), periods.held(view, span))
    return [*filled["value"].to_list()]


def _filling(view: View, span: periods.Period) -> tuple[date, ...]:
    return ends(span.first, view.as_of, "month", SPARK_MONTHS)


def _by_period(view: View, code: str, day: date) -> pl.DataFrame:
    return answers.figures(view.code, (code,), day, ("period",), view.filters)


def _beneath(now: Value, metric: Metric) -> str:
    if metric.summary == "count":
        return ""
    return fraction(now.numerator, now.denominator)


def change(compared: pl.DataFrame, metric: Metric) -> str:
    """How a figure moved since the day compared with, which the page's top line names; "" where unknown."""
    moves = compared["change"].drop_nulls()
    return "" if moves.is_empty() else moved(moves[0], metric)
