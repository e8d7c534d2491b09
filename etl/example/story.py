"""What is true of the invented county, how large it is, and the dice it is thrown with."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

Scale = Literal["county", "province", "nation"]
Days = NDArray[np.int64]
"""Days since 1970-01-01."""

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "data"
EPOCH = date(1970, 1, 1)
FIRST_DAY = date(2024, 1, 1)
LAST_DAY = date(2026, 12, 31)
COUNTIES_AT_ONCE = 20


@dataclass(frozen=True)
class Size:
    """How many counties of 60 homes, and how many hazards a visit finds against the county's own."""

    counties: int
    hazards: float


SIZES: dict[Scale, Size] = {
    "county": Size(1, 1.0),
    "province": Size(20, 1.3),
    "nation": Size(667, 4.7),
}


@dataclass(frozen=True)
class Part:
    """A run of counties thrown in one go: its first county, how many, the day and the seed."""

    scale: Scale
    first: int
    counties: int
    as_of: date
    seed: int

    def dice(self, table: str) -> "Dice":
        """Dice of a table's own, so that a change in one table leaves the others as they were."""
        return Dice(np.random.default_rng([self.seed, self.first, *table.encode()]))

    @property
    def end(self) -> int:
        return day(self.as_of)


class Dice:
    """A seeded generator that speaks of days, chances and pools."""

    def __init__(self, generator: np.random.Generator) -> None:
        self.generator = generator

    def share(self, size: int) -> NDArray[np.float64]:
        return self.generator.random(size)

    def whole(self, low: int, high: int, size: int) -> Days:
        """Whole numbers from low to high, both included."""
        return self.generator.integers(low, high, size, dtype=np.int64, endpoint=True)

    def between(self, low: Days, high: Days) -> Days:
        """One working day from each low to its high."""
        return low + (self.share(len(low)) * (high - low + 1)).astype(np.int64)

    def counts(self, means: NDArray[np.float64]) -> Days:
        return self.generator.poisson(means).astype(np.int64)

    def pick(self, pool: Sequence[str], size: int) -> pl.Series:
        return pl.Series(list(pool), dtype=pl.String).gather(self.whole(0, len(pool) - 1, size))

    def people(self, size: int) -> pl.Series:
        words = wording()
        return self.pick(words["surnames"], size) + self.pick(words["given"], size)


def day(value: date) -> int:
    return (value - EPOCH).days


def dates(values: Days | pl.Series) -> pl.Series:
    """Days since 1970-01-01 as dates; null stays null."""
    return pl.Series(values).cast(pl.Int32).cast(pl.Date)


def dates_where(values: Days, kept: NDArray[np.bool_]) -> pl.Series:
    """Dates where kept, null elsewhere."""
    return dates(values).zip_with(pl.Series(kept), pl.Series([None], dtype=pl.Date))


def working(values: Days) -> Days:
    """The Friday before, for a Saturday or a Sunday."""
    return values - np.clip((values + 3) % 7 - 4, 0, 2)


@cache
def wording() -> dict[str, Any]:
    return _toml(HERE / "wording.toml")


@cache
def story() -> dict[str, Any]:
    return _toml(HERE / "story.toml")


@cache
def campaign() -> dict[str, Any]:
    return _toml(DATA / "campaign.toml")


@cache
def choices() -> dict[str, dict[str, str]]:
    """The closed lists: list -> code -> word."""
    return _toml(HERE.parent / "choices.toml")


def words(name: str, codes: pl.Series) -> pl.Series:
    """The word of each code of a closed list."""
    return codes.replace_strict(choices()[name], return_dtype=pl.String)


def town_numbers() -> dict[str, int]:
    return {town["name"]: number for number, town in enumerate(story()["towns"])}


def parts(scale: Scale, as_of: date, seed: int) -> list[Part]:
    """The scale's counties in runs small enough for memory."""
    counties = SIZES[scale].counties
    firsts = range(0, counties, COUNTIES_AT_ONCE)
    return [Part(scale, first, min(COUNTIES_AT_ONCE, counties - first), as_of, seed) for first in firsts]


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
