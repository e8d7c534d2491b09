"""People look while ledgers are loaded again and again: no error, nobody is led back, memory stays flat."""

import os
import re
import subprocess
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from shutil import copytree
from threading import Event

from numpy.random import default_rng

from tests.bench.people import PAUSE
from tests.dashboard.served import command, free_port, running
from tests.dashboard.test_soak import is_linux, pages, resident
from tests.dashboard.visitor import visit
from tests.dashboard.warehouses import AS_OF
from tests.etl.bureau import ZHIBEN

IS_LONG = bool(os.environ.get("ZHIBEN_TEST_ALL"))
PEOPLE, SECONDS, LOADS = (40, 600, 12) if IS_LONG else (6, 12, 2)
TOWNS = ("大箕镇", "南村镇", "巴公镇", "大阳镇")
SHOWN = re.compile(r"统计截止 <b>([\d-]+)")
LOOKS = 60
MOST_MORE = 48
"""Megabytes between the peak of the first half and that of the second. It goes up and down by twice as much,
as builds are opened and let go; and the short form is over before what is kept of answers has filled up."""


@dataclass
class Guest:
    """One who looks at page after page, now and then at another town; what he saw, and what went wrong."""

    number: int
    url: str
    over: Event
    days: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def look_on(self) -> None:
        dice = default_rng(self.number)
        paths = pages()
        with visit(self.url) as visitor:
            visitor.look()
            while not self.over.is_set():
                page = paths[int(dice.integers(len(paths)))]
                drawn = visitor.look(page, township=TOWNS[int(dice.integers(len(TOWNS)))])
                self.days += SHOWN.findall(drawn.html())
                self.errors += [f"{page}: {each}" for each in drawn.errors()]
                self.over.wait(dice.uniform(*PAUSE))


@contextmanager
def crowd(url: str) -> Iterator[Sequence[Guest]]:
    """People who look until the block ends; it then waits for them."""
    over = Event()
    guests = [Guest(number, url, over) for number in range(PEOPLE)]
    with ThreadPoolExecutor(PEOPLE) as threads:
        looks = [threads.submit(guest.look_on) for guest in guests]
        try:
            yield guests
        finally:
            over.set()
    for look in looks:
        look.result()


def load(ledgers: Path, warehouse: Path, number: int) -> str:
    """Load the ledgers as known some days later; returns that day."""
    day = str(AS_OF + timedelta(days=number))
    told = [str(ZHIBEN), "load", str(ledgers), "--warehouse", str(warehouse), "--as-of", day]
    subprocess.run(told, check=True, capture_output=True)
    return day


def load_and_measure(ledgers: Path, warehouse: Path, first: int, pid: int) -> tuple[str, float]:
    """Half of the loads, each some time after the one before; the last day, and the most memory held."""
    day, most = str(AS_OF), 0.0
    for number in range(first, first + LOADS // 2):
        due = time.monotonic() + SECONDS / LOADS
        day = load(ledgers, warehouse, number)
        while time.monotonic() < due:
            most = max(most, resident(pid))
            time.sleep(0.5)
    return day, most


def is_shown(url: str, day: str) -> bool:
    """Whether the build of a day is shown, once it has been warmed."""
    with visit(url) as visitor:
        for _ in range(LOOKS):
            if SHOWN.findall(visitor.look().html()) == [day]:
                return True
            time.sleep(1)
    return False


@is_linux
def test_people_look_on_without_error_while_ledgers_are_loaded(example: Path, tmp_path: Path) -> None:
    warehouse = copytree(example, tmp_path / "warehouse")
    ledgers, port = example.with_name("ledgers"), free_port()
    url = f"http://127.0.0.1:{port}"
    log = tmp_path / "log"
    with running(command(warehouse, port), f"{url}/_stcore/health", log=log) as server, crowd(url) as guests:
        _, half = load_and_measure(ledgers, warehouse, 1, server.pid)
        last, end = load_and_measure(ledgers, warehouse, 1 + LOADS // 2, server.pid)
        assert is_shown(url, last)
    for guest in guests:
        assert not guest.errors
        assert guest.days == sorted(guest.days), "nobody sees a build before the one he saw"
    assert "Traceback" not in log.read_text(encoding="utf-8")
    assert end - half < MOST_MORE or not IS_LONG, f"{half:.0f} MB at most, then {end:.0f} MB"
