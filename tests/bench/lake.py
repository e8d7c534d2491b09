"""Part `lake`: a lake beside local files: what the overview asks of 50 counties and of one, and loads.

The local file holds the very same counties side by side, which no county has: the yardstick of the same data
without a catalogue. Peers are called `local`.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from shutil import copyfile
from time import perf_counter

import duckdb
import polars as pl

import etl
from etl import lake as lakes
from etl.disk import write_whole
from etl.publish import SCHEMA
from queries import sources
from queries.campaign import read_campaign
from queries.install import derive, install
from queries.lake import Lake
from queries.warehouse import build_path, create, current_build, open_build
from tests.bench import asked
from tests.bench.asked import Question
from tests.bench.timing import Result, compare
from tests.dashboard.warehouses import AS_OF
from tests.lake.catalogue import server
from tests.lake.counties import County, put


@dataclass(frozen=True)
class Shape:
    """How many counties, each of which size, and how many load at once at the end."""

    counties: int
    each: etl.example.Scale
    at_once: tuple[int, ...]


SHAPES = {
    "county": Shape(50, "county", (1, 4, 8)),
    "province": Shape(100, "county", (1, 4, 8)),
    "nation": Shape(120, "province", (1, 4, 8, 50)),
}
ROUNDS = 5
READERS = (1, 4, 8)
APART = 1_000_000
"""Numbers of one county in the local file are so far from the next one's."""

Connection = duckdb.DuckDBPyConnection
Frames = dict[str, pl.DataFrame]


def measure(scale: str) -> list[Result]:
    with tempfile.TemporaryDirectory() as name:
        folder, shape = Path(name), SHAPES[scale]
        counties = [County(140_000 + place, f"示例{place:03d}县", 1) for place in range(shape.counties)]
        own, tables = folder / "own", etl.example.frames(shape.each, AS_OF, 1)
        put(own, counties[0], AS_OF, tables)
        local = _side_by_side(folder / "local", counties, tables)
        lake = server().lake()
        lakes.init(lake, str(folder / "lake"))
        loads = _loaded(lake, counties, own)
        return [
            *_looks(scale, "all counties", local, lake),
            *_looks(scale, "one county", own, Lake(lake.dsn, counties[0].code)),
            Result("lake", scale, "load: the first ten counties", loads[:10], {}),
            Result("lake", scale, "load: the last ten counties", loads[-10:], {}),
            *_at_once(scale, lake, counties, own),
        ]


def _loaded(lake: Lake, counties: Sequence[County], own: Path) -> list[float]:
    """Milliseconds of each county's load into the lake."""
    taken: list[float] = []
    for county in counties:
        with _named(own, county, "first") as warehouse:
            start = perf_counter()
            lakes.push(lake, county.code, warehouse)
            taken.append((perf_counter() - start) * 1000)
    return taken


@contextmanager
def _named(own: Path, county: County, build: str) -> Iterator[Path]:
    """A county's warehouse with another's build, under its own name."""
    with tempfile.TemporaryDirectory(dir=own.parent) as name:
        folder = Path(name)
        path = build_path(folder, build)
        path.parent.mkdir()
        copyfile(build_path(own, str(current_build(own))), path)
        with closing(create(path)) as con:
            bureau = f"{county.name}民政局"
            con.execute("update counties set county = $1, bureau = $2", [county.name, bureau])
        write_whole(folder / "current.json", {"build": build})
        yield folder


def _side_by_side(folder: Path, counties: Sequence[County], tables: Frames) -> Path:
    """A warehouse of one file with all counties in it, under the names the lake gives."""
    path = build_path(folder, "together")
    path.parent.mkdir(parents=True)
    with closing(create(path)) as con:
        con.execute(SCHEMA.read_text(encoding="utf-8"))
        install(con, read_campaign())
        con.execute("delete from counties")
        for place, county in enumerate(counties, 1):
            con.execute(
                "insert into counties by name select $1 as county_id, $2 as county, $3 as bureau",
                [place, county.name, f"{county.name}民政局"],
            )
            for table, frame in tables.items():
                if table != "build" or place == 1:
                    con.register("incoming", _moved(frame, table, place, county.name))
                    con.execute(f"insert into {table} by name select * from incoming")
        derive(con)
        con.execute("checkpoint")
    write_whole(folder / "current.json", {"build": "together"})
    return folder


def _moved(frame: pl.DataFrame, table: str, place: int, name: str) -> pl.DataFrame:
    """A county's rows under numbers and names of their own."""
    if table == "build":
        return frame
    numbers = [column for column in frame.columns if column.endswith("_id")]
    moved = frame.with_columns(pl.col(numbers) + place * APART)
    named = {"townships": "township", "institutions": "institution"}.get(table)
    if named:
        moved = moved.with_columns((pl.lit(name) + pl.col(named)).alias(named))
    has_county = table in {"townships", "activities", "task_progress", "measures", "source_files"}
    return moved.with_columns(county_id=pl.lit(place)) if has_county else moved


def _looks(scale: str, what: str, local: Path, lake: Lake) -> Iterator[Result]:
    """What 总览 asks of the lake and of a file with the same rows: of a day seen before, of other days."""
    asked.page(local, "overview", as_of=str(AS_OF - timedelta(days=40)))
    questions = asked.page(local, "overview", as_of=str(AS_OF))
    there = sources.opened(lake, str(sources.current(lake)))
    with closing(open_build(local, current_build(local) or "")) as here, closing(there):
        for name, side in (("seen before", _again), ("not seen before", _anew)):
            ours, theirs = side(there, questions), side(here, questions)
            yield compare("lake", scale, f"overview of {what}, a day {name}", ours, ROUNDS, local=theirs)


def _again(con: Connection, questions: Sequence[Question]) -> Callable[[], None]:
    return lambda: _ask(con, questions)


def _anew(con: Connection, questions: Sequence[Question]) -> Callable[[], None]:
    days = count(40)
    return lambda: _ask(con, [question.earlier(before) for before in [next(days)] for question in questions])


def _ask(con: Connection, questions: Sequence[Question]) -> None:
    for question in questions:
        question.ask(con)


def _at_once(scale: str, lake: Lake, counties: Sequence[County], own: Path) -> Iterator[Result]:
    """So many loaders, then readers, at once: how many loads, and opened looks, a second."""
    for many in SHAPES[scale].at_once:
        with ExitStack() as stack:
            named = [
                (county, stack.enter_context(_named(own, county, f"of {many}"))) for county in counties[:many]
            ]
            rate = _rate(many, [partial(lakes.push, lake, county.code, folder) for county, folder in named])
        yield Result("lake", scale, f"loads: {many} at once", [rate], {}, unit="loads/s")
    for many in READERS:
        rate = _rate(many, [_look(lake, county) for county in counties[:many]])
        yield Result("lake", scale, f"first looks: {many} at once", [rate], {}, unit="looks/s")


def _rate(many: int, does: Sequence[Callable[[], object]]) -> float:
    start = perf_counter()
    with ThreadPoolExecutor(many) as pool:
        [*pool.map(lambda each: each(), does)]
    return len(does) / (perf_counter() - start)


def _look(lake: Lake, county: County) -> Callable[[], object]:
    """A county opened, and its every hazard counted."""
    own = Lake(lake.dsn, county.code)

    def look() -> None:
        with closing(sources.opened(own, str(sources.current(own)))) as con:
            con.execute("select count(*) from hazards_as_of($1) where is_overdue", [AS_OF]).fetchall()

    return look
