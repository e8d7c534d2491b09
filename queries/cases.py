"""Each metric's case worked by hand (cases/CODE.txt): a few facts as text tables, and the figures they give.

    hazards
        found_on   | rectified_on | why
        2024-03-01 | 2024-03-31   | 已整改
        2024-05-01 |              |

    2024-06-30 since 2024-02-01
        rate
        1 / (1 + 1)

A line at the margin names a table of facts, or the day of an answer (and its window); the table below it is
indented. Answers: by the dimensions that come first, `rate` as a quotient of sums, `count` as a sum, or the
`events`, `of` how many and `days` of a median. `why` is for readers.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from queries.checked import DefinitionError
from queries.filters import Filters

CASES = Path(__file__).parent / "cases"
MEASURES = ("rate", "count", "events", "of", "days")
ANSWER = re.compile(r"(?P<day>[\d-]+)(?: since (?P<since>[\d-]+))?(?: until (?P<until>[\d-]+))?")


@dataclass(frozen=True)
class Table:
    """A text table below its title; a blank cell is ''."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def records(self) -> list[dict[str, str]]:
        return [dict(zip(self.heads, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Answer:
    """What the facts give on a day, within a window, group by group."""

    as_of: date
    filters: Filters
    table: Table

    @property
    def by(self) -> tuple[str, ...]:
        return tuple(head for head in self.table.heads if head not in MEASURES)


@dataclass(frozen=True)
class Case:
    facts: tuple[Table, ...]
    answers: tuple[Answer, ...]


@cache
def case(code: str) -> Case:
    """The case of a metric. Raises DefinitionError where there is none or it cannot be read."""
    path = CASES / f"{code}.txt"
    if not path.exists():
        raise DefinitionError(f"指标 {code} 没有手算的例子 {path.name}")
    return read_case(path.read_text(encoding="utf-8"), path.name)


def read_case(text: str, name: str) -> Case:
    """Read a case. Raises DefinitionError, naming the file."""
    tables = [_table(block.splitlines(), name) for block in text.strip().split("\n\n")]
    answers = [(ANSWER.fullmatch(table.title), table) for table in tables]
    if not any(match for match, _ in answers):
        raise DefinitionError(f"{name}：没有写哪一天的结果")
    return Case(
        tuple(table for match, table in answers if not match),
        tuple(_answer(match, table) for match, table in answers if match),
    )


def _table(lines: Sequence[str], name: str) -> Table:
    title, *rest = lines
    heads, *rows = [tuple(cell.strip() for cell in line.split("|")) for line in rest] or [()]
    if title.startswith(" ") or not rows or any(len(row) != len(heads) for row in rows):
        raise DefinitionError(f"{name}：{title.strip()} 的表读不了")
    return Table(title, heads, tuple(rows))


def _answer(match: re.Match[str], table: Table) -> Answer:
    since, until = (date.fromisoformat(day) if (day := match[name]) else None for name in ("since", "until"))
    return Answer(date.fromisoformat(match["day"]), Filters(since=since, until=until), table)


def quotient(text: str) -> tuple[int, int]:
    """Add up numerator and denominator of `(1 + 1) / (3 + 1)`."""
    numerator, _, denominator = text.partition("/")
    return added(numerator), added(denominator)


def added(text: str) -> int:
    """Add up `1 + 1`; brackets around it do not matter."""
    return sum(int(part) for part in text.strip(" ()").split("+"))


def figures(row: dict[str, str]) -> tuple[int | None, int | None, float | None]:
    """The numerator, denominator and value a line of an answer comes to."""
    if "rate" in row:
        numerator, denominator = quotient(row["rate"])
        return numerator, denominator, numerator / denominator if denominator else None
    if "count" in row:
        return None, None, added(row["count"])
    return added(row["events"]), added(row["of"]), added(row["days"]) if row["days"] else None
