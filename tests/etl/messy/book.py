"""What is sent, put into files: blocks in sheets, sheets in workbooks, one kind sometimes as a CSV."""

from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from pathlib import Path

from etl.ledgers import LEDGERS
from tests.etl.messy.area import Area, lay_block, note_headings
from tests.etl.messy.columns import Column, choose_columns
from tests.etl.messy.county import County, draw_county
from tests.etl.messy.dice import Dice
from tests.etl.messy.files import Page, write_file
from tests.etl.messy.lines import Line, Sending
from tests.etl.messy.rows import write_rows
from tests.etl.messy.sendings import draw_sendings

Blocks = list[list[Line]]


@dataclass
class Story:
    """One seed told: the county, every row, the blocks' heading rows, files nothing can be read from."""

    seed: int
    county: County
    lines: list[Line] = field(default_factory=list)
    headers: dict[tuple[str, str | None, int], str] = field(default_factory=dict)
    unclear: set[tuple[str, str | None, int, str]] = field(default_factory=set)
    unread: set[tuple[str, str | None]] = field(default_factory=set)

    def renamed(self, names: dict[str, str]) -> "Story":
        """The same story with its files under other names."""
        return Story(
            self.seed,
            self.county,
            [replace(line, path=names[line.path]) for line in self.lines],
            {(names[path], sheet, row): kind for (path, sheet, row), kind in self.headers.items()},
            {(names[path], sheet, row, text) for path, sheet, row, text in self.unclear},
            {(names[path], sheet) for path, sheet in self.unread},
        )


def write_story(seed: int, folder: Path) -> tuple[Story, Dice]:
    """Draw true records and write them, with every kind of mess, to files in a folder."""
    dice = Dice(seed)
    story = Story(seed, draw_county(dice))
    for number, sending in enumerate(draw_sendings(dice, story.county)):
        if sending.lines:
            Writer(dice, story, folder, sending, number).write()
    if dice.mess("file cut short", 0.15):
        (folder / "残缺.xlsx").write_bytes(b"PK\x03\x04 cut short")
        story.unread.add(("残缺.xlsx", None))
    return story, dice


@dataclass
class Writer:
    """Writes one sending."""

    dice: Dice
    story: Story
    folder: Path
    sending: Sending
    number: int

    def write(self) -> None:
        blocks = self._blocks()
        self.is_day_in_name = self.dice.mess("day of the report in the file's name", 0.5)
        if len(blocks) > 1 and self.dice.mess("a kind in a CSV of its own", 0.4):
            self._write_csv(blocks.pop())
        self._write_workbook(blocks)

    def _blocks(self) -> Blocks:
        """The rows by kind and sheet, the kinds in any order."""
        kinds = list(LEDGERS)
        self.dice.shuffle(kinds)
        ordered = sorted(self.sending.lines, key=lambda line: (kinds.index(line.kind), line.part))
        blocks = [list(lines) for _, lines in groupby(ordered, key=lambda line: (line.kind, line.part))]
        for lines in blocks:
            if self.dice.mess("rows sorted by institution", 0.4):
                lines.sort(key=lambda line: repr(line.values.get("institution", line.values.get("unit"))))
        return blocks

    @property
    def _told_on(self) -> date | None:
        """The day of reporting, where the file's name does not say it."""
        return None if self.is_day_in_name else self.sending.sent_on

    def _name(self, what: str) -> str:
        day = self.sending.sent_on
        is_dated = self.is_day_in_name and day is not None
        return (
            f"{self.sending.name}{what}{day:%Y%m%d}"
            if is_dated and day
            else f"{what}{self.sending.name}{self.number}"
        )

    def _write_csv(self, lines: list[Line]) -> None:
        kind = LEDGERS[lines[0].kind].name
        path = self.folder / f"{self._name(kind)}.csv"
        page = Page(None)
        title = self._title(lines) if self.dice.mess("title in a CSV", 0.3) else None
        self._add(page, path, 0, lines, title, is_typed=False)
        write_file(self.dice, path, [page])

    def _write_workbook(self, blocks: Blocks) -> None:
        suffix = self.dice.pick({".xlsx": ".xlsx", "xlsx again": ".xlsx", ".xls": ".xls", ".et": ".et"})
        path = self.folder / f"{self._name('台账')}{suffix}"
        pages: list[Page] = []
        for place, lines in enumerate(blocks):
            is_other = not place or blocks[place - 1][0].kind != lines[0].kind
            if pages and is_other and self.dice.mess("several ledgers in one sheet", 0.2):
                self._add(pages[-1], path, len(pages) - 1, lines, self._title(lines), is_typed=True)
            else:
                pages.append(self._page(path, len(pages), place, lines))
        write_file(self.dice, path, [*pages, *self._idle_pages(path)])

    def _page(self, path: Path, sheet: int, place: int, lines: list[Line]) -> Page:
        """A sheet of its own, whose name or title tells the kind."""
        is_named = self.dice.random() < 0.6
        name = f"{LEDGERS[lines[0].kind].name}{lines[0].part or ''}" if is_named else f"Sheet{place + 1}"
        is_hidden = sheet > 0 and self.dice.mess("hidden sheet", 0.1)
        page = Page(name, is_hidden=is_hidden)
        title = self._title(lines) if not is_named or self.dice.random() < 0.4 else None
        self._add(page, path, sheet, lines, title, is_typed=True)
        return page

    def _title(self, lines: list[Line]) -> str:
        self.dice.made["title row"] += 1
        sender = self.sending.sender
        return f"泽州县{sender.name if sender else ''}养老机构{LEDGERS[lines[0].kind].name}"

    def _idle_pages(self, path: Path) -> list[Page]:
        pages = [Page("空表")] if self.dice.mess("empty sheet", 0.2) else []
        if self.dice.mess("sheet without a ledger", 0.15):
            pages.append(Page("说明", {(0, 0): "本表由各镇民政办填写"}))
            self.story.unread.add((path.name, "说明"))
        return pages

    def _add(
        self, page: Page, path: Path, sheet: int, lines: list[Line], title: str | None, is_typed: bool
    ) -> None:
        """Lay a block below what a sheet holds already, and note where its rows stand."""
        write_rows(self.dice, self.story.county, self.sending.sender, lines, is_typed)
        columns = choose_columns(self.dice, lines[0].kind, lines, is_typed)
        area = lay_block(self.dice, columns, lines, title, self._told_on, is_typed)
        below = max((row for row, _ in page.cells), default=-1) + 1
        left = self.dice.randint(0, 1) if not below and is_typed else 0
        top = below + self.dice.randint(1, 2) if below else 0
        page.cells |= {(row + top, column + left): cell for (row, column), cell in area.cells.items()}
        page.spans += [(a + top, b + left, c + top, d + left) for a, b, c, d in area.spans]
        note_headings(columns, lines)
        self._note(page, path, sheet, lines, columns, area, top)

    def _note(
        self,
        page: Page,
        path: Path,
        sheet: int,
        lines: list[Line],
        columns: list[Column],
        area: Area,
        top: int,
    ) -> None:
        header = (path.name, page.name, area.header_row + top + 1)
        for line, row in zip(lines, area.rows, strict=True):
            line.path, line.sheet, line.sent_on = path.name, page.name, self.sending.sent_on
            line.place = (sheet, row + top + 1)
        self.story.lines += lines
        self.story.headers[header] = lines[0].kind
        self.story.unclear |= {(*header, column.heading) for column in columns if column.sort == "unclear"}
