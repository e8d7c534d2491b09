"""The standard for judging major hazards (民办发〔2023〕13号): its clauses and their text."""

import csv
import re
from dataclasses import dataclass
from functools import cache

from queries.campaign import PLAN

STANDARD = PLAN.parent / "reference" / "hazard-standard.csv"
CLAUSE = re.compile(r"[一二三四五六七八九十]+（[一二三四五六七八九十]+）")


@dataclass(frozen=True)
class Clause:
    """One clause: 四（一）, the aspect it stands under, its words."""

    clause: str
    aspect: str
    text: str


@cache
def clauses() -> dict[str, Clause]:
    """Every clause of the standard by its number, as 四（一）."""
    with STANDARD.open(encoding="utf-8-sig", newline="") as file:
        rows = [Clause(row["clause"], row["aspect"], row["text"]) for row in csv.DictReader(file)]
    return {row.clause: row for row in rows}


def clause(written: str | None) -> Clause | None:
    """The clause that a ledger's 判定依据 names (判定标准四（一）); None where it names none of the list."""
    found = CLAUSE.search(written or "")
    return clauses().get(found[0]) if found else None
