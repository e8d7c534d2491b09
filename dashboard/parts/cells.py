"""Cells of a printed table: what stays on one line, and what takes the room that is left."""

from dashboard import markup
from dashboard.markup import Html


def kept(value: object) -> Html:
    """A date, a number, a short word: never broken."""
    return Html(f'<span class="keep">{markup.text(value)}</span>')


def wide(value: object) -> Html:
    """Running text: it breaks, but never to a character a line."""
    return Html(f'<div class="wide">{markup.text(value)}</div>')
