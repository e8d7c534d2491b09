"""What a record says, as names and values in columns; long texts take the whole width."""

from collections.abc import Sequence

from dashboard import markup
from dashboard.markup import Html

LONG = 24
"""Letters from which a value takes a line of its own."""

Fact = tuple[str, object]


def draw(facts: Sequence[Fact]) -> None:
    """`facts`: (name, value), in order; a value of Html is drawn as it is, nothing as an em dash."""
    markup.put(f'<dl class="zb-facts">{"".join(_fact(*fact) for fact in facts)}</dl>')


def _fact(name: str, value: object) -> str:
    shown = value if isinstance(value, Html) else markup.text(value)
    wide = ' class="wide"' if len(str(value)) > LONG and not isinstance(value, Html) else ""
    return f"<div{wide}><dt>{markup.text(name)}</dt><dd>{shown}</dd></div>"
