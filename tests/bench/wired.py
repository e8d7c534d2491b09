"""Part `script`, over the wire: from a choice of a town to the whole answer, and how many bytes it has."""

import asyncio
import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.bench import contestants
from tests.bench.contestants import Contestant
from tests.bench.peers import figures
from tests.bench.timing import Result
from tests.bench.wire import Answer, Visitor, visitor
from tests.dashboard import warehouses

KINDS = ("new", "seen")
"""A filter never asked about before, and the same once more."""

Answers = dict[str, dict[str, list[Answer]]]


def measure() -> list[Result]:
    """隐患整改 beside the peers' page, on the county's example."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        warehouse = warehouses.example(folder)
        os.environ.update(contestants.peers_data(warehouse, folder))
        with contestants.all_serving(warehouse, folder) as everyone:
            return _results(asyncio.run(_race(everyone)))


async def _race(everyone: Sequence[Contestant]) -> Answers:
    """Every town, contestant by contestant, twice; the whole county in between."""
    visitors = {contestant.name: visitor(contestant) for contestant in everyone}
    for each in visitors.values():
        await each.open()
    hazards = figures.read()
    answers: Answers = {kind: {name: [] for name in visitors} for kind in KINDS}
    for kind in KINDS:
        for town in figures.towns(hazards)[1:]:
            texts = figures.page(hazards, town).figures.values()
            for name, each in visitors.items():
                answers[kind][name].append(await _asked(each, name, town, texts))
    for each in visitors.values():
        await each.close()
    return answers


async def _asked(each: Visitor, name: str, town: str, texts: Iterable[str]) -> Answer:
    answer = await each.choose(town)
    if missing := [text for text in texts if not answer.shows(text)]:
        raise ValueError(f"{name} does not show {missing} of {town}")
    await each.choose(figures.ALL)
    return answer


def _results(answers: Answers) -> list[Result]:
    times = [
        _result(
            f"{kind} filter to the whole answer",
            "ms",
            {name: [answer.milliseconds for answer in given] for name, given in by_name.items()},
        )
        for kind, by_name in answers.items()
    ]
    sizes = {name: [float(answer.size) for answer in given] for name, given in answers["seen"].items()}
    return [*times, _result("bytes of an answer", "bytes", sizes)]


def _result(measure: str, unit: str, by_name: dict[str, list[float]]) -> Result:
    peers = {name: values for name, values in by_name.items() if name != "ours"}
    return Result("script", "county", f"隐患整改: {measure}", by_name["ours"], peers, unit=unit)
