"""From marked rows to figures: choose the rows the filters leave, group them, add them up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Literal

from tests.oracle.known import Known

Group = tuple[str | None, ...]


@dataclass(frozen=True)
class Figure:
    """A figure as the product gives it: a count has a value alone, a median its events and n beside it."""

    numerator: int | None
    denominator: int | None
    value: float | None


@dataclass(frozen=True)
class Row:
    """One thing counted: what it is (its dimensions), when (first and last day), and what it adds.

    visits: days of which one in the window marks the row; None: the row is marked already.
    """

    dimensions: dict[str, str | None]
    first: date
    last: date
    numerator: int = 1
    denominator: int = 1
    days: int = 0
    is_running: bool = False
    visits: tuple[date, ...] | None = None


@dataclass(frozen=True)
class Choice:
    """What a reader has chosen; empty is everything."""

    since: date | None = None
    until: date | None = None
    only: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Oracle:
    """A metric: what kind of figure, over which rows, and whether the window leaves it alone (a stock)."""

    kind: Literal["count", "rate", "median"]
    rows: Callable[[Known], list[Row]]
    is_stock: bool = False


def evaluate(oracle: Oracle, known: Known, by: Sequence[str], choice: Choice) -> dict[Group, Figure]:
    """Give the figure of each group that has rows; by nothing, of the one group there is."""
    return tally(oracle, oracle.rows(known), known, by, choice)


def tally(
    oracle: Oracle, rows: list[Row], known: Known, by: Sequence[str], choice: Choice
) -> dict[Group, Figure]:
    """Group the chosen ones of a metric's rows and add each group up."""
    groups: dict[Group, list[Row]] = {} if by else {(): []}
    for row in (_marked(row, known, choice) for row in rows):
        is_apart = row.is_running and "period" not in by
        in_window = oracle.is_stock or row.visits is not None or _is_within(row, known, choice)
        if not is_apart and in_window and _is_chosen(row, choice):
            groups.setdefault(tuple(row.dimensions[name] for name in by), []).append(row)
    figures = {group: figure(oracle.kind, members) for group, members in groups.items()}
    return {group: one for group, one in figures.items() if _is_told(one, by)}


def _is_told(figure: Figure, by: Sequence[str]) -> bool:
    """Tell whether a group appears: one of nothing only where every place does, or there is but one."""
    is_every_place = bool({"township", "county"} & set(by)) and not {"institution", "unit"} & set(by)
    return figure.denominator != 0 or is_every_place or not by


def _marked(row: Row, known: Known, choice: Choice) -> Row:
    if row.visits is None:
        return row
    since, until = choice.since or known.plan.first, choice.until or known.as_of
    return replace(row, numerator=int(any(since <= day <= until for day in row.visits)))


def _is_within(row: Row, known: Known, choice: Choice) -> bool:
    return row.last >= (choice.since or known.plan.first) and row.first <= (choice.until or known.as_of)


def _is_chosen(row: Row, choice: Choice) -> bool:
    wanted = ((name, words) for name, words in choice.only.items() if words and name in row.dimensions)
    return all(row.dimensions[name] in words for name, words in wanted)


def figure(kind: str, rows: list[Row]) -> Figure:
    if kind == "count":
        return Figure(None, None, float(len(rows)))
    if kind == "median":
        return median([(row.days, row.numerator == 1) for row in rows])
    numerator, denominator = sum(row.numerator for row in rows), sum(row.denominator for row in rows)
    return Figure(numerator, denominator, numerator / denominator if denominator else None)


def median(lives: list[tuple[int, bool]]) -> Figure:
    """Kaplan–Meier: the first day on which no more than half survive; None while more than half do.

    A life is its days and whether it ended (else it was cut off that day, still living).
    """
    survival, value = Fraction(1), None
    for day in sorted({days for days, is_ended in lives if is_ended}):
        at_risk = sum(1 for days, _ in lives if days >= day)
        ended = sum(1 for days, is_ended in lives if is_ended and days == day)
        survival *= Fraction(at_risk - ended, at_risk)
        if survival <= Fraction(1, 2):
            value = float(day)
            break
    return Figure(sum(is_ended for _, is_ended in lives), len(lives), value)
