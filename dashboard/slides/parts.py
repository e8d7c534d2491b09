"""What a slide is made of: a message, one or two bodies, a source line, and what the speaker may need."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import floor

from dashboard.parts.cards import Card
from dashboard.tokens import ACCENT, INK


@dataclass(frozen=True)
class Cover:
    """The first slide: lines under the title."""

    lines: Sequence[str]


@dataclass(frozen=True)
class Figures:
    """Headline figures beside each other."""

    cards: Sequence[Card]


@dataclass(frozen=True)
class Entry:
    """One cell of a table: its words, smaller words behind, the ground and ink it stands in."""

    text: str
    small: str = ""
    fill: str | None = None
    ink: str = INK
    is_bold: bool = False
    is_hollow: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of entries. `widths`: shares of the whole; `numbers`: the columns that stand right."""

    heads: Sequence[str]
    rows: Sequence[Sequence[Entry]]
    widths: Sequence[float]
    numbers: Sequence[int] = ()
    empty: str = "没有这样的记录。"


@dataclass(frozen=True)
class Bar:
    """A bar from zero, what stands beside it, its n/N, and its colour."""

    label: str
    value: float
    text: str
    part: str = ""
    colour: str = ACCENT


@dataclass(frozen=True)
class Bars:
    """Bars on one scale that ends at `most`, of shares or of a `unit`, held against a `level`."""

    name: str
    bars: Sequence[Bar]
    most: float
    unit: str = ""
    level: float | None = None
    level_name: str = "达标线"
    empty: str = "没有可算的记录。"


@dataclass(frozen=True)
class Dot:
    """A rate with its interval, what stands beside it, its n/N, its colour; is it enough to be ranked?"""

    label: str
    value: float
    low: float
    high: float
    text: str
    part: str
    colour: str
    is_ranked: bool


@dataclass(frozen=True)
class Dots:
    """Dots with intervals on one scale of rates; `level` is the line they are held against."""

    name: str
    dots: Sequence[Dot]
    level: float | None
    level_name: str = "全县"
    empty: str = "没有可算的记录。"

    @property
    def least(self) -> float:
        """Where the scale begins: below every interval, at a whole tenth."""
        lowest = min([*(dot.low for dot in self.dots), 0 if self.level is None else self.level])
        return floor(lowest * 10) / 10


@dataclass(frozen=True)
class Course:
    """Lines over days; a value is None where there was none."""

    name: str
    days: Sequence[date]
    series: Mapping[str, tuple[Sequence[float | None], str]]


@dataclass(frozen=True)
class Stretch:
    """A phase on the time axis: how much of it is done (0–1, None before it begins)."""

    name: str
    from_on: date
    to_on: date
    done: float | None


@dataclass(frozen=True)
class Gantt:
    """Phases on one time axis, with today marked."""

    stretches: Sequence[Stretch]
    from_on: date
    to_on: date
    today: date


Body = Cover | Figures | Table | Bars | Dots | Course | Gantt


@dataclass(frozen=True)
class Slide:
    """One message with its figures. `bodies` stand side by side or stacked; `notes` are the speaker's.

    `shares`: how the width is shared, where not alike.
    """

    code: str
    title: str
    bodies: Sequence[Body]
    source: str = ""
    notes: Sequence[str] = field(default_factory=tuple)
    is_stacked: bool = False
    shares: Sequence[float] = ()
