"""Part `load`: ledgers to a published warehouse, child process, rules and all, beside the naive way."""

import tempfile
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path

import duckdb

import etl
from queries.warehouse import build_path, current_build
from tests.bench import naive
from tests.bench.ledgers import AS_OF, write_province
from tests.bench.timing import Result, compare

FEW, MANY = 5_000, 100_000
ROUNDS = 3
"""Of seconds each; the naive way is run on the few rows only."""


def measure(scale: str) -> list[Result]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        etl.write_example(root / "county", "county", AS_OF, 1)
        few = dict(zip(("mapping", "xlsx", "csv"), write_province(root / "few", FEW), strict=True))
        many = dict(zip(("mapping", "xlsx", "csv"), write_province(root / "many", MANY), strict=True))
        targets = _targets(root)
        ours, theirs = partial(_ours, targets), partial(_naive, targets)
        assert_same(ours(few["xlsx"], few["mapping"]), theirs(few["xlsx"]))
        timed = partial(compare, "load", scale, rounds=ROUNDS)
        return [
            timed(
                "the county's workbooks", lambda: ours(root / "county"), naive=lambda: theirs(root / "county")
            ),
            *(
                timed(
                    f"{FEW:,} hazards, {sort}",
                    partial(ours, few[sort], few["mapping"]),
                    naive=partial(theirs, few[sort]),
                )
                for sort in ("xlsx", "csv")
            ),
            *(
                timed(f"{MANY:,} hazards, {sort}", partial(ours, many[sort], many["mapping"]))
                for sort in ("xlsx", "csv")
            ),
        ]


def _targets(root: Path) -> Callable[[], Path]:
    """Give a place never written to at every call."""
    numbers = count()
    return lambda: root / f"target{next(numbers)}"


def _ours(target: Callable[[], Path], ledgers: Path, mapping: Path | None = None) -> Path:
    warehouse = target()
    etl.load([ledgers], warehouse, AS_OF, mappings=[mapping] if mapping else [])
    return build_path(warehouse, current_build(warehouse) or "")


def _naive(target: Callable[[], Path], ledgers: Path) -> Path:
    path = target()
    naive.load(ledgers, path)
    return path


def assert_same(ours: Path, theirs: Path) -> None:
    """Refuse to race where the two sides do not store the same hazards."""
    sql = "select count(*), count(rectified_on), min(found_on), max(deadline_on) from hazards"
    told = [duckdb.connect(path, read_only=True).sql(sql).fetchall() for path in (ours, theirs)]
    if told[0] != told[1]:
        raise ValueError(f"{told[0]} here, {told[1]} the naive way")
