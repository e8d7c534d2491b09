"""The server never waits for itself: Polars' threads run no Python.

Seen with 40 people at once: one table was turned into pandas, which holds Python and waits for Polars'
threads; one of these was to call back into Python for another table's column, and waited for who held it.
"""

import re
import subprocess
import sys
from pathlib import Path

SOURCES = [path for folder in ("dashboard", "queries", "etl") for path in Path(folder).rglob("*.py")]
CALLS_BACK = re.compile(
    r"\.(map_elements|map_batches|map_groups|map_rows|map_columns|rolling_map)\(|pl\.Object"
)
PATIENCE = 120
"""Seconds; what is held up is so for ever."""

TWO_TABLES = """
from threading import Thread
import polars as pl
from dashboard.table import presentable

texts = {f"c{place}": ["文"] * 100 for place in range(12)}
parts = pl.concat([pl.DataFrame(texts)[place : place + 5] for place in range(0, 100, 5)], rechunk=False)
periods = pl.DataFrame(texts | {"周期": ["2026Q3"] * 100})

def turned() -> None:
    for _ in range(300):
        parts.to_pandas()

def named() -> None:
    for _ in range(300):
        presentable(periods)

threads = [Thread(target=act) for act in (turned, named) * 2]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""


def test_polars_is_given_no_python_to_call() -> None:
    assert [path for path in SOURCES if CALLS_BACK.search(path.read_text(encoding="utf-8"))] == []


def test_two_tables_shown_at_once_do_not_wait_for_each_other() -> None:
    subprocess.run([sys.executable, "-c", TWO_TABLES], check=True, timeout=PATIENCE)
