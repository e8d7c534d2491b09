"""What goes wrong leaves the lake whole: loaders killed, the catalogue away, many at once, a full disk."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from etl import lake as lakes
from queries import sources
from queries.evaluate import evaluate_many
from queries.lake import Lake, LakeError
from tests.etl.mounts import mounted
from tests.lake.catalogue import Server, new_folder, server
from tests.lake.counties import AS_OF, EARLIER, GAOPING, ZEZHOU, County, opened, warehouse

LONG = "ZHIBEN_TEST_ALL" in os.environ
METRICS = ("hazards_found", "rectification_rate", "self_check_rate", "activity_coverage", "task_support")
DAYS = (date(2025, 6, 30), AS_OF)
COUNTIES = [ZEZHOU, GAOPING, County(140522, "甲县", 3), County(140524, "乙县", 4)]
PUSHES = """
import sys
from pathlib import Path
from tempfile import mkdtemp
from etl import lake
from queries.lake import Lake
dsn, code, *folders = sys.argv[1:]
for number in range(10_000):
    lake.push(Lake(dsn), int(code), Path(folders[number % len(folders)]))
    print(number, flush=True)
"""


def figures(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    return pl.concat(evaluate_many(con, METRICS, day) for day in DAYS)


def of_lake(lake: Lake) -> pl.DataFrame:
    with closing(sources.opened(lake, str(sources.current(lake)))) as con:
        return figures(con)


def of_its_own(folder: Path) -> pl.DataFrame:
    with closing(opened(folder)) as con:
        return figures(con)


def loader(lake: Lake, county: County, *folders: Path) -> "subprocess.Popen[str]":
    """A process that loads one build after the other, on and on, and says so."""
    words = [sys.executable, "-c", PUSHES, lake.dsn, str(county.code), *map(str, folders)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


@pytest.mark.parametrize("moment", range(30 if LONG else 3))
def test_a_loader_killed_at_any_moment_leaves_the_build_before_or_the_new_one(
    lake: Lake, shared: Path, moment: int
) -> None:
    folders = [warehouse(shared, ZEZHOU, day) for day in (EARLIER, AS_OF)]
    wholes = [of_its_own(folder) for folder in folders]
    with loader(lake, ZEZHOU, *folders) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(random.Random(moment).uniform(0, 1.5))  # noqa: S311
        process.send_signal(signal.SIGKILL)
    assert any(of_lake(lake).equals(whole) for whole in wholes)
    assert lakes.verify(lake) == []
    lakes.push(lake, ZEZHOU.code, folders[0])
    assert of_lake(replace(lake, county=ZEZHOU.code)).equals(wholes[0])


def test_loaders_and_readers_at_once_each_see_whole_builds(lake: Lake, shared: Path) -> None:
    """Loaders, killed now and then and begun again, and as many readers; long form: 4 and 4 for 5 minutes."""
    counties = COUNTIES if LONG else COUNTIES[:2]
    folders = {each: [warehouse(shared, each, day) for day in (EARLIER, AS_OF)] for each in counties}
    wholes = {each: [of_its_own(folder) for folder in folders[each]] for each in counties}
    for county in counties:
        lakes.push(lake, county.code, folders[county][0])
    end = time.monotonic() + (300 if LONG else 8)

    def read(number: int) -> int:
        county, looks = counties[number], 0
        while time.monotonic() < end:
            found = of_lake(replace(lake, county=county.code))
            assert any(found.equals(whole) for whole in wholes[county]), county
            looks += 1
        return looks

    with loading(lake, folders, end), ThreadPoolExecutor(4) as pool:
        looks = [*pool.map(read, range(len(counties)))]
    assert min(looks) >= (2 if LONG else 1)
    for county in counties:
        lakes.push(lake, county.code, folders[county][1])
        assert of_lake(replace(lake, county=county.code)).equals(wholes[county][1])
    assert lakes.verify(lake) == []
    counts = {each.county_id: 0 for each in lakes.history(lake)}
    assert counts.keys() == {county.code for county in counties}


class loading:  # noqa: N801 - reads as a verb where it is used
    """Loaders of all counties while the block runs, each killed now and then and begun again."""

    def __init__(self, lake: Lake, folders: dict[County, list[Path]], end: float) -> None:
        self.lake, self.folders, self.end = lake, folders, end
        self.threads = [threading.Thread(target=self._keep, args=(county,)) for county in folders]

    def __enter__(self) -> None:
        for thread in self.threads:
            thread.start()

    def __exit__(self, *_: object) -> None:
        for thread in self.threads:
            thread.join()

    def _keep(self, county: County) -> None:
        dice = random.Random(county.code)  # noqa: S311
        while time.monotonic() < self.end:
            with loader(self.lake, county, *self.folders[county]) as process:
                time.sleep(min(dice.uniform(2, 8), max(self.end - time.monotonic(), 0)))
                process.send_signal(signal.SIGKILL)


def test_two_loaders_of_one_county_leave_one_of_the_two(lake: Lake, shared: Path) -> None:
    folders = [warehouse(shared, ZEZHOU, day) for day in (EARLIER, AS_OF)]
    with ThreadPoolExecutor(4) as pool:
        [*pool.map(lambda number: lakes.push(lake, ZEZHOU.code, folders[number % 2]), range(8))]
    assert any(of_lake(lake).equals(of_its_own(folder)) for folder in folders)
    assert lakes.verify(lake) == []


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A catalogue of the test's own, to be stopped and started."""
    made = Server(new_folder())
    yield made
    with suppress(Exception):
        made.postgres.cleanup()


