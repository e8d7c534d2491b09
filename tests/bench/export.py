"""Part `export`: how long each file for the meeting takes, of a day just looked at and of another day."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path

from dashboard import outside
from dashboard.export.kinds import KINDS, Kind
from dashboard.view import View
from queries.filters import Filters
from tests.bench.timing import Result, Side, compare
from tests.dashboard import warehouses

ROUNDS = 5


def measure(scale: str) -> list[Result]:
    """The county's example, whatever the scale: larger ones have no workbooks."""
    with tempfile.TemporaryDirectory() as folder:
        view = outside.view(warehouses.example(Path(folder)), warehouses.AS_OF, None, Filters())
        return list(_kinds(view))


def _kinds(view: View) -> Iterator[Result]:
    for kind in KINDS.values():
        same, another = partial(kind.make, view), _another_day(view, kind)
        yield compare("export", "county", kind.name, same, ROUNDS, another_day=another)


def _another_day(view: View, kind: Kind) -> Side:
    """Make the file as of a day that nobody asked about before, at every call."""
    days = count(1)
    return lambda: kind.make(replace(view, as_of=view.as_of - timedelta(days=next(days))))
