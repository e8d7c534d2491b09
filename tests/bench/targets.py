"""What is to be reached (targets.toml), and whether it is."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATH = Path(__file__).with_suffix(".toml")

Entry = Mapping[str, Any]
"""One measure, as .bench.json holds it (contract.md)."""


@dataclass(frozen=True)
class Target:
    """A limit for ours, or for ours / peer; `of`: which of an entry's values, where not the median."""

    says: str
    part: str
    measure: str
    scale: str = "county"
    peer: str | None = None
    most: float | None = None
    least: float | None = None
    of: str = "ours"

    def entry(self, entries: Sequence[Entry]) -> Entry | None:
        """The measure it is about; None where that was not taken, or not beside the peer."""
        return next(filter(self._is_about, entries), None)

    def _is_about(self, entry: Entry) -> bool:
        is_measure = (entry["part"], entry["scale"], entry["measure"]) == (
            self.part,
            self.scale,
            self.measure,
        )
        return is_measure and (self.peer is None or self.peer in entry["ratios"])

    def value(self, entry: Entry) -> float:
        return float(entry[self.of] if self.peer is None else entry["ratios"][self.peer])

    def is_reached(self, entry: Entry) -> bool:
        value = self.value(entry)
        return (self.most is None or value <= self.most) and (self.least is None or value >= self.least)


def targets() -> list[Target]:
    return [Target(**each) for each in tomllib.loads(PATH.read_text(encoding="utf-8"))["targets"]]
