"""Other words for headings and values, read once from words.toml and choices.toml."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain, product
from pathlib import Path
from typing import Any

from etl.ledgers import LEDGERS, TRAININGS, Ledger

FOLDER = Path(__file__).parent
NOISE = re.compile(r"[\s\u200b\ufeff*＊]+")
BRACKETS = re.compile(r"[()\[\]{}【】〔〕<>《》›]")
IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]|【[^】]*】")
REMEMBERED = 20_000
"""Texts whose heading keys are kept: the same headings are looked up for every kind and in every sheet."""

Headings = dict[str, dict[str, tuple[str, ...]]]


def plain(text: str) -> str:
    """Reduce a word to what is compared: half width, small letters, no blanks, line breaks or stars."""
    return NOISE.sub("", unicodedata.normalize("NFKC", text)).lower()


@lru_cache(REMEMBERED)
def heading_key(text: str) -> str:
    """Reduce a heading to what is compared: brackets taken away, what stands in them kept."""
    return BRACKETS.sub("", plain(text)).strip(":。.、,")


@lru_cache(REMEMBERED)
def bare_heading_key(text: str) -> str:
    """Reduce a heading further: without what stands in brackets, a unit or a hint."""
    return heading_key(IN_BRACKETS.sub("", plain(text)))


@dataclass(frozen=True)
class Around:
    """What stands around records: words that begin totals, signatures, labels, notes; labels of 填报日期.

    offices and tables: words that end the name of who signs a table, and its title. ours: names of the
    sheets this product itself puts into a workbook.
    """

    numbers: tuple[str, ...]
    totals: tuple[str, ...]
    signatures: tuple[str, ...]
    labels: tuple[str, ...]
    notes: tuple[str, ...]
    days: tuple[str, ...]
    offices: tuple[str, ...]
    tables: tuple[str, ...]
    ours: tuple[str, ...]
    example: str


@dataclass(frozen=True)
class Words:
    """All other words. Keys written by people (choices, doubtful, flags, placeholders) are in `plain` form.

    headings: kind, field to its headings, the official one first, then by preference. ambiguous: kind,
    heading to the fields it may mean. heading_parts: words of headings that name no field by themselves.
    either: kind to fields whose columns fill one another's blanks.
    kinds: kind to words in a sheet's name or title. choices: list, written to the word of choices.toml, the
    word itself included. doubtful: list to what is taken only with a warning. flags: written to yes or no; a
    placeholder such as 无 may be among them, so a flag is looked up before blanks.
    """

    headings: Headings
    ambiguous: Headings
    heading_parts: tuple[str, ...]
    either: dict[str, tuple[str, ...]]
    kinds: dict[str, tuple[str, ...]]
    around: Around
    choices: dict[str, dict[str, str]]
    doubtful: dict[str, frozenset[str]]
    flags: dict[str, bool]
    placeholders: frozenset[str]

    @cached_property
    def claims(self) -> dict[str, dict[str, tuple[str, int]]]:
        """Kind, heading key to the field it names and its rank, 0 for the official heading."""
        return {
            kind: {
                heading_key(heading): (field, rank)
                for field, named in fields.items()
                for rank, heading in reversed(list(enumerate(named)))
            }
            for kind, fields in self.headings.items()
        }

    @cached_property
    def unclear(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Kind, heading key to the fields it may mean."""
        return {
            kind: {heading_key(heading): fields for heading, fields in meant.items()}
            for kind, meant in self.ambiguous.items()
        }

    @cached_property
    def heading_keys(self) -> frozenset[str]:
        """Every heading key of any kind, and those that only number rows or stand in two-row headings."""
        known = chain(*self.claims.values(), *self.unclear.values(), map(heading_key, self.heading_parts))
        return frozenset(known)


def read_choices() -> dict[str, dict[str, str]]:
    """Read the closed lists of choices.toml: list, code to word."""
    choices: dict[str, dict[str, str]] = tomllib.loads((FOLDER / "choices.toml").read_text("utf-8"))
    return choices


@cache
def words() -> Words:
    """Read the words of words.toml and choices.toml, once."""
    table = tomllib.loads((FOLDER / "words.toml").read_text("utf-8"))
    cells = table["cells"]
    return Words(
        headings={kind: _headings(ledger, table) for kind, ledger in LEDGERS.items()},
        ambiguous={kind: _tuples(fields) for kind, fields in table["ambiguous"].items()},
        heading_parts=_heading_parts(table),
        either=_tuples(table["either"]),
        kinds=_tuples(table["kinds"]),
        around=Around(**{**_tuples(table["around"]), "example": table["around"]["example"]}),
        choices={name: _written(list_.values(), table["written"]) for name, list_ in read_choices().items()},
        doubtful={name: frozenset(map(plain, written)) for name, written in table["doubtful"].items()},
        flags=dict.fromkeys(map(plain, cells["no"]), False) | dict.fromkeys(map(plain, cells["yes"]), True),
        placeholders=frozenset(map(plain, cells["placeholders"])),
    )


def _tuples(table: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(items) for name, items in table.items()}


def _heading_parts(table: dict[str, Any]) -> tuple[str, ...]:
    lists: list[list[str]] = [*table["training_roles"].values(), *table["training_groups"].values()]
    return (*table["around"]["numbers"], *chain.from_iterable(lists))


def _headings(ledger: Ledger, table: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    pairs = _training_headings(table) if ledger == TRAININGS else {}
    others = (table["headings"].get(ledger.kind, {}), pairs, table["headings"]["every"])
    return {
        field.name: (field.heading, *(other for named in others for other in named.get(field.name, ())))
        for field in ledger.fields
    }


def _training_headings(table: dict[str, Any]) -> dict[str, list[str]]:
    return {
        f"{role}_{group}": [
            heading
            for role_word, group_word in product(role_words, group_words)
            for heading in (role_word + group_word, group_word + role_word)
        ]
        for role, role_words in table["training_roles"].items()
        for group, group_words in table["training_groups"].items()
    }


def _written(official: Iterable[str], written: Mapping[str, list[str]]) -> dict[str, str]:
    return {plain(way): word for word in official for way in (word, *written.get(word, ()))}
