"""Towns or homes × key figures as a table: darker is worse, every cell leads to its records."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from dashboard import markup
from dashboard.tokens import JUDGEMENT_SIGNS, JUDGEMENT_WORDS, ink_on


@dataclass(frozen=True)
class Cell:
    """One figure of one town: its text, its n/N, its colour, its address; text None: nothing to count.

    What is still running is drawn hollow: it has not failed yet.
    """

    text: str | None
    fraction: str = ""
    colour: str = "#ffffff"
    address: str = ""
    hint: str = ""
    is_running: bool = False


@dataclass(frozen=True)
class Row:
    name: str
    judgement: str | None
    address: str
    cells: Sequence[Cell]
    beside: str = ""


class Matrix(NamedTuple):
    """Columns (short name, explanation), and rows, the worst ones of so many known."""

    columns: Sequence[tuple[str, str]]
    rows: Sequence[Row]
    known: int


def draw(matrix: Matrix, what: str = "乡镇") -> None:
    """`what` the rows are; a row may have words beside its name."""
    columns, rows, _ = matrix
    heads = "".join(
        f'<th scope="col" title="{escape(hint)}">{markup.text(name)}</th>' for name, hint in columns
    )
    body = "".join(_row(row) for row in rows)
    markup.put(
        f'<div class="zb-scroll" tabindex="0" role="region" aria-label="各{what}关键指标">'
        f'<table class="zb-matrix"><thead><tr><th class="row" scope="col">{what}</th>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _row(row: Row) -> str:
    sign = ""
    if row.judgement in {"warn", "alarm"}:
        word = JUDGEMENT_WORDS[row.judgement]
        sign = f'<b class="{row.judgement}" title="{word}">{JUDGEMENT_SIGNS[row.judgement]}</b> '
    beside = f' <span class="muted">{markup.text(row.beside)}</span>' if row.beside else ""
    name = markup.link(markup.text(row.name), row.address)
    head = f'<th class="row" scope="row">{sign}{name}{beside}</th>'
    return f"<tr>{head}{''.join(_cell(cell) for cell in row.cells)}</tr>"


def _cell(cell: Cell) -> str:
    if cell.text is None:
        return f'<td class="none" title="{escape(cell.hint)}"><span>—</span></td>'
    fraction = f"<small>{markup.text(cell.fraction)}</small>" if cell.fraction else ""
    inner = f"<b>{markup.text(cell.text)}</b>{fraction}"
    style = (
        'class="running"'
        if cell.is_running
        else f'style="background: {cell.colour}; color: {ink_on(cell.colour)}"'
    )
    shown = markup.link(inner, cell.address, cell.hint) if cell.address else f"<span>{inner}</span>"
    return f"<td {style}>{shown}</td>"
