"""Part `people`: how many can look at once, each changing the filter every three seconds, and hardly wait.

Ours: one process, and two; with and without Streamlit's collection of garbage after each run.
"""

import asyncio
import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from statistics import quantiles
from time import monotonic

from numpy.random import Generator, default_rng

from tests.bench import contestants
from tests.bench.contestants import Contestant, ours_serving, pair_serving, peer_serving
from tests.bench.peers import figures
from tests.bench.timing import Result
from tests.bench.wire import Visitor, visitor
from tests.dashboard import warehouses
from tests.dashboard.front import is_possible

LADDER = (5, 10, 20, 30, 40, 60, 80, 100, 120, 160)
LONGEST_WAIT = 1000
"""Milliseconds that at most one change in twenty may take."""
SECONDS = 30
PAUSE = (2.0, 4.0)
COLLECTING = "STREAMLIT_RUNNER_POST_SCRIPT_GC"
PAIR = "ours, two processes"
BORNE = f"people at once, 95 % within {LONGEST_WAIT} ms"

Lanes = dict[str, AbstractContextManager[Contestant]]
Waits = dict[int, dict[str, float]]


def measure(scale: str) -> list[Result]:
    """The county's example, whatever the scale: larger ones have no workbooks."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        warehouse = warehouses.example(folder)
        data = contestants.peers_data(warehouse, folder)
        os.environ.update(data)
        towns = figures.towns(figures.read())
        lanes = _lanes(warehouse, folder, data)
        everyone = {label: stack.enter_context(lane) for label, lane in lanes.items()}
        return _results(_climb(everyone, towns))


def _lanes(warehouse: Path, folder: Path, data: Mapping[str, str]) -> Lanes:
    """Two processes only where there is the nginx that stands before them."""
    uncollected = ("--runner.postScriptGC=false",)
    pair: Lanes = {PAIR: pair_serving(warehouse, folder / "front")} if is_possible else {}
    return {
        "ours": ours_serving(warehouse),
        "ours, collecting": ours_serving(warehouse, environment={COLLECTING: "true"}),
        "usual": peer_serving("usual", data, folder),
        "usual, not collecting": peer_serving("usual", data, folder, uncollected),
    } | pair


def _climb(everyone: Mapping[str, Contestant], towns: Sequence[str]) -> Waits:
    """What 95 of 100 changes took at most, by people at once; who is too slow is out."""
    waits: Waits = {}
    racing = dict(everyone)
    for people in LADDER:
        waits[people] = {
            label: asyncio.run(_crowd(contestant, people, towns)) for label, contestant in racing.items()
        }
        racing = {label: racing[label] for label, wait in waits[people].items() if wait < LONGEST_WAIT}
    return waits


async def _crowd(contestant: Contestant, people: int, towns: Sequence[str]) -> float:
    crowd = [visitor(contestant) for _ in range(people)]
    for each in crowd:
        await each.open()
    until = monotonic() + SECONDS
    looks = [_look(each, default_rng(seed), until, towns) for seed, each in enumerate(crowd)]
    waits = [wait for taken in await asyncio.gather(*looks) for wait in taken]
    for each in crowd:
        await each.close()
    return quantiles(waits, n=20)[-1]


async def _look(each: Visitor, dice: Generator, until: float, towns: Sequence[str]) -> list[float]:
    """Change the filter, now and again; the first time sooner or later, so that not all do at once."""
    taken: list[float] = []
    due = monotonic() + dice.uniform(0, PAUSE[1])
    while due < until:
        await asyncio.sleep(due - monotonic())
        taken.append((await each.choose(towns[int(dice.integers(len(towns)))])).milliseconds)
        due = max(due + dice.uniform(*PAUSE), monotonic())
    return taken


def _results(waits: Waits) -> list[Result]:
    most = {label: max(_borne(waits, label), default=0) for label in waits[LADDER[0]]}
    held = {label: [float(people)] for label, people in most.items()}
    results = [_result(BORNE, "people", held)]
    if PAIR in held:
        one = {"one process": held["ours"]}
        results.append(Result("people", "county", f"two processes: {BORNE}", held[PAIR], one, unit="people"))
    for people, by_label in waits.items():
        if "ours" in by_label:
            told = {label: [wait] for label, wait in by_label.items()}
            results.append(_result(f"{people} people at once, 95 % within", "ms", told))
    return results


def _borne(waits: Waits, label: str) -> list[int]:
    return [people for people, by_label in waits.items() if by_label.get(label, LONGEST_WAIT) < LONGEST_WAIT]


def _result(measure: str, unit: str, by_label: Mapping[str, Sequence[float]]) -> Result:
    peers = {label: values for label, values in by_label.items() if label != "ours"}
    return Result("people", "county", measure, by_label["ours"], peers, unit=unit)
