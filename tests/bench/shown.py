"""Our two pages in a race with the peers' one, and what each must show before its time counts.

隐患整改 shows what the peers' page shows and more; 总览 has two of its six figures, and others.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pandas as pd

from tests.bench import contestants
from tests.bench.contestants import Contestant
from tests.bench.peers import figures
from tests.bench.timing import Result

OURS, OVERVIEW = "隐患整改", "总览"
SHARED = ("整改率", "按期整改率")

Texts = Callable[[Contestant, str], list[str]]


@contextmanager
def all_serving(warehouse: Path, folder: Path) -> Iterator[list[Contestant]]:
    """Everyone, our server twice: once for each of the pages."""
    with contestants.all_serving(warehouse, folder) as (ours, *peers):
        yield [ours, replace(ours, path=""), *peers]


def label(contestant: Contestant) -> str:
    """The peer's name, or that of our page."""
    if contestant.name != "ours":
        return contestant.name
    return OURS if contestant.path else OVERVIEW


def texts(hazards: pd.DataFrame) -> Texts:
    """The figures a contestant must show of a town."""
    known = {town: figures.page(hazards, town).figures for town in figures.towns(hazards)}

    def told(contestant: Contestant, town: str) -> list[str]:
        is_overview = label(contestant) == OVERVIEW
        return [text for name, text in known[town].items() if not is_overview or name in SHARED]

    return told


def results(
    part: str, measure: str, by_label: Mapping[str, Sequence[float]], unit: str = "ms"
) -> Iterator[Result]:
    """Each of our pages beside the peers' one."""
    peers = {name: by_label[name] for name in contestants.PEERS}
    for page in (OURS, OVERVIEW):
        yield Result(part, "county", f"{page}: {measure}", by_label[page], peers, unit=unit)
