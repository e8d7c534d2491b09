"""What is kept of the county is never handed to a township: every cache, asked for both in one process."""

import gc
import inspect
import pkgutil
import re
import weakref
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from streamlit.runtime.caching.cache_utils import CachedFunc

import dashboard
from dashboard import answers, hazard_link, session, trends
from dashboard.folders import WAREHOUSE_VARIABLE
from dashboard.session import coded
from queries.evaluate import Question
from queries.filters import Filters
from queries.rows import Rows
from queries.scope import Scope
from queries.warehouse import current_build, fetch

AS_OF = date(2026, 11, 23)
TOWN, OTHER = "大箕镇", "南岭镇"
NEEDS_NO_BUILD = {
    "dashboard.charts.assets",  # the program's own files
    "dashboard.slides.stage",
    "dashboard.guard.roles",
    "dashboard.hazard_link",  # a hash of what is handed in
    "dashboard.session",  # below
}
HAZARDS = Rows("select *, from hazards_as_of($as_of)", (), "all", (("as_of", date(2026, 11, 23)),))
GIVEN: dict[str, object] = {
    "alarming": ("overdue_major",),
    "known": HAZARDS,
    "most": 50,
    "names": (),
    "words": (),
    "as_of": AS_OF,
    "by": (),
    "code": "overdue",
    "dimension": "area",
    "filters": Filters(),
    "kind": "hazards",
    "metric": "rectification_rate",
    "questions": (Question("rectification_rate", AS_OF),),
    "metrics": ("rectification_rate", "activity_coverage"),
    "name": "few",
    "record_id": 1,
    "sql": "select institution, township from institutions inner join townships using (township_id)",
}
OTHERWISE: dict[str, dict[str, object]] = {
    "concerned": {"items": ("self_check", "G01")},
    "_major_places": {"by": "township"},
    "missing": {"metric": "clear_institutions"},
    "names": {"dimension": "phase"},
    "tally": {"by": ("township", "institution")},
}
"""What some functions are given instead."""

Kept = Callable[..., Any]


def named() -> Iterator[tuple[str, Any]]:
    """Whatever has a name in a module of the dashboard, under its full name."""
    for module in pkgutil.walk_packages(dashboard.__path__, "dashboard."):
        if not module.name.startswith(("dashboard.pages", "dashboard.entry")):
            for name, value in vars(import_module(module.name)).items():
                yield f"{module.name}.{name}", value


def caches() -> Iterator[tuple[str, Kept]]:
    """Every function of the dashboard that keeps what it once gave."""
    for name, value in named():
        is_own = getattr(value, "__module__", None) == name.rpartition(".")[0]
        if is_own and (hasattr(value, "cache_info") or isinstance(value, CachedFunc)):
            yield name, value


KEPT = dict(caches())
BY_BUILD = {
    name: function for name, function in KEPT.items() if name.rpartition(".")[0] not in NEEDS_NO_BUILD
}


@pytest.fixture
def codes(example: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """The code of the whole build, and of one town's part of it."""
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(example))
    build = current_build(example) or ""
    return build, coded(build, Scope(township=TOWN))


def test_the_walk_finds_the_caches() -> None:
    assert {"dashboard.answers.figures", "dashboard.session._part"} <= KEPT.keys()
    assert len(BY_BUILD) > 25


@pytest.mark.parametrize("name", sorted(BY_BUILD))
def test_whatever_is_kept_is_kept_by_the_build_and_the_part_of_it(name: str) -> None:
    assert next(iter(inspect.signature(BY_BUILD[name]).parameters)) == "build"


@pytest.mark.parametrize("name", sorted(BY_BUILD))
def test_a_town_is_told_its_own_though_the_county_asked_before(name: str, codes: tuple[str, str]) -> None:
    whole, part = codes
    function = BY_BUILD[name]
    _ask(function, whole)
    told = _ask(function, part)
    function.cache_clear()  # type: ignore[attr-defined]
    assert _said(told) == _said(_ask(function, part))
    assert OTHER not in _said(told)


@pytest.mark.parametrize("name", sorted(KEPT))
def test_what_is_kept_is_bounded(name: str) -> None:
    function = KEPT[name]
    if isinstance(function, CachedFunc):
        assert vars(function._info)["max_entries"]
    elif inspect.signature(function).parameters:
        assert function.cache_parameters()["maxsize"]  # type: ignore[attr-defined]


def test_nothing_else_is_kept_but_the_days_of_trends_and_who_was_refused(
    codes: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    variables = {name: value for name, value in named() if re.search(r"\._?[a-z]\w*$", name)}
    stores = {name for name, value in variables.items() if isinstance(value, dict | list | set)}
    assert stores == {"dashboard.trends._kept", "dashboard.guard.audit._refused"}
    monkeypatch.setattr(trends, "MOST", 3)
    trends.trend(codes[0], "hazards_found", [date(2026, 1, day) for day in range(1, 9)])
    assert len(trends._kept) == 3


def test_some_answers_are_others_for_a_town_than_for_the_county(codes: tuple[str, str]) -> None:
    differ = [
        name
        for name, function in BY_BUILD.items()
        if _said(_ask(function, codes[0])) != _said(_ask(function, codes[1]))
    ]
    assert len(differ) > len(BY_BUILD) / 2


def test_a_trend_kept_day_by_day_is_kept_by_the_part(codes: tuple[str, str]) -> None:
    whole, part = (trends.trend(code, "hazards_found", [AS_OF])["value"].item() for code in codes)
    own = fetch(session.connection(codes[1]), "select count(*) from hazards").item()
    assert part == own < whole


def test_a_link_to_anothers_hazard_finds_nothing(codes: tuple[str, str]) -> None:
    row = answers.ask(codes[0], HAZARD, as_of=AS_OF, town=OTHER).row(0, named=True)
    own = answers.ask(codes[0], HAZARD, as_of=AS_OF, town=TOWN).row(0, named=True)
    assert answers.ask(codes[1], hazard_link.FOUND_ON, as_of=AS_OF, found_on=own["found_on"]).height
    found = answers.ask(codes[1], hazard_link.FOUND_ON, as_of=AS_OF, found_on=row["found_on"])
    assert row["institution"] not in found["institution"]


HAZARD = "from hazards_as_of($as_of) where township = $town order by hazard_id limit 1"


def test_what_is_open_at_once_is_bounded_and_what_is_let_go_is_closed(
    example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(example))
    build = current_build(example) or ""
    towns = fetch(session.connection(build), "select township from townships")["township"].to_list()
    session._part.clear()
    seen = weakref.WeakSet(session.connection(coded(build, Scope(township=town))) for town in towns)
    assert len(towns) == len(seen) == session.MOST_PARTS
    monkeypatch.setenv(WAREHOUSE_VARIABLE, f"{example}/.")
    seen.add(session.connection(coded(build, Scope(township=towns[0]))))
    gc.collect()
    assert len(seen) == session.MOST_PARTS


def _ask(function: Kept, code: str) -> Any:
    given = GIVEN | OTHERWISE.get(function.__name__, {})
    asked = list(inspect.signature(function).parameters.values())[1:]
    needed = [each for each in asked if each.default is each.empty and each.kind is not each.VAR_KEYWORD]
    names = {each.name for each in needed} | OTHERWISE.get(function.__name__, {}).keys()
    return function(code, **{name: given[name] for name in names})


def _said(told: Any) -> str:
    return told.write_ndjson() if isinstance(told, pl.DataFrame) else repr(told)
