"""Part `start`: from the command to the first health and first page; memory with and without people."""

import asyncio
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from time import perf_counter

from tests.bench import contestants
from tests.bench.contestants import Contestant, ours_serving, peer_serving
from tests.bench.peers import figures
from tests.bench.process import megabytes
from tests.bench.timing import Result
from tests.bench.wire import visitor
from tests.dashboard import warehouses

ROUNDS = 3
PEOPLE = 40
PEERS = ("usual", "dash", "floor")

Serving = Callable[[], AbstractContextManager[Contestant]]


def measure(scale: str) -> list[Result]:
    """The county's example, whatever the scale: larger ones have no workbooks."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        warehouse = warehouses.example(folder)
        data = contestants.peers_data(warehouse, folder)
        os.environ.update(data)
        sides: dict[str, Serving] = {"ours": partial(ours_serving, warehouse)}
        sides |= {peer: partial(peer_serving, peer, data, folder) for peer in PEERS}
        towns = figures.towns(figures.read())
        return [*_starts(sides), *_memory(sides, towns)]


def _starts(sides: Mapping[str, Serving]) -> Iterator[Result]:
    health: dict[str, list[float]] = {name: [] for name in sides}
    page: dict[str, list[float]] = {name: [] for name in sides}
    for turn in range(ROUNDS + 1):
        for name, serving in sides.items():
            start = perf_counter()
            with serving() as contestant:
                healthy = perf_counter() - start
                asyncio.run(_first_page(contestant))
                answered = perf_counter() - start
            if turn:
                health[name].append(healthy * 1000)
                page[name].append(answered * 1000)
    yield _result("start to health", "ms", health)
    yield _result("start to the first page's answer", "ms", page)


async def _first_page(contestant: Contestant) -> None:
    each = visitor(contestant)
    await each.open()
    await each.close()


def _memory(sides: Mapping[str, Serving], towns: Sequence[str]) -> Iterator[Result]:
    alone: dict[str, list[float]] = {}
    crowded: dict[str, list[float]] = {}
    for name, serving in sides.items():
        with serving() as contestant:
            asyncio.run(_first_page(contestant))
            alone[name] = [megabytes(contestant.process)]
            crowded[name] = [asyncio.run(_with_people(contestant, towns))]
    yield _result("memory, after the first page", "MB", alone)
    yield _result(f"memory, {PEOPLE} people there", "MB", crowded)


async def _with_people(contestant: Contestant, towns: Sequence[str]) -> float:
    """Each opens the page and looks at three towns."""
    crowd = [visitor(contestant) for _ in range(PEOPLE)]
    for place, each in enumerate(crowd):
        await each.open()
        for step in range(3):
            await each.choose(towns[(place + step) % len(towns)])
    held = megabytes(contestant.process)
    for each in crowd:
        await each.close()
    return held


def _result(measure: str, unit: str, by_name: Mapping[str, Sequence[float]]) -> Result:
    peers = {name: values for name, values in by_name.items() if name != "ours"}
    return Result("start", "county", measure, by_name["ours"], peers, unit=unit)
