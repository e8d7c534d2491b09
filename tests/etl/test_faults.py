"""A load killed at any moment: the old build or the new one is served, whole, and the next load works."""

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest
from numpy.random import default_rng
from polars.testing import assert_frame_equal

from etl import history
from tests.etl.bureau import Bureau, first, receive_next

KILLS = 100 if os.environ.get("ZHIBEN_TEST_ALL") else 4
PATIENCE = 60


@dataclass(frozen=True)
class Moment:
    """When a load is killed: so far into all of it, or into its publishing alone."""

    is_publishing: bool
    share: float

    def __str__(self) -> str:
        return f"{self.share:.2f} of {'publishing' if self.is_publishing else 'all'}"


def moments() -> list[Moment]:
    """Every second one while it publishes, the shorter part in which most could go wrong."""
    shares = default_rng(20261123).uniform(size=KILLS)
    return [Moment(place % 2 == 1, float(share)) for place, share in enumerate(shares)]


@dataclass(frozen=True)
class Undisturbed:
    """A bureau with a ledger yet to load; how long that takes, and every figure before and after."""

    bureau: Bureau
    seconds: float
    publishing_seconds: float
    before: pl.DataFrame
    after: pl.DataFrame

    def delay(self, moment: Moment) -> float:
        return moment.share * (self.publishing_seconds if moment.is_publishing else self.seconds)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    folder = tmp_path_factory.mktemp("faults")
    bureau = first(folder / "bureau")
    before = bureau.figures()
    receive_next(bureau)
    done = bureau.copy(folder / "done")
    start = time.monotonic()
    with started(done) as process:
        begun = wait_until_it_publishes(process, done.warehouse)
        assert process.wait(PATIENCE) == 0
    end = time.monotonic()
    return Undisturbed(bureau, end - start, end - begun, before, done.figures())


def started(bureau: Bureau) -> subprocess.Popen[bytes]:
    return subprocess.Popen(bureau.command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def wait_until_it_publishes(process: subprocess.Popen[bytes], warehouse: Path) -> float:
    """Until something is half made in the warehouse, or the process has ended; returns when that was."""
    while not list(warehouse.rglob("*.making*")) and process.poll() is None:
        time.sleep(0.001)
    return time.monotonic()


@pytest.mark.parametrize("moment", moments(), ids=str)
def test_a_load_killed_at_any_moment_leaves_a_whole_build_and_the_next_one_works(
    undisturbed: Undisturbed, moment: Moment, tmp_path: Path
) -> None:
    bureau = undisturbed.bureau.copy(tmp_path / "bureau")
    with started(bureau) as process:
        if moment.is_publishing:
            wait_until_it_publishes(process, bureau.warehouse)
        time.sleep(undisturbed.delay(moment))
        process.kill()
    served = bureau.figures()
    is_done = not served.equals(undisturbed.before)
    assert_frame_equal(served, undisturbed.after if is_done else undisturbed.before)
    assert bureau.load() is not is_done
    assert_frame_equal(bureau.figures(), undisturbed.after)
    assert len(history(bureau.warehouse)) == 2
    assert not bureau.left()
