"""HTML made by hand, safely: every text from a ledger passes through here and is escaped."""

import re
from collections.abc import Mapping
from datetime import date
from html import escape
from urllib.parse import urlencode

import streamlit as st

MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_{}[]()<>#+-.!|~$:&@"})
JOINER = "\u2060"
Value = str | date | list[str] | tuple[str, ...] | None


class Html(str):
    """Text that is HTML already, its parts escaped."""

    __slots__ = ()


def text(value: object) -> str:
    """A value as HTML text; nothing becomes an em dash."""
    return escape("—" if value is None or value == "" else str(value))


def plain(words: str) -> str:
    """Words for what reads Markdown, as boxes, buttons and toasts do: they are shown as they are.

    What begins like an address gets a sign nobody sees, or it would become a link whatever stands before it.
    """
    marked = words.translate(MARKS)
    return re.sub(r"(?i)(https?)\\:|(www)\\\.", lambda found: f"{found[0]}{JOINER}", marked)


def address(path: str, query: Mapping[str, Value]) -> str:
    """A link within the dashboard: /path?key=value, empty values left out, several repeated."""
    pairs = [
        (key, str(item))
        for key, value in query.items()
        for item in (value if isinstance(value, list | tuple) else [value])
        if item not in (None, "")
    ]
    return f"/{path}" + (f"?{urlencode(pairs)}" if pairs else "")


def link(label_html: str, target: str, title: str = "") -> Html:
    """An anchor that opens in the same tab, so that the way back is the browser's own."""
    hint = f' title="{escape(title)}"' if title else ""
    return Html(f'<a href="{escape(target)}" target="_self"{hint}>{label_html}</a>')


def put(html: str) -> None:
    """Draw a piece of HTML on the page, in the report's own type."""
    st.html(f'<div class="zb">{html}</div>')


def message(sentence: str) -> None:
    """The page's message: one computed sentence, the largest text on the page."""
    put(f'<h1 class="zb-message">{text(sentence)}</h1>')


def title(sentence: str, subtitle: str = "") -> None:
    """A section's message and, in quiet, what is drawn and in which unit."""
    put(f'<h2 class="zb-title">{text(sentence)}<span class="muted">{escape(subtitle)}</span></h2>')


def note(sentence: str) -> None:
    put(f'<div class="zb-note">{text(sentence)}</div>')


def empty(sentence: str) -> None:
    """What stands where there is nothing to draw: why, and what to do."""
    put(f'<div class="zb-empty">{text(sentence)}</div>')
