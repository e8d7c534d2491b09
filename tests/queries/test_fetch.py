"""Answers are kept by the thousand: one of few rows takes no more memory than its rows do."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from queries.warehouse import ROOM, fetch

NUMBER = 1_000
MOST_EACH = 40
"""kB; it takes at most 34, and 128 to 190 with the room that DuckDB leaves in each column."""

LONG = "'a text of more than twelve bytes ' || i"
"""Shorter ones Polars keeps beside their lengths."""

KEEPS_MANY = f"""
import sys
from pathlib import Path

import duckdb

from queries.warehouse import fetch


def resident():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


con = duckdb.connect()
first = fetch(con, sys.argv[1])
before = resident()
kept = [fetch(con, sys.argv[1]) for _ in range({NUMBER})]
print((resident() - before) / {NUMBER})
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads memory from /proc")
@pytest.mark.parametrize("column", ["'text ' || i", LONG, f"[{LONG}]"])
def test_an_answer_of_few_rows_takes_little_memory(column: str) -> None:
    columns = ", ".join(f"i * {place} as n{place}, {column} as c{place}" for place in range(5))
    kept = [sys.executable, "-c", KEEPS_MANY, f"select {columns} from range(16) as t(i)"]
    done = subprocess.run(kept, capture_output=True, text=True, check=True)
    assert float(done.stdout) < MOST_EACH


@pytest.mark.parametrize("rows", [0, 1, ROOM - 1, ROOM, ROOM + 1])
def test_rows_and_types_come_as_they_are_however_many(rows: int) -> None:
    con = duckdb.connect()
    columns = "i::integer as number, i::varchar as text, [i] as list, null::date as day"
    frame = fetch(con, f"select {columns} from range($n) as t(i)", {"n": rows})
    assert frame["number"].to_list() == list(range(rows))
    assert frame["text"].to_list() == [str(row) for row in range(rows)]
    assert frame["list"].to_list() == [[row] for row in range(rows)]
    assert [str(dtype) for dtype in frame.dtypes] == ["Int32", "String", "List(Int64)", "Date"]
