"""A build as one township may see it: a copy in memory that holds no other's rows.

Whoever is handed its connection can ask anything, by any filter, and get that town's rows alone; the figures
are those the whole build gives for the town.
"""

from collections.abc import Callable
from dataclasses import dataclass

import duckdb
import polars as pl

from queries.kinds import RECORDS
from queries.warehouse import create, fetch, keep_days, lock

WHOLE = "whole"
"""What the whole build is called while it is copied from."""

EVERYBODYS = (
    "build",
    "counties",
    "extent",
    "campaign",
    "phases",
    "clauses",
    "duty_rules",
    "thresholds",
    "settings",
    "action_rules",
    "periods",
    "duty_periods",
    "metric_columns",
)
"""The plan, which is public, and what is known of the build."""

ASKED_OF_OTHERS = "unit_code <> 'county'"
TOWN = "township_id = $town"
HOMES = "institution_id in (select institution_id from institutions)"
BLOCKS = "block_id in (select block_id from source_files)"
KEPT = " union all ".join(f"select '{kind}', {key} from {kind}" for kind, key in RECORDS.items())
ROWS = {
    **dict.fromkeys(EVERYBODYS, "true"),
    "tasks": ASKED_OF_OTHERS,
    "activity_rules": ASKED_OF_OTHERS,
    "townships": TOWN,
    "institutions": TOWN,
    **dict.fromkeys(("inspections", "hazards", "trainings", "drills", "complaints"), HOMES),
    **dict.fromkeys(("duties_met", "institutions_appraised"), HOMES),
    **dict.fromkeys(("activities", "task_progress", "source_files"), TOWN),
    "measures": f"{TOWN} or unit_code = 'county'",
    "record_sources": f"{BLOCKS} and (kind, record_id) in ({KEPT})",
    "possible_duplicates": f"(kind, record_id) in ({KEPT}) and (kind, other_id) in ({KEPT})",
    "refused_rows": BLOCKS,
    "warned_rows": BLOCKS,
}
"""Which rows of a table the copy holds; of one not named here none. In order of their references."""

NOTES = {"refused_rows": ("cell_value", "message", "cells"), "warned_rows": ("cell_value", "message")}
"""What is said of rows: it may name homes of other towns, as the nearest to a name nobody knows."""

UNNAMED = "（外镇机构）"
NAMES = f"""
    select unnest(former_names || [institution, credit_code]) as name, township_id = $town as is_own,
    from {WHOLE}.institutions
"""


@dataclass(frozen=True)
class Scope:
    """Whose rows somebody may see: a county's of a lake, by its code; a township's; of neither, all."""

    county: int | None = None
    township: str | None = None

    def __bool__(self) -> bool:
        return self != ALL

    def __str__(self) -> str:
        return f"{self.county or ''}/{self.township or ''}" if self else ""

    @classmethod
    def of(cls, told: str) -> "Scope":
        """The scope that is written so."""
        county, _, township = told.partition("/")
        return cls(int(county) if county else None, township or None)


ALL = Scope()


class ScopeError(LookupError):
    """What somebody may see is not in the build; the message is Chinese."""


def open_scoped(
    attach: Callable[[duckdb.DuckDBPyConnection], None], township: str
) -> duckdb.DuckDBPyConnection:
    """Open a copy of one build that holds one township's rows, for reading.

    `attach` puts the build beside what a connection has, under the name WHOLE. The plan is there without what
    it asks of the county; other towns and homes are nowhere named. Raises ScopeError, and what `attach` does.
    """
    con = create()
    try:
        attach(con)
        _copy(con, township)
    except BaseException:
        con.close()
        raise
    lock(con, is_small=True)
    keep_days(con)
    return con


def scope(con: duckdb.DuckDBPyConnection) -> str | None:
    """The one township whose rows a connection holds; None for the whole county's."""
    township: str | None = fetch(con, "select any_value(township) as township from extent").item()
    return township


def _copy(con: duckdb.DuckDBPyConnection, township: str) -> None:
    con.execute(f"copy from database {WHOLE} to memory (schema)")
    town = _number(con, township)
    for table in reversed(ROWS):  # without keys, whose indexes take ten times the memory of the rows
        con.execute(f"drop table {table}")
    for table, rows in ROWS.items():
        given = {"town": town} if "$town" in rows else {}
        con.execute(f"create table {table} as select * from {WHOLE}.{table} where {rows}", given)
    con.execute("update extent set township = $township", {"township": township})
    _leave_out_names(con, town)
    con.execute(f"detach {WHOLE}")


def _number(con: duckdb.DuckDBPyConnection, township: str) -> int:
    sql = f"select township_id from {WHOLE}.townships where township = $township"
    found = fetch(con, sql, {"township": township})
    if found.is_empty():
        raise ScopeError(f"乡镇名单里没有“{township}”。")
    return int(found.item())


def _leave_out_names(con: duckdb.DuckDBPyConnection, town: int) -> None:
    """Put a word for the homes of other towns where the notes on rows name them."""
    names = fetch(con, NAMES, {"town": town}).drop_nulls().sort("is_own")
    shown = {name: name if is_own else UNNAMED for name, is_own in names.iter_rows()}
    longest_first = dict(sorted(shown.items(), key=lambda pair: -len(pair[0])))
    for table, columns in NOTES.items():
        frame = fetch(con, f"from {table}")
        said = pl.col(*columns).str.replace_many(longest_first, leftmost=True)
        con.register("told", frame.with_columns(said))
        con.execute(f"delete from {table}")
        con.execute(f"insert into {table} select * from told")
        con.unregister("told")
