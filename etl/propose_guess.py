"""Best guesses at what the columns of an unknown sheet are, by their headings and by what stands in them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import polars as pl
from rapidfuzz import fuzz

from etl.columns import hinted_kinds
from etl.dates import read_dates
from etl.days import COUNTED_FROM
from etl.ledgers import LEDGERS, Field, Ledger
from etl.names import name_words
from etl.numbers import read_count, read_minutes
from etl.townships import ENDS
from etl.words import heading_key, plain, words

SURE = 1.0
"""What a heading is worth that words.toml knows; a guess is worth less."""

ENOUGH = 0.5
LESS_THAN_SURE = 0.9
MOSTLY = 0.6
FAINT = 0.3
HINTED = 2.0
LONGEST_DAYS = 365
TOKEN = re.compile(r"[a-z]{4,}")
NUMBERED = {"hazard_number", "credit_code", "remark"}
"""Texts that may well be numbers."""

ENGLISH = {"institution": {"name", "home", "facility"}, "township": {"city", "town"}}
"""What other systems call fields, beside the words of the field's own name."""

SAYS_LITTLE = {"code", "number"}


@dataclass(frozen=True)
class Column:
    """One column of a sheet: its heading as written, and its first texts."""

    heading: str
    texts: pl.Series

    @cached_property
    def key(self) -> str:
        return heading_key(self.heading)

    @cached_property
    def is_dated(self) -> bool:
        problems = dict(read_dates(self.texts).select("text", "problem").iter_rows())
        return self.mostly(problems[text] is None for text in self.texts)

    @cached_property
    def is_counted(self) -> bool:
        return self.mostly(read_minutes(text).value is not None for text in self.texts)

    @cached_property
    def is_days(self) -> bool:
        """Whether these are numbers small enough for days."""
        return not self.is_dated and self.mostly(
            read_count(text, LONGEST_DAYS).value is not None for text in self.texts
        )

    def mostly(self, hits: Iterable[bool]) -> bool:
        return not self.texts.is_empty() and sum(hits) >= MOSTLY * len(self.texts)


@dataclass(frozen=True)
class Guess:
    """A column for a field, and how far it is to be trusted."""

    field: Field
    column: Column
    worth: float

    @property
    def is_sure(self) -> bool:
        return self.worth >= SURE

    @property
    def is_days(self) -> bool:
        """Whether the column holds numbers of days, to be counted from another field."""
        return self.field.name in COUNTED_FROM and self.column.is_days


@dataclass(frozen=True)
class Guessed:
    """A kind, and a guess for each of its fields that a column was found for."""

    ledger: Ledger
    guesses: tuple[Guess, ...]
    worth: float


def guess(columns: Sequence[Column], hints: Sequence[str]) -> Guessed:
    """Guess the kind and its columns. hints: title, sheet, file; the first that speaks of a kind counts."""
    hinted = hinted_kinds(words(), hints)
    guessed = [_guess_kind(ledger, columns, ledger.kind in hinted) for ledger in LEDGERS.values()]
    return max(guessed, key=lambda one: one.worth)


def _guess_kind(ledger: Ledger, columns: Sequence[Column], is_hinted: bool) -> Guessed:
    """Give each field its best column and each column its best field, the surest first."""
    worths = [
        Guess(field, column, worth)
        for column in columns
        for field in ledger.fields
        if (worth := _worth(column, field, ledger)) >= ENOUGH
    ]
    chosen: dict[str, Guess] = {}
    taken: set[int] = set()
    for one in sorted(worths, key=lambda one: -one.worth):
        if one.field.name not in chosen and id(one.column) not in taken:
            chosen[one.field.name] = one
            taken.add(id(one.column))
    guesses = tuple(chosen[field.name] for field in ledger.fields if field.name in chosen)
    total = sum(map(_told_by, guesses)) + HINTED * (is_hinted + _is_register(ledger, chosen))
    return Guessed(ledger, guesses, total)


def _is_register(ledger: Ledger, chosen: dict[str, Guess]) -> bool:
    """Whether this kind names each institution once, and so does the column."""
    home = chosen.get("institution")
    if ledger.event is not None or home is None:
        return False
    return len(home.column.texts) > 1 and bool(home.column.texts.is_unique().all())


def _told_by(one: Guess) -> float:
    """How far a guess tells the kind: what a ledger must have does, a column of numbers hardly."""
    if one.is_sure or one.field.type not in ("count", "minutes"):
        return one.worth + one.field.required
    return one.worth * FAINT


def _worth(column: Column, field: Field, ledger: Ledger) -> float:
    known = words().claims[ledger.kind].get(column.key)
    if known:
        return SURE if known[0] == field.name else 0.0
    evidence = _evidence(column, field, ledger)
    if evidence is None:
        return 0.0
    return min(_likeness(column, field, ledger) + evidence, LESS_THAN_SURE)


def _likeness(column: Column, field: Field, ledger: Ledger) -> float:
    """How like a heading is to the known ones of a field, or, in English, to its name."""
    alike = max(fuzz.ratio(column.key, heading) for heading in _known_keys(ledger.kind)[field.name]) / 100
    named = {*field.name.split("_"), *ENGLISH.get(field.name, ())} - SAYS_LITTLE
    shared = named.intersection(TOKEN.findall(column.heading.lower()))
    return max(alike if alike >= ENOUGH else 0.0, MOSTLY if shared else 0.0)


@cache
def _known_keys(kind: str) -> dict[str, list[str]]:
    """Field to its known headings, as they are compared."""
    return {field: list(map(heading_key, headings)) for field, headings in words().headings[kind].items()}


def _evidence(column: Column, field: Field, ledger: Ledger) -> float | None:
    """What the cells say for a field: something, nothing, or that it cannot be."""
    if column.texts.is_empty():
        return 0.0
    if field.type in ("date", "event"):
        return _day_evidence(column, field, ledger)
    if field.type in ("count", "minutes"):
        return 0.1 if column.is_counted else None
    if field.type in ("flag", "choice", "choices"):
        return _word_evidence(column, field)
    if column.is_dated or (column.is_counted and field.name not in NUMBERED):
        return None
    return _name_evidence(column, field)


def _day_evidence(column: Column, field: Field, ledger: Ledger) -> float | None:
    if column.is_dated:
        return ENOUGH if field.name == ledger.event else 0.3
    return 0.1 if field.name in COUNTED_FROM and column.is_days else None


def _word_evidence(column: Column, field: Field) -> float | None:
    known = words().flags if field.type == "flag" else words().choices[field.word_list]
    if column.mostly(plain(text) in known for text in column.texts):
        is_telling = field.type != "flag" and not column.is_counted
        return ENOUGH if is_telling else 0.1
    is_free = len(column.texts) > 2 and column.texts.n_unique() > len(column.texts) / 2
    has_none = not any(plain(text) in known for text in column.texts)
    return None if column.is_dated or (is_free and has_none) else 0.0


def _name_evidence(column: Column, field: Field) -> float:
    homes = [word for word in name_words()["generic"] if len(word) > 1]
    if field.name == "institution" and column.mostly(
        any(word in text for word in homes) for text in column.texts
    ):
        return ENOUGH
    if field.name == "township" and column.mostly(text.endswith(ENDS) for text in column.texts):
        return ENOUGH
    return 0.0
