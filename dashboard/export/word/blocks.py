"""What an official document consists of, before it has any looks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right", "justify"]


@dataclass(frozen=True)
class Blank:
    """What a person must judge or fill in: marked, so that nobody sends it out unread."""

    asks: str


Part = str | Blank


@dataclass(frozen=True)
class Title:
    """The document's name."""

    text: str


@dataclass(frozen=True)
class Heading:
    """A heading of the first (一、) or second (（一）) level."""

    text: str
    level: Literal[1, 2] = 1


@dataclass(frozen=True)
class Text:
    """A paragraph: of the body, indented by two characters, or a line of its own."""

    parts: tuple[Part, ...]
    is_indented: bool = True
    align: Align = "justify"
    begins_page: bool = False


@dataclass(frozen=True)
class Table:
    """Heads and rows; widths in shares of the page; `numbers`: the columns set to the right."""

    heads: Sequence[str]
    rows: Sequence[Sequence[object]]
    widths: Sequence[float]
    numbers: Collection[int] = ()


@dataclass(frozen=True)
class CutLine:
    """A dashed line to cut along."""


Block = Title | Heading | Text | Table | CutLine


def text(*parts: Part) -> Text:
    """A paragraph of the body."""
    return Text(parts)


def line(*parts: Part, align: Align = "left", begins_page: bool = False) -> Text:
    """A line of its own, not indented."""
    return Text(parts, is_indented=False, align=align, begins_page=begins_page)