def test_the_catalogue_stopped_and_started_under_readers_and_loaders(
    own_server: Server, shared: Path, tmp_path: Path
) -> None:
    lake = own_server.lake()
    lakes.init(lake, str(tmp_path / "lake"))
    lakes.push(lake, ZEZHOU.code, warehouse(shared, ZEZHOU, EARLIER))
    with closing(sources.opened(lake, str(sources.current(lake)))) as con:
        before = figures(con)
        own_server.stop()
        with pytest.raises(LakeError, match="连不上"):
            lakes.push(lake, ZEZHOU.code, warehouse(shared, ZEZHOU))
        with pytest.raises(LakeError, match=r"连不上|读不出"):
            sources.current(lake)
        own_server.start()
        assert figures(con).equals(before)
    assert of_lake(lake).equals(before)
    assert lakes.push(lake, ZEZHOU.code, warehouse(shared, ZEZHOU))
    assert of_lake(lake).equals(of_its_own(warehouse(shared, ZEZHOU)))


def test_a_catalogue_and_its_files_saved_together_are_restored_together(shared: Path, tmp_path: Path) -> None:
    own = server()
    lake = own.lake()
    lakes.init(lake, str(tmp_path / "lake"))
    lakes.push(lake, ZEZHOU.code, warehouse(shared, ZEZHOU))
    saved = of_lake(lake)
    dump = own.dump(lake)  # the catalogue first: files it does not name do no harm
    files = {path: path.read_bytes() for path in (tmp_path / "lake").rglob("*") if path.is_file()}
    lakes.push(lake, GAOPING.code, warehouse(shared, GAOPING))
    lakes.expire(lake, keep=1, days=0)
    for path in [*(tmp_path / "lake").rglob("*.parquet")]:
        path.unlink()
    restored = own.restored(dump)
    assert {each.county for each in lakes.verify(restored)} == {"泽州县"}
    for path, content in files.items():
        path.write_bytes(content)
    assert lakes.verify(restored) == []
    assert of_lake(restored).equals(saved)


def test_a_full_disk_under_a_loader_leaves_the_build_before(shared: Path, tmp_path: Path) -> None:
    with mounted(tmp_path / "disk") as disk:
        lake = server().lake()
        lakes.init(lake, str(disk.folder / "lake"))
        lakes.push(lake, ZEZHOU.code, warehouse(shared, ZEZHOU, EARLIER))
        before = of_lake(lake)
        for room in (0, 40_000):
            disk.fill(room)
            with pytest.raises(LakeError, match="磁盘已满"):
                lakes.push(lake, ZEZHOU.code, warehouse(shared, ZEZHOU))
            assert of_lake(lake).equals(before)
            assert lakes.verify(lake) == []
        disk.make_room()
        assert lakes.push(lake, ZEZHOU.code, warehouse(shared, ZEZHOU))
        assert of_lake(lake).equals(of_its_own(warehouse(shared, ZEZHOU)))
