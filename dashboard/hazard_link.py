"""A link to one hazard that still leads to it after the next load.

A record's number changes whenever a build numbers its records anew, so it cannot be sent to anybody. What a
hazard is known by in the ledgers (contract.md, "Same record") is its institution, the day it was found and
its text without blanks and punctuation; a link holds that day, and a hash of the other two. An institution
that was renamed is known by its former names too. A corrected day or text is another hazard to an old link:
the page then says so.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any
from unicodedata import normalize

import polars as pl

from dashboard import answers
from dashboard.view import View

HASH_LENGTH = 10
KEYS = 20_000
KNOWN_BY = ("found_on", "institution", "description")
ANY = "any-hazard"
FOUND_ON = """
    select hazards.hazard_id, hazards.institution, hazards.description, institutions.former_names,
    from hazards_as_of($as_of) as hazards inner join institutions using (institution_id)
    where hazards.found_on = $found_on
    order by hazard_id
"""


@lru_cache(maxsize=KEYS)
def key(found_on: date, institution: str, description: str) -> str:
    """2026-09-12-0f3a5c7e1b: what a link calls a hazard."""
    plain = "".join(mark for mark in normalize("NFKC", description).upper() if mark.isalnum())
    digest = sha256(f"{institution}\n{plain}".encode()).hexdigest()
    return f"{found_on.isoformat()}-{digest[:HASH_LENGTH]}"


def of(row: Mapping[str, Any]) -> str:
    """The key of a row of hazards_as_of."""
    return key(row["found_on"], row["institution"], row["description"])


def address(view: View, row: Mapping[str, Any]) -> str:
    """The page of a hazard's whole loop, with today's filters."""
    return view.link("hazard", hazard=of(row))


def addresses(view: View, rows: pl.DataFrame) -> list[str]:
    """The address of each of some hazards: [found_on, institution, description]."""
    before = view.link("hazard", hazard=ANY)
    return [before.replace(ANY, key(*known)) for known in rows.select(KNOWN_BY).iter_rows()]


def find(view: View, asked: str) -> list[int]:
    """The numbers, in this build, of the hazards a link means, as known on the view's day; mostly one."""
    try:
        found_on = date.fromisoformat(asked[:10])
    except ValueError:
        return []
    rows = answers.ask(view.code, FOUND_ON, as_of=view.as_of, found_on=found_on)
    return [row["hazard_id"] for row in rows.iter_rows(named=True) if asked in _keys(row, found_on)]


def _keys(row: Mapping[str, Any], found_on: date) -> set[str]:
    names = [row["institution"], *row["former_names"]]
    return {key(found_on, name, row["description"]) for name in names}
