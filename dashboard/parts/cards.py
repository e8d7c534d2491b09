"""Headline figures: value, n/N, target, change since a day, a sparkline, and a judgement in a word."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from dashboard import markup
from dashboard.tokens import ACCENT, JUDGEMENT_SIGNS, JUDGEMENT_WORDS

WIDTH, HEIGHT, INSET = 64, 22, 3
NO_CHANGE = "当时尚无可比的数"


@dataclass(frozen=True)
class Card:
    """One headline figure, as text; `trend` holds its values over time, oldest first."""

    name: str
    value: str
    beneath: str
    change: str
    judgement: str | None = None
    trend: Sequence[float | None] = ()
    target: str = ""
    explain: str = ""
    address: str = ""


def draw(cards: Sequence[Card]) -> None:
    markup.put(f'<div class="zb-cards">{"".join(_card(card) for card in cards)}</div>')


def _card(card: Card) -> str:
    value = markup.text(card.value)
    shown = markup.link(value, card.address, "看明细") if card.address else value
    feet = (card.beneath, card.change or NO_CHANGE, card.target)
    foot = "".join(f'<div class="foot">{markup.text(line)}</div>' for line in feet if line)
    return (
        f'<div class="zb-card" title="{escape(card.explain)}">'
        f'<div class="head"><span>{markup.text(card.name)}</span>{badge(card.judgement)}</div>'
        f'<div class="body"><span class="value">{shown}</span>{sparkline(card.trend)}</div>'
        f"{foot}</div>"
    )


def badge(judgement: str | None) -> str:
    """A judgement as sign and word, never by colour alone; nothing where no threshold is set."""
    if judgement is None:
        return ""
    return f'<b class="{judgement}">{JUDGEMENT_SIGNS[judgement]} {JUDGEMENT_WORDS[judgement]}</b>'


def sparkline(values: Sequence[float | None]) -> str:
    """A line of a figure's course, without axes; gaps where there was no value."""
    known = [(index, value) for index, value in enumerate(values) if value is not None]
    if len(known) < 2:
        return ""
    low, high = min(value for _, value in known), max(value for _, value in known)
    span = (high - low) or 1
    spots = [
        (
            INSET + index * (WIDTH - 2 * INSET) / (len(values) - 1),
            HEIGHT - INSET - (value - low) / span * (HEIGHT - 2 * INSET),
        )
        for index, value in known
    ]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    x, y = spots[-1]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<polyline points="{path}" fill="none" stroke="{ACCENT}" stroke-width="1.5"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{ACCENT}"/></svg>'
    )
    # st.html strips inline SVG, but keeps a picture.
    return f'<img alt="" width="{WIDTH}" height="{HEIGHT}" src="data:image/svg+xml,{quote(svg)}">'
