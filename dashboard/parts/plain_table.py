"""A short table in print: nothing to sort or search, headings, rules, numbers to the right."""

from collections.abc import Collection, Sequence
from html import escape

from dashboard import markup
from dashboard.markup import Html


def draw(
    label: str, heads: Sequence[str], rows: Sequence[Sequence[object]], numbers: Collection[int] = ()
) -> None:
    """`label` names the table for a screen reader; `numbers`: the columns set to the right."""
    markup.put(html(label, heads, rows, numbers))


def html(
    label: str, heads: Sequence[str], rows: Sequence[Sequence[object]], numbers: Collection[int] = ()
) -> Html:
    """The table as HTML. A cell of Html is drawn as it is, anything else as escaped text."""
    head = "".join(
        f'<th scope="col"{_side(index, numbers)}>{escape(name)}</th>' for index, name in enumerate(heads)
    )
    body = "".join(_row(row, numbers) for row in rows)
    return Html(
        f'<div class="zb-scroll" tabindex="0" role="region" aria-label="{escape(label)}">'
        f'<table class="zb-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _row(row: Sequence[object], numbers: Collection[int]) -> str:
    cells = (f"<td{_side(index, numbers)}>{_cell(value)}</td>" for index, value in enumerate(row))
    return f"<tr>{''.join(cells)}</tr>"


def _side(index: int, numbers: Collection[int]) -> str:
    return ' class="num"' if index in numbers else ""


def _cell(value: object) -> str:
    return value if isinstance(value, Html) else markup.text(value)
