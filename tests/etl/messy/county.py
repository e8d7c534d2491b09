"""A small county: a few of the real towns, a few homes, every home with the names it is known by."""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tests.etl.messy.dice import Dice

TOWNSHIPS = Path(__file__).parents[3] / "data" / "reference" / "townships.csv"
BUREAU = "泽州县民政局"
COUNTY = "泽州县"
STEMS = (
    "福寿", "夕阳红", "松鹤", "康乐", "爱晚", "静轩", "百善", "同心", "怡和", "金秋", "长青", "仁济",
)  # fmt: skip
ENDS = ("敬老院", "养老院", "养老服务中心", "老年公寓", "老年养护院", "农村敬老院")
LEADS = ("{town}{stem}{end}", "{stem}{end}", "泽州县{stem}{end}")
SPARE = ("乌有山庄", "蓬莱阁养老院", "子虚敬老院", "桃花源老年公寓")
"""Homes no register holds."""


@dataclass(frozen=True)
class Town:
    name: str
    former: tuple[str, ...]


@dataclass(frozen=True)
class Home:
    """One institution; `short` tells it from the others, the rest of its name is generic."""

    name: str
    town: Town
    stem: str
    end: str
    code: str | None = None
    former: tuple[str, ...] = ()


@dataclass(frozen=True)
class County:
    """Who there is. as_of: what the load knows up to; known_on: the day up to which things happened."""

    as_of: date
    known_on: date
    towns: tuple[Town, ...]
    homes: tuple[Home, ...]

    def has_namesake(self, home: Home) -> bool:
        return sum(other.stem == home.stem for other in self.homes) > 1


def draw_county(dice: Dice) -> County:
    as_of = dice.day(date(2025, 2, 1), date(2026, 12, 20))
    towns = tuple(dice.some(real_towns(), 2, 4))
    stems = dice.sample(STEMS, dice.randint(2, 6))
    homes = [_home(dice, stem, dice.choice(towns), place) for place, stem in enumerate(stems)]
    if dice.mess("namesakes in two towns", 0.3):
        homes[:2] = [_namesake(homes[0], town) for town in towns[:2]]
    return County(as_of, as_of - timedelta(days=7), towns, tuple(homes))


def real_towns() -> list[Town]:
    with TOWNSHIPS.open(encoding="utf-8-sig", newline="") as file:
        return [
            Town(row["name"], tuple(name for name in row["former_names"].split(";") if name))
            for row in csv.DictReader(file)
        ]


def _home(dice: Dice, stem: str, town: Town, place: int) -> Home:
    end = dice.choice(ENDS)
    name = dice.choice(LEADS).format(town=town.name, stem=stem, end=end)
    code = f"52140525MJ{dice.randint(0, 99_999_999 // 10):07}{place}" if dice.random() < 0.6 else None
    former = (f"{dice.choice(('老', '旧'))}{stem}{dice.choice(('福利院', '托老所'))}",)
    return Home(name, town, stem, end, code, former if dice.random() < 0.4 else ())


def _namesake(home: Home, town: Town) -> Home:
    return Home(f"{town.name}{home.stem}{home.end}", town, home.stem, home.end)
