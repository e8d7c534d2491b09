"""A figure on many days, kept day by day: from one day to the next a trend keeps all month-ends but one."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import date
from threading import Lock
from typing import Any

import polars as pl

from dashboard import answers, registers
from dashboard.keeping import KEEPING
from dashboard.session import connection
from queries import compare, evaluate, of_towns
from queries.filters import Filters

MOST = 20_000
FEW = 2
Row = tuple[Any, ...]
Key = tuple[str, str, Filters, date]
"""A build, a metric, the filters, a day."""

Asked = tuple[str, Sequence[date], Filters]
"""A metric on some days under filters."""

SCHEMA = {"day": pl.Date, "numerator": pl.Int64, "denominator": pl.Int64, "value": pl.Float64}

_kept: OrderedDict[Key, Row] = OrderedDict()
_lock = Lock()


def trend(build: str, metric: str, days: Sequence[date], filters: Filters = Filters()) -> pl.DataFrame:
    """One metric anew at each day: [day, numerator, denominator, value]."""
    keys: list[Key] = [(build, metric, filters, day) for day in days]
    with _lock:
        known = {key: _kept[key] for key in keys if key in _kept}
    unknown = [day for key, day in zip(keys, days, strict=True) if key not in known]
    found = _found(build, metric, unknown, filters) if unknown else {}
    with _lock:
        _keep(found | known)
    return pl.DataFrame([(known | found)[key] for key in keys], SCHEMA, orient="row")


def ask_ahead(build: str, asked: Iterable[Asked]) -> None:
    """Ask at once what trends to come need to know of few days more; far sooner than one by one."""
    unknown: dict[Key, None] = {}
    for metric, days, filters in asked:
        keys: list[Key] = [(build, metric, filters, day) for day in days]
        missing = [key for key in keys if key not in _kept]
        unknown |= dict.fromkeys(missing if len(missing) <= FEW else ())
    if unknown:
        found = _at_once(build, list(unknown))
        with _lock:
            _keep(found)


def _found(build: str, metric: str, days: Sequence[date], filters: Filters) -> dict[Key, Row]:
    """Few days are asked about each by itself, as the queries keep what was true on it; many in one query."""
    if len(days) <= FEW:
        return _at_once(build, [(build, metric, filters, day) for day in days])
    by, asked = _wide(build, metric, filters)
    frame = evaluate.trend(connection(build), metric, days, by, asked)
    return _of_each(build, metric, filters, frame)


def _at_once(build: str, keys: Sequence[Key]) -> dict[Key, Row]:
    """The figures of some days, in one statement for those of all towns and one for the others."""
    wide = {key: _wide(build, key[1], key[2]) for key in keys}
    found: dict[Key, Row] = {}
    for groups in dict.fromkeys(by for by, _ in wide.values()):
        asked = [(key, filters) for key, (by, filters) in wide.items() if by == groups]
        questions = [evaluate.Question(metric, day, groups, held) for (_, metric, _, day), held in asked]
        frame = evaluate.answered(connection(build), questions)
        for (place,), part in frame.group_by("place", maintain_order=True):
            _, metric, filters, day = asked[int(place)][0]
            found |= _of_each(build, metric, filters, part.with_columns(day=day))
    return found


def _wide(build: str, metric: str, filters: Filters) -> of_towns.Asked:
    """The question to ask: about one town the one about all towns, where that takes but one too."""
    return answers.widened(build, (metric,), (), filters) or ((), filters)


def _of_each(build: str, metric: str, filters: Filters, frame: pl.DataFrame) -> dict[Key, Row]:
    """The rows of an answer by what they answer: those of all towns each by its town."""
    rows = frame.select(*SCHEMA).iter_rows()
    if of_towns.TOWN not in frame.columns:
        return {(build, metric, filters, row[0]): row for row in rows}
    of_each = {town: of_towns.hold_to(filters, (town,)) for town in registers.townships(build)}
    towns = zip(frame[of_towns.TOWN], rows, strict=True)
    return {(build, metric, of_each[town], row[0]): row for town, row in towns if town in of_each}


def _let_go() -> None:
    with _lock:
        _kept.clear()


KEEPING.append(_let_go)


def change(build: str, metric: str, as_of: date, earlier: date, filters: Filters = Filters()) -> pl.DataFrame:
    """One metric on two days, in one row: the columns of queries.compare.change."""
    both = trend(build, metric, sorted({as_of, earlier}), filters)
    return compare.moved(both, evaluate.known_metric(metric), as_of, earlier)


def _keep(rows: dict[Key, Row]) -> None:
    for key, row in rows.items():
        _kept[key] = row
        _kept.move_to_end(key)
    while len(_kept) > MOST:
        _kept.popitem(last=False)
