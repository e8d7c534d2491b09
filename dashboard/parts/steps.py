"""A course of steps on one line: what is done, what is late, what is still to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard import markup

SIGNS = {"done": "✓", "late": "▲", "alarm": "●", "ahead": "○"}


@dataclass(frozen=True)
class Step:
    """One step: its name, its day (or that there is none), what is said of it, how it stands."""

    name: str
    when: str
    note: str
    state: Literal["done", "late", "alarm", "ahead"]


def draw(label: str, steps: Sequence[Step]) -> None:
    items = "".join(_item(step) for step in steps)
    markup.put(f'<ol class="zb-steps" aria-label="{markup.text(label)}">{items}</ol>')


def _item(step: Step) -> str:
    return (
        f'<li class="{step.state}"><b>{SIGNS[step.state]}</b>'
        f'<span class="name">{markup.text(step.name)}</span>'
        f'<span class="when">{markup.text(step.when)}</span>'
        f'<span class="note">{markup.text(step.note) if step.note else ""}</span></li>'
    )
