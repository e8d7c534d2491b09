"""Which rows are one record (contract.md, same record): each row gets the `record` number it belongs to."""

from collections.abc import Iterable

import polars as pl

UNIT = ("unit_code", "township_id", "institution_id")
KEYS: dict[str, tuple[str | pl.Expr, ...]] = {}


def text_key(name: str) -> pl.Expr:
    """A text without blanks, punctuation, width and case."""
    return pl.col(name).str.normalize("NFKC").str.replace_all(r"[\W_]", "").str.to_uppercase()


KEYS |= {
    "inspections": ("institution_id", "inspected_on", "inspection_type"),
    "drills": ("institution_id", "drilled_on", "drill_type"),
    "trainings": ("institution_id", "trained_on", "organiser_code", text_key("organiser")),
    "activities": (*UNIT, "held_on", "activity_type"),
    "complaints": ("institution_id", "received_on", text_key("content")),
    "task_progress": (*UNIT, "task"),
    "measures": (*UNIT, text_key("measure")),
}
"""What makes two rows of a kind one record, in one sheet or in several."""


def same_rows(rows: pl.DataFrame, kind: str) -> pl.DataFrame:
    """Add `record`: the first row_id of all rows with the same key."""
    return rows.with_columns(pl.col("row_id").min().over(KEYS[kind]).alias("record"))


def joined(members: Iterable[int], pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Each member's group, named by its smallest member, where pairs belong together."""
    groups = Groups(members)
    for one, other in pairs:
        groups.join(one, other)
    return {member: groups.find(member) for member in groups.parents}


class Groups:
    """Groups of numbers, each named by its smallest; union and find."""

    def __init__(self, members: Iterable[int]) -> None:
        self.parents = {member: member for member in members}

    def find(self, member: int) -> int:
        while self.parents[member] != member:
            self.parents[member] = self.parents[self.parents[member]]
            member = self.parents[member]
        return member

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.find(one), self.find(other)))
        self.parents[second] = first
