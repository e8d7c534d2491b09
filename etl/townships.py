"""The official list of townships, and a town's name in what people write."""

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import polars as pl

from etl.names import key, name_words, without_area
from queries.checked import DefinitionError

ENDS = ("镇", "乡", "街道")


@dataclass(frozen=True)
class Township:
    """One row of data/reference/townships.csv; township_id is its place in the official order, from 1."""

    township_id: int
    name: str
    code: str | None = None
    former_names: tuple[str, ...] = ()
    grid_row: int | None = None
    grid_column: int | None = None
    outline: str | None = None


@dataclass(frozen=True)
class Townships:
    """The towns in official order, and the county they belong to. decided: key to the town meant by it."""

    towns: tuple[Township, ...]
    county: str
    decided: dict[str, int] = field(default_factory=dict)

    @cached_property
    def spellings(self) -> dict[str, int]:
        """Every way to write a town, as a key, longest first: names and former names, with and without 镇."""
        full = {
            key(name): town.township_id for town in self.towns for name in (town.name, *town.former_names)
        }
        short = {_stem(name): number for name, number in full.items()}
        return dict(sorted((short | full).items(), key=lambda item: -len(item[0])))

    @cached_property
    def _lengths(self) -> list[int]:
        """How long spellings are, the longest first."""
        return sorted(set(map(len, self.spellings)), reverse=True)

    def name(self, township_id: int) -> str:
        return self.towns[township_id - 1].name

    def find(self, text: str) -> int | None:
        """The town this is the name of, alone, with the county in front or an office behind."""
        bare = without_area(key(text), self.county)
        if bare in self.decided:
            return self.decided[bare]
        town, rest = self.leading(bare)
        return town if town and (not rest or rest in name_words()["town_offices"]) else None

    def leading(self, bare: str) -> tuple[int | None, str]:
        """The town a key begins with, and the rest of it."""
        for length in self._lengths:
            if bare[:length] in self.spellings:
                return self.spellings[bare[:length]], bare[length:]
        return None, bare

    def place(self, text: str) -> int | None:
        """The town an address stands in: the town alone, or its whole name and a village behind it."""
        bare = without_area(key(text), self.county)
        full = (
            number for name, number in self.spellings.items() if name.endswith(ENDS) and bare.startswith(name)
        )
        return self.find(text) or next(full, None)

    def within(self, text: str) -> int | None:
        """The one town named in a title or a file's name; None where there is none, or more than one."""
        text_key = key(text)
        full = {number for name, number in self.spellings.items() if name.endswith(ENDS) and name in text_key}
        any_way = full or {number for name, number in self.spellings.items() if name in text_key}
        return next(iter(any_way)) if len(any_way) == 1 else None

    def frame(self) -> pl.DataFrame:
        """The table townships of schema.sql."""
        return pl.DataFrame(
            {
                "township_id": [town.township_id for town in self.towns],
                "code": [town.code for town in self.towns],
                "township": [town.name for town in self.towns],
                "former_names": [list(town.former_names) for town in self.towns],
                "grid_row": [town.grid_row for town in self.towns],
                "grid_column": [town.grid_column for town in self.towns],
                "outline": [town.outline for town in self.towns],
            },
            schema={
                "township_id": pl.Int32,
                "code": pl.String,
                "township": pl.String,
                "former_names": pl.List(pl.String),
                "grid_row": pl.Int32,
                "grid_column": pl.Int32,
                "outline": pl.String,
            },
        )


def _stem(name: str) -> str:
    end = next((end for end in ENDS if name.endswith(end) and len(name) > len(end) + 1), "")
    return name.removesuffix(end)


def read_townships(path: Path, county: str) -> Townships:
    """The county's own list: columns code, name, former_names (split at ;), grid_row, grid_column.

    A townships.geojson beside it gives outlines to the map. Raises DefinitionError where that has none of a
    town, or of an unknown one.
    """
    outlines = _outlines(path.with_suffix(".geojson"))
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    towns = tuple(
        Township(
            number,
            row["name"],
            row["code"] or None,
            tuple(name for name in row["former_names"].split(";") if name),
            int(row["grid_row"]) if row["grid_row"] else None,
            int(row["grid_column"]) if row["grid_column"] else None,
            outlines.get(row["name"]),
        )
        for number, row in enumerate(rows, 1)
    )
    _check(outlines, {town.name for town in towns})
    return Townships(towns, county)


def _outlines(path: Path) -> dict[str, str]:
    """Each town's outline, a GeoJSON geometry in degrees, by the property `name` of its feature."""
    if not path.exists():
        return {}
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["name"]: json.dumps(feature["geometry"]) for feature in features}


def _check(outlines: Mapping[str, str], towns: set[str]) -> None:
    if outlines and outlines.keys() != towns:
        odd = "、".join(sorted(outlines.keys() ^ towns))
        raise DefinitionError(
            f"reference/townships.geojson 与 townships.csv 的乡镇对不上：{odd}；"
            "请让每个要素的 name 与名单中的乡镇名称一致，一镇一个"
        )


def named_townships(names: Iterable[str], county: str) -> Townships:
    """A list of names alone, from a mapping file."""
    return Townships(tuple(Township(number, name) for number, name in enumerate(names, 1)), county)
