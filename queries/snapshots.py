"""Days looked at, kept in memory: what was true on a day is worked out once, whatever is then asked of it.

A query that says macro($as_of), or $as_of_1 for a second day, is given the same macro's rows of that day
instead: those of the lower storey (…_as_of) as tables beside the read-only build, those of the metrics as
views of the very definition the build holds. There is one form of each metric, and nobody who asks need know;
tests hold both ways equal.
DuckDB writes a comma for a cross join: in a macro, a join with a condition goes before it.
"""

import re
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from threading import Lock, RLock

import duckdb

Given = Mapping[str, object]
"""The parameters of a statement."""

NUMBERS = count(1)
"""Connections to one build share what is attached: each has one of its own in memory, a schema a day."""

MOST_HAZARDS = 400_000
"""Of a larger build no day is kept: it would not fit."""

ROWS_OF_ALL_DAYS = 1_600_000
FEWEST_DAYS, MOST_DAYS = 2, 16
CALL = re.compile(r"\b([a-z_]+)\(\s*\$(as_of(?:_\d+)?)\s*\)")
INNER = re.compile(r"\b([a-z_]+)\(as_of\)")
PARAMETER = re.compile(r"\bas_of\b")

DEFINITIONS = """
select function_name, macro_definition, from duckdb_functions()
where function_type = 'table_macro' and parameters = ['as_of'] and not internal
"""


@dataclass
class Day:
    """A day's schema: what it holds already, and how many queries are reading it."""

    schema: str
    names: set[str] = field(default_factory=set)
    lock: RLock = field(default_factory=RLock)
    readers: int = 0


class Snapshots:
    """The days kept beside one open build. Safe with threads: each query has a cursor of its own."""

    def __init__(self, con: duckdb.DuckDBPyConnection, hazards: int) -> None:
        self.name = f"kept_{next(NUMBERS)}"
        con.execute(f"attach ':memory:' as {self.name} (read_write)")
        self.definitions = dict(con.cursor().execute(DEFINITIONS).fetchall())
        self.most_days = max(FEWEST_DAYS, min(MOST_DAYS, ROWS_OF_ALL_DAYS // max(hazards, 1)))
        self.days: OrderedDict[date, Day] = OrderedDict()
        self.lock = Lock()

    @contextmanager
    def of(self, con: duckdb.DuckDBPyConnection, sql: str, given: Given) -> Iterator[tuple[str, Given]]:
        """Give the SQL in terms of what is kept of its days, and what it is given then.

        What is kept of them stays while the block runs.
        """
        calls = {call: given.get(call[1]) for call in CALL.findall(sql)}
        with ExitStack() as stack:
            days = {
                as_of: stack.enter_context(self._reading(con, as_of))
                for as_of in dict.fromkeys(calls.values())
                if isinstance(as_of, date)
            }
            places = {
                call: _place(days[as_of], call[0])
                for call, as_of in calls.items()
                if isinstance(as_of, date) and self._holds(con, days[as_of], as_of, call[0])
            }
            kept = CALL.sub(lambda call: places.get(call.groups(), call[0]), sql)
            unnamed = {name for _, name in calls if not re.search(rf"\${name}\b", kept)}
            yield kept, {name: value for name, value in given.items() if name not in unnamed}

    @contextmanager
    def _reading(self, con: duckdb.DuckDBPyConnection, as_of: date) -> Iterator[Day]:
        """Read a day while the block runs."""
        day = self._begun(con, as_of)
        try:
            yield day
        finally:
            with self.lock:
                day.readers -= 1

    def _begun(self, con: duckdb.DuckDBPyConnection, as_of: date) -> Day:
        """Begin to read a day; the one that nobody has looked at for longest makes room."""
        with self.lock:
            if as_of not in self.days:
                self._make_room(con)
                self.days[as_of] = Day(f"{self.name}.d{as_of:%Y%m%d}")
                con.cursor().execute(f"create schema {self.days[as_of].schema}")
            self.days.move_to_end(as_of)
            self.days[as_of].readers += 1
            return self.days[as_of]

    def _make_room(self, con: duckdb.DuckDBPyConnection) -> None:
        idle = [day for day, kept in self.days.items() if not kept.readers]
        for day in idle[: max(0, len(self.days) - self.most_days + 1)]:
            con.cursor().execute(f"drop schema {self.days.pop(day).schema} cascade")

    def _holds(self, con: duckdb.DuckDBPyConnection, day: Day, as_of: date, name: str) -> bool:
        """Have a macro's rows of a day there, and first those it is made of; False where it is none."""
        with day.lock:
            if name in day.names or name not in self.definitions:
                return name in day.names
            body = self.definitions[name]
            inner = {each for each in INNER.findall(body) if self._holds(con, day, as_of, each)}
            within = INNER.sub(lambda call: _place(day, call[1]) if call[1] in inner else call[0], body)
            said = PARAMETER.sub(f"date '{as_of.isoformat()}'", within)
            kind = "table" if name.endswith("_as_of") else "view"
            con.cursor().execute(f"create {kind} {day.schema}.{name} as {said}")
            day.names.add(name)
            return True


def _place(day: Day, name: str) -> str:
    return f"{day.schema}.{name}"


def keep(con: duckdb.DuckDBPyConnection) -> Snapshots | None:
    """Begin to keep days beside an open build; None where it has too many hazards."""
    hazards = int(con.execute("select count(*) from hazards").fetchall()[0][0])
    return Snapshots(con, hazards) if hazards <= MOST_HAZARDS else None
