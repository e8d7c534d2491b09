"""Records to cells: each column in its office's own way of writing."""

from datetime import date

import numpy as np
import polars as pl

from etl.example.habits import Habit, writing
from etl.ledgers import LEDGERS, Field

Cell = date | int | float | str | None
ODD_NAMES = 0.05
"""The share of rows that name the home in another way than the register."""


def cells_of(
    kind: str, rows: pl.DataFrame, names: dict[int, list[str]], habit: Habit, dice: np.random.Generator
) -> dict[str, list[Cell]]:
    """Field to its cells, row by row; a field no record has is left out.

    names: institution_id to other ways of writing the home.
    """
    columns = {
        field.name: _column(field, rows[field.name], habit, dice)
        for field in LEDGERS[kind].fields
        if field.name in rows.columns and (field.required or rows[field.name].null_count() < rows.height)
    }
    if kind == "institutions":
        return columns
    for place in ("institution", "unit", "organiser"):
        if place in columns:
            columns[place] = _named(place, columns[place], rows, names, habit, dice)
    return columns


def _column(field: Field, values: pl.Series, habit: Habit, dice: np.random.Generator) -> list[Cell]:
    match field.type:
        case "date" | "event":
            return _days(field, values, habit, dice)
        case "count" | "minutes":
            return _numbers(field, values, habit)
        case "flag":
            return _flags(values, habit)
        case "choices" | "names":
            return values.list.join("、").replace("", None).to_list()
        case "choice":
            return values.replace(habit.ways).to_list()
        case _:
            return values.to_list()


def _days(field: Field, values: pl.Series, habit: Habit, dice: np.random.Generator) -> list[Cell]:
    told = writing()["days"]
    if habit.days == "cell":
        return values.to_list()
    if habit.days != "mixed":
        # a time of day stands only behind the day a thing happened
        form = habit.days if field.required else habit.days.split(" ")[0]
        return values.dt.strftime(form).to_list()
    forms = [values.dt.strftime(form).to_list() for form in told["mixed"]]
    return [forms[form][row] for row, form in enumerate(dice.integers(len(forms), size=len(values)))]


def _numbers(field: Field, values: pl.Series, habit: Habit) -> list[Cell]:
    unit = writing()["units"].get(field.name)
    if not (habit.has_units and unit):
        return values.to_list()
    return [None if value is None else f"{value:g}{unit}" for value in values]


def _flags(values: pl.Series, habit: Habit) -> list[Cell]:
    said: dict[bool | None, str | None] = {True: habit.flags[0], False: habit.flags[1], None: None}
    return [said[value] for value in values]


def _named(
    place: str,
    written: list[Cell],
    rows: pl.DataFrame,
    names: dict[int, list[str]],
    habit: Habit,
    dice: np.random.Generator,
) -> list[Cell]:
    """Names as the office writes them: towns as their office, some homes in other words, 本院 for itself."""
    if place == "organiser":
        return _organisers(written, rows["institution"].to_list(), habit)
    odd = dice.random(len(written)) < ODD_NAMES
    which = dice.integers(1_000, size=len(written))
    return [
        _name(name, names.get(home, []) if odd[row] else [], which[row], habit)
        for row, (name, home) in enumerate(zip(written, rows["home"], strict=True))
    ]


def _organisers(written: list[Cell], homes: list[str], habit: Habit) -> list[Cell]:
    own = writing()["layout"]["own"]
    pairs = zip(written, homes, strict=True)
    return [own if habit.says_own and name == home else name for name, home in pairs]


def _name(name: Cell, others: list[str], which: int, habit: Habit) -> Cell:
    if others:
        return others[which % len(others)]
    is_town = str(name).endswith(writing()["layout"]["town"])
    return f"{name}{habit.office}" if is_town else name


def other_names(homes: pl.DataFrame) -> dict[int, list[str]]:
    """Ways people write a home: the county in front, its ending cut short, a blank within, its old name."""
    rows = homes.select("institution_id", "institution", "former_names").iter_rows()
    return {number: _others(name, former) for number, name, former in rows}


def _others(name: str, former: list[str]) -> list[str]:
    area = writing()["layout"]["area"]
    shortened = [
        name.removesuffix(end) + rest for end, rest in writing()["shortened"].items() if name.endswith(end)
    ]
    return [f"{area}{name}", f"{name[:2]} {name[2:]}", f"{name[:4]}\n{name[4:]}", *shortened, *former]
