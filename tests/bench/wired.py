"""Part `script`, over the wire: from a choice of a town to the whole answer, its bytes, the processor's time.

Time of the processor counts what the server does after it has answered, too, and hardly depends on what else
the machine is doing.
"""

import asyncio
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from tests.bench import contestants, shown
from tests.bench.contestants import Contestant
from tests.bench.peers import figures
from tests.bench.process import busy_milliseconds
from tests.bench.timing import Result
from tests.bench.wire import Answer, Visitor, visitor
from tests.dashboard import warehouses

KINDS = ("new", "seen")
"""A filter never asked about before, and the same once more."""
SETTLING = 0.2
"""Seconds in which a server is done with what it does after an answer."""


@dataclass(frozen=True)
class Turn:
    """One answer, and the milliseconds of the processor it took."""

    answer: Answer
    busy: float


Turns = dict[str, dict[str, list[Turn]]]


def measure() -> list[Result]:
    """Our pages beside the peers' one, on the county's example."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        warehouse = warehouses.example(folder)
        os.environ.update(contestants.peers_data(warehouse, folder))
        with shown.all_serving(warehouse, folder) as everyone:
            return list(_results(asyncio.run(_race(everyone))))


async def _race(everyone: Sequence[Contestant]) -> Turns:
    """Every town, contestant by contestant, twice; the whole county in between."""
    visitors = {contestant: visitor(contestant) for contestant in everyone}
    for each in visitors.values():
        await each.open()
    hazards = figures.read()
    texts = shown.texts(hazards)
    turns: Turns = {kind: {shown.label(contestant): [] for contestant in everyone} for kind in KINDS}
    for kind in KINDS:
        for town in figures.towns(hazards)[1:]:
            for contestant, each in visitors.items():
                turn = await _turn(each, contestant, town, texts(contestant, town))
                turns[kind][shown.label(contestant)].append(turn)
    for each in visitors.values():
        await each.close()
    return turns


async def _turn(each: Visitor, contestant: Contestant, town: str, texts: Iterable[str]) -> Turn:
    before = busy_milliseconds(contestant.process)
    answer = await each.choose(town)
    await asyncio.sleep(SETTLING)
    busy = busy_milliseconds(contestant.process) - before
    if missing := [text for text in texts if not answer.shows(text)]:
        raise ValueError(f"{contestant.name} does not show {missing} of {town}")
    await each.choose(figures.ALL)
    await asyncio.sleep(SETTLING)
    return Turn(answer, busy)


def _results(turns: Turns) -> Iterator[Result]:
    for kind, by_label in turns.items():
        times = {label: [turn.answer.milliseconds for turn in taken] for label, taken in by_label.items()}
        yield from shown.results("script", f"{kind} filter to the whole answer", times)
        busy = {label: [mean(turn.busy for turn in taken)] for label, taken in by_label.items()}
        yield from shown.results("script", f"{kind} filter, processor's time", busy)
    sizes = {label: [turn.answer.size for turn in taken] for label, taken in turns["seen"].items()}
    yield from shown.results("script", "bytes of an answer", sizes, "bytes")
