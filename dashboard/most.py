"""How many towns, homes or lines a page draws at most: beyond that the worst ones, and it says so."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from dashboard import answers, markup
from dashboard.view import View
from dashboard.words import number

MOST = 80

T = TypeVar("T")


def cut(rows: Sequence[T], weight: Callable[[T], float]) -> list[T]:
    """The rows that weigh most, in the order they have."""
    if len(rows) <= MOST:
        return list(rows)
    heaviest = sorted(range(len(rows)), key=lambda place: -weight(rows[place]))[:MOST]
    return [rows[place] for place in sorted(heaviest)]


def places(view: View, code: str) -> list[str]:
    """The towns, or counties, drawn, in official order: all, or those in which a metric is worst."""
    known = view.places
    if len(known) <= MOST:
        return known
    frame = answers.figures(view.code, (code,), view.as_of, (view.by,), view.filters).drop_nulls("value")
    sign = -1 if answers.metric(code).good == "high" else 1
    values = dict(frame.select(view.by, "value").iter_rows())
    return cut(known, lambda place: sign * values[place] if place in values else float("-inf"))


def note(count: int, what: str) -> None:
    """Say that not all are drawn, and how to see the others."""
    if words := said(count, what):
        markup.note(f"{words}；要看其他的，用左侧筛选。")


def said(count: int, what: str) -> str:
    """共 1,200 家机构，只列最差的 80 家; "" where all are there."""
    return f"共 {number(count)} {what}，只列最差的 {MOST} {what[0]}" if count > MOST else ""
