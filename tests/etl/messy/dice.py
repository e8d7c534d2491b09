"""The dice of the messy workbooks: one seed, one mess, on every machine."""

import random
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

KNOWN_GAPS: tuple[str, ...] = ()
"""Kinds of mess left out while the loader cannot read them; empty when all is well."""

Item = TypeVar("Item")


class Dice(random.Random):
    """A seeded random.Random that notes which kinds of mess were made."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.made: Counter[str] = Counter()

    def mess(self, name: str, chance: float) -> bool:
        """Tell whether to make this kind of mess here."""
        makes = self.random() < chance and name not in KNOWN_GAPS
        self.made[name] = self.made[name] + makes
        return makes

    def pick(self, ways: dict[str, Item]) -> Item:
        """Choose one of several kinds of mess, each by its name."""
        name = self.choice([name for name in ways if name not in KNOWN_GAPS])
        self.made[name] += 1
        return ways[name]

    def some(self, items: Sequence[Item], least: int, most: int) -> list[Item]:
        """Draw some of the items, in their order."""
        chosen = set(self.sample(range(len(items)), min(self.randint(least, most), len(items))))
        return [item for place, item in enumerate(items) if place in chosen]

    def day(self, first: date, last: date) -> date:
        """Draw a day, both ends included; the first where the last is not after it."""
        return first + timedelta(days=self.randint(0, max((last - first).days, 0)))
