"""A slide as HTML: sizes are shares of the slide's width, set in stage.css."""

from collections.abc import Callable
from html import escape
from typing import Any

from dashboard.parts.cards import NO_CHANGE, Card, badge, sparkline
from dashboard.slides import drawn
from dashboard.slides.paging import DENSE
from dashboard.slides.parts import Bars, Course, Cover, Dots, Entry, Figures, Gantt, Slide, Table
from dashboard.tokens import INK, PAPER


def html(slide: Slide) -> str:
    bodies = "".join(_body(body) for body in slide.bodies)
    shares = " ".join(f"minmax(0, {share}fr)" for share in (slide.shares or [1] * len(slide.bodies)))
    way = "grid-template-rows: auto" if slide.is_stacked else f"grid-template-columns: {shares}"
    source = f'<p class="source">{escape(slide.source)}</p>' if slide.source else ""
    return (
        f"<h1>{escape(slide.title).replace(chr(10), '<br>')}</h1>"
        f'<div class="bodies" style="{way}">{bodies}</div>{source}'
    )


def _body(body: Any) -> str:
    return DRAW[type(body)](body)


def _cover(body: Cover) -> str:
    return f'<div class="cover">{"".join(f"<p>{escape(line)}</p>" for line in body.lines)}</div>'


def _figures(body: Figures) -> str:
    return f'<div class="figures n{len(body.cards)}">{"".join(_card(card) for card in body.cards)}</div>'


def _card(card: Card) -> str:
    feet = (card.beneath, card.change or NO_CHANGE, card.target)
    lines = "".join(f"<p>{escape(line)}</p>" for line in feet if line)
    return (
        f'<div class="figure"><h2>{escape(card.name)} {badge(card.judgement)}</h2>'
        f'<div class="value">{escape(card.value)}{sparkline(card.trend)}</div>{lines}</div>'
    )


def _table(body: Table) -> str:
    if not body.rows:
        return _nothing(body.empty)
    whole = sum(body.widths)
    columns = "".join(f'<col style="width: {share / whole:.2%}">' for share in body.widths)
    numbers = set(body.numbers)
    heads = "".join(
        f'<th scope="col"{_right(place in numbers)}>{escape(head)}</th>'
        for place, head in enumerate(body.heads)
    )
    rows = "".join(
        f"<tr>{''.join(_cell(entry, place in numbers) for place, entry in enumerate(row))}</tr>"
        for row in body.rows
    )
    kind = "dense" if len(body.rows) >= DENSE else ""
    return (
        f'<table class="{kind}"><colgroup>{columns}</colgroup><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _right(is_number: bool) -> str:
    return ' class="number"' if is_number else ""


def _cell(entry: Entry, is_number: bool) -> str:
    words = escape(entry.text)
    bold = f"<b>{words}</b>" if entry.is_bold else words
    small = f" <small>{escape(entry.small)}</small>" if entry.small else ""
    kinds = " ".join(name for name, given in (("number", is_number), ("hollow", entry.is_hollow)) if given)
    style = "".join(
        f"{name}: {value};"
        for name, value, usual in (("background", entry.fill, PAPER), ("color", entry.ink, INK))
        if value and value != usual
    )
    return f'<td class="{kinds}" style="{style}">{bold}{small}</td>'


def _bars(body: Bars) -> str:
    return drawn.bars(body) if body.bars else _nothing(body.empty)


def _dots(body: Dots) -> str:
    return drawn.dots(body) if body.dots else _nothing(body.empty)


def _nothing(words: str) -> str:
    return f'<p class="nothing">{escape(words)}</p>'


DRAW: dict[type, Callable[[Any], str]] = {
    Cover: _cover,
    Figures: _figures,
    Table: _table,
    Bars: _bars,
    Dots: _dots,
    Course: drawn.course,
    Gantt: drawn.gantt,
}
