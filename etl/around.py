"""What stands around records and is none: totals, signatures, paragraphs; and the day of reporting in it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from etl.sheet import Sheet
from etl.words import Around

DAY = re.compile(
    r"(?<!\d)(20\d\d)\s*[-年./_]\s*(\d{1,2})\s*[-月./_]\s*(\d{1,2})(?!\d)"
    r"|(?<!\d)(20\d\d)(\d\d)(\d\d)(?=\d{6}(?!\d)|\D|$)"
)
SERIAL = re.compile(r"[45]\d{4}")
SERIAL_ORIGIN = date(1899, 12, 30)
INNER_BLANKS = re.compile(r"\s+(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])\s+")
NEAR = 3
"""How many cells behind its label the day of reporting may stand."""


def days_in(text: str) -> list[date]:
    """Find every full day written in a text; a month alone is none, nor is 31 February."""
    parts = ([part for part in found.groups() if part] for found in DAY.finditer(text))
    return [day for part in parts if (day := _day(part))]


def _day(parts: Sequence[str]) -> date | None:
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


@dataclass(frozen=True)
class Patterns:
    """The words around records as patterns. Those for rows fit the row's first text without blanks."""

    words: Around

    @cached_property
    def footer(self) -> str:
        """Totals, signatures and labels."""
        totals, signatures, labels = map(_any, (self.words.totals, self.words.signatures, self.words.labels))
        return rf"^(本.{{1,2}})?{totals}(\d|[:：(（]|$)|{totals}$|^{signatures}|^{labels}([:：(（]|$)"

    @cached_property
    def note(self) -> str:
        """The beginning of a paragraph of instructions."""
        return rf"^[(（【\[]?{_any(self.words.notes)}([:：)）】\]]|$)"

    @cached_property
    def seal(self) -> str:
        """The office that signs a table, alone under it."""
        return rf"{_any(self.words.offices)}$"

    def is_title(self, text: str) -> bool:
        """Tell whether a text names a table, 大箕镇隐患台账（2026年3月）."""
        title = rf"{_any(self.words.tables)}([（(].*)?([-—]*续表?)?$"
        return re.search(title, "".join(text.split())) is not None

    def is_footer(self, text: str) -> bool:
        return re.search(self.footer, "".join(text.split())) is not None

    def is_ours(self, sheet: Sheet) -> bool:
        """Tell whether a sheet was put into the workbook by us: its name stands first in it too."""
        return sheet.name in self.words.ours and "".join(sheet.texts(0)[:1]).startswith(sheet.name)

    @cached_property
    def _label(self) -> re.Pattern[str]:
        days, signatures = _any(self.words.days), _any(self.words.signatures)
        return re.compile(rf"{days}[:：]|^{days}$|{signatures}")

    def reported_day(self, rows: Iterable[Sequence[str | None]]) -> date | None:
        """Find the day of reporting in the rows around records: in its label's cell, or just behind it."""
        for row in rows:
            cells = [INNER_BLANKS.sub("", text) for text in row if text]
            for place, text in enumerate(cells):
                label = self._label.search(text)
                if label and (
                    day := _first_day([text[label.start() :], *cells[place + 1 : place + 1 + NEAR]])
                ):
                    return day
        return None


def _any(words: Iterable[str]) -> str:
    return f"({'|'.join(map(re.escape, words))})"


def _first_day(texts: Iterable[str]) -> date | None:
    for text in texts:
        if days := days_in(text):
            return days[0]
        if SERIAL.fullmatch(text):
            return SERIAL_ORIGIN + timedelta(days=int(text))
    return None
