"""How each office writes: its headings, its forms of days and of yes, its layout, drawn from the seed."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from etl.example.story import story
from etl.ledgers import GROUPS, LEDGERS

CSV_TOWN = "下村镇"
"""The town that sends CSV in GB18030 instead of a workbook."""


@dataclass(frozen=True)
class Habit:
    """One office's ways.

    headings: kind, field to heading. days: a form, cell (true dates) or mixed. flags: its yes and no.
    ways: word of a closed list to how it writes it. office: what it puts behind a town's name.
    has_numbers: a 序号 column. merges: the home's cells merged downwards. two_levels: the groups of
    trainings over two heading rows. has_units: 60张 for 60. breaks: line breaks in long headings.
    says_own: 本院 for a home's own training. blanks: an empty row after so many records, 0 for none.
    lines: rows above the headings. foot: how the sheet ends. hidden: a hidden empty sheet.
    """

    headings: dict[str, dict[str, str]]
    days: str
    flags: tuple[str, str]
    ways: dict[str, str]
    office: str
    has_numbers: bool
    merges: bool
    two_levels: bool
    has_units: bool
    breaks: bool
    says_own: bool
    blanks: int
    lines: int
    foot: str
    hidden: bool
    is_csv: bool


@cache
def writing() -> dict[str, Any]:
    """habits.toml."""
    return tomllib.loads((Path(__file__).parent / "habits.toml").read_text(encoding="utf-8"))


def habits(seed: int) -> dict[str, Habit]:
    """The habits of every office, each trait dealt round so that some office has it."""
    dice = np.random.default_rng([seed, *b"habits"])
    names = [*(town["name"] for town in story()["towns"]), "county"]
    deals = {trait: _deal(dice, pool, len(names)) for trait, pool in _traits().items()}
    return {
        name: _habit(dice, name, {trait: deal[at] for trait, deal in deals.items()})
        for at, name in enumerate(names)
    }


def _traits() -> dict[str, Sequence[Any]]:
    told = writing()
    return {
        "days": told["days"]["forms"],
        "flags": [tuple(pair) for pair in told["flags"]["forms"]],
        "office": told["layout"]["offices"],
        "has_numbers": (True, True, False),
        "merges": (False, False, True),
        "two_levels": (False, True),
        "has_units": (False, True),
        "breaks": (False, False, True),
        "says_own": (False, True, False),
        "blanks": (0, 0, 40, 0, 25),
        "lines": (1, 2, 2, 3),
        "foot": ("total", "signature", "both", "none", "note"),
        "hidden": (False, True, False),
    }


def _deal(dice: np.random.Generator, pool: Sequence[Any], size: int) -> list[Any]:
    return [pool[at] for at in dice.permutation(np.arange(size) % len(pool))]


def _habit(dice: np.random.Generator, name: str, traits: dict[str, Any]) -> Habit:
    told = writing()
    is_csv = name == CSV_TOWN
    if is_csv:
        traits |= {"merges": False, "two_levels": False, "hidden": False, "breaks": False}
        traits["days"] = told["days"]["plain"]
    headings = {kind: _headings(dice, kind) for kind in LEDGERS}
    ways = {word: _one(dice, some) for word, some in told["ways"].items()}
    return Habit(headings=headings, ways=ways, is_csv=is_csv, **traits)


def _headings(dice: np.random.Generator, kind: str) -> dict[str, str]:
    other = writing()["headings"].get(kind, {})
    return {field.name: _one(dice, other.get(field.name, [field.heading])) for field in LEDGERS[kind].fields}


def _one(dice: np.random.Generator, pool: Sequence[str]) -> str:
    return pool[int(dice.integers(len(pool)))]


def group_headings() -> dict[str, tuple[str, str]]:
    """Training field to its two heading levels: 机构负责人 over 应训."""
    roles = writing()["training_groups"]
    return {f"{role}_{group}": (heading, roles[role]) for group, heading in GROUPS.items() for role in roles}
