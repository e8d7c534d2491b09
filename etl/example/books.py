"""The workbooks of the county: every office's sheets, and what was planted in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from etl.example.cells import cells_of, other_names
from etl.example.habits import Habit, habits, writing
from etl.example.offices import COUNTY, Office, offices
from etl.example.plants import Plant, plant
from etl.example.sheets import Sheet, lay_out
from etl.ledgers import LEDGERS


@dataclass(frozen=True)
class Book:
    """One file: a workbook, or a CSV of a single sheet. plants: by sheet, what is wrong in it."""

    path: str
    filled_on: date
    sheets: list[Sheet]
    plants: list[list[Plant]]

    @property
    def is_csv(self) -> bool:
        return self.path.endswith(".csv")

    def wrong(self) -> Iterator[dict[str, object]]:
        """Every wrong row, as planted() gives it."""
        for sheet, plants in zip(self.sheets, self.plants, strict=True):
            for told in plants:
                yield {
                    "path": self.path,
                    "sheet": None if self.is_csv else sheet.name,
                    "row": sheet.rows[told.record],
                    "kind": sheet.kind,
                    "field": told.field,
                    "heading": sheet.headings[told.field],
                    "rule": told.rule,
                    "effect": told.effect,
                }


@dataclass(frozen=True)
class Sender:
    """An office, its habits and the dice its slips are thrown with."""

    office: Office
    habit: Habit
    names: dict[int, list[str]]
    dice: np.random.Generator

    @property
    def title(self) -> str:
        return writing()["layout"]["county"] if self.office.name == COUNTY else self.office.name


def books(tables: dict[str, pl.DataFrame], as_of: date, seed: int) -> Iterator[Book]:
    """Every file the offices of the county would have sent of these records."""
    ways, names = habits(seed), other_names(tables["institutions"])
    newest: dict[str, date] = {}
    for office in offices(tables, as_of):
        dice = np.random.default_rng([seed, *office.name.encode(), office.reported_on.toordinal()])
        yield from _files(
            Sender(office, ways[office.name], names, dice), newest.setdefault(office.name, office.reported_on)
        )


def _files(sender: Sender, newest: date) -> Iterator[Book]:
    """A workbook of all the ledgers, or a CSV for each. Only the newest has wrong rows."""
    office = sender.office
    is_newest = office.reported_on == newest
    pairs = [_sheet(sender, kind, is_newest) for kind, rows in office.ledgers.items() if rows.height]
    if sender.habit.is_csv:
        for sheet, wrong in pairs:
            path = f"{sender.title}_{sheet.name}_{office.reported_on}.csv"
            yield Book(path, office.reported_on, [sheet], [wrong])
        return
    sheets, plants = [sheet for sheet, _ in pairs], [wrong for _, wrong in pairs]
    if sender.habit.hidden:
        sheets.append(Sheet(writing()["layout"]["hidden"], is_hidden=True))
        plants.append([])
    path = f"{sender.title}_{writing()['layout']['book']}_{office.reported_on}.xlsx"
    yield Book(path, office.reported_on, sheets, plants)


def _sheet(sender: Sender, kind: str, is_newest: bool) -> tuple[Sheet, list[Plant]]:
    office, habit = sender.office, sender.habit
    rows = office.ledgers[kind]
    if habit.merges and "institution" in rows.columns:
        rows = rows.sort("home", maintain_order=True)
    columns = cells_of(kind, rows, sender.names, habit, sender.dice)
    plants = plant(office, kind, rows, columns) if is_newest else []
    name = LEDGERS[kind].name.removeprefix("机构")
    title = f"{sender.title}养老机构{name}"
    unit = sender.title if office.name == COUNTY else f"{sender.title}{habit.office.removeprefix('镇')}"
    return lay_out(kind, title, unit, office.reported_on, columns, habit), plants
