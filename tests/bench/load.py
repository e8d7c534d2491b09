"""Part `load`: ledgers to a published warehouse, child process, rules and all, beside the naive way."""

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

import duckdb
import polars as pl
from python_calamine import CalamineWorkbook

import etl
from etl.publish import bare
from queries.warehouse import build_path, current_build
from tests.bench import naive, stages
from tests.bench.ledgers import AS_OF, write_province
from tests.bench.timing import Result, race

FEW, MANY = 5_000, 100_000
ROUNDS = 3
"""Of seconds each."""

Sides = dict[str, Callable[[], Path | None]]


def measure(scale: str) -> list[Result]:
    """Peers: naive, and the floor: the file's cells alone, by calamine or polars, nothing made of them."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        etl.write_example(root / "county", "county", AS_OF, 1)
        few, many = write_province(root / "few", FEW), write_province(root / "many", MANY)
        sides = partial(_sides, _targets(root))
        assert_same(sides(root / "few" / "xlsx", few))
        timed = partial(race, "load", scale, rounds=ROUNDS)
        once = partial(race, "load", scale, rounds=1, warm_up=0)
        return [
            timed("the county's workbooks", sides(root / "county")),
            timed(f"{FEW:,} hazards, xlsx", sides(root / "few" / "xlsx", few), rows=FEW),
            timed(f"{FEW:,} hazards, csv", sides(root / "few" / "csv", few), rows=FEW),
            timed(f"{FEW:,} hazards, xls", _without_naive(sides(root / "few" / "xls", few)), rows=FEW),
            timed(f"{MANY:,} hazards, xlsx", _without_naive(sides(root / "many" / "xlsx", many)), rows=MANY),
            once(f"{MANY:,} hazards, xlsx, one round", sides(root / "many" / "xlsx", many), rows=MANY),
            timed(f"{MANY:,} hazards, csv", _without_naive(sides(root / "many" / "csv", many)), rows=MANY),
            *_stages("the county's workbooks", sides(root / "county")["ours"]),
            *_stages(f"{MANY:,} hazards, xlsx", sides(root / "many" / "xlsx", many)["ours"]),
            *_stages(f"{MANY:,} hazards, csv", sides(root / "many" / "csv", many)["ours"]),
        ]


def _stages(measure: str, load: Callable[[], object]) -> Iterator[Result]:
    """How long each stage of a load takes, in how many rounds others have as a whole."""
    rounds = [stages.timed(load) for _ in range(ROUNDS)]
    for stage in rounds[0]:
        yield Result("load", "county", f"{measure}: {stage}", [taken[stage] for taken in rounds], {})


def _sides(targets: Callable[[], Path], ledgers: Path, mapping: Path | None = None) -> Sides:
    return {
        "ours": partial(_ours, targets, ledgers, mapping),
        "naive": partial(_naive, targets, ledgers),
        "floor": partial(_cells, ledgers),
    }


def _without_naive(sides: Sides) -> Sides:
    """It takes a minute and a half for the many rows, and reads no .xls."""
    return {name: side for name, side in sides.items() if name != "naive"}


def _targets(root: Path) -> Callable[[], Path]:
    """Give a place never written to at every call."""
    numbers = count()
    return lambda: root / f"target{next(numbers)}"


def _ours(target: Callable[[], Path], ledgers: Path, mapping: Path | None = None) -> Path:
    warehouse = target()
    bare.cache_clear()  # each load as the first of its process
    etl.load([ledgers], warehouse, AS_OF, mappings=[mapping] if mapping else [])
    return build_path(warehouse, current_build(warehouse) or "")


def _naive(target: Callable[[], Path], ledgers: Path) -> Path:
    path = target()
    naive.load(ledgers, path)
    return path


def _cells(ledgers: Path) -> None:
    for path in sorted(ledgers.iterdir()):
        if path.suffix == ".csv":
            pl.read_csv(path, infer_schema=False, encoding="utf8-lossy", truncate_ragged_lines=True)
        else:
            with CalamineWorkbook.from_path(path) as workbook:
                for name in workbook.sheet_names:
                    workbook.get_sheet_by_name(name).to_python()


def assert_same(sides: Sides) -> None:
    """Refuse to race where the two sides do not store the same hazards."""
    sql = "select count(*), count(rectified_on), min(found_on), max(deadline_on) from hazards"
    paths = {name: sides[name]() for name in ("ours", "naive")}
    told = {
        name: duckdb.connect(str(path), read_only=True).sql(sql).fetchall() for name, path in paths.items()
    }
    if told["ours"] != told["naive"]:
        raise ValueError(f"{told['ours']} here, {told['naive']} the naive way")
