"""Which warehouse is served, and its current build, opened once and shared by all who look.

Whoever shows a build holds it, and so holds its database open; with the last who does, it is closed.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import RLock
from weakref import WeakValueDictionary

import duckdb
import streamlit as st

from dashboard.folders import WAREHOUSE_VARIABLE, own_warehouse
from dashboard.guard.here import here
from queries import plan, sources
from queries.lake import Lake
from queries.scope import Scope
from queries.scoped import opened_part
from queries.sources import Source
from queries.warehouse import fetch, is_empty

EXAMPLE_VARIABLE = "ZHIBEN_EXAMPLE"
LAKE_VARIABLE = "ZHIBEN_LAKE"
COUNTY_VARIABLE = "ZHIBEN_LAKE_COUNTY"
PART = "@"
"""Stands in a code between a build and whose part of it is meant; builds are hashes."""

MOST_PARTS = 16
"""So many townships' or counties' copies are open at once, of as much memory as their rows take; the one not
used for longest is let go."""

MOST_LAKES = 3
"""So many moments of lakes are open at once; whoever looks on at an older one opens it again."""


@dataclass(frozen=True, eq=False)
class Whole:
    """A build and where it lies, open as long as somebody shows it.

    A lake's is a copy in memory: it is let go though a page left open shows it, and opened again if need be.
    """

    source: Source
    opens: Callable[[], duckdb.DuckDBPyConnection]

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        return self.opens()


@dataclass(frozen=True)
class Build:
    """The build being shown, or somebody's part of it, and what it says of itself.

    `township`: the one whose part it is.
    """

    code: str
    as_of: date
    county: str
    is_example: bool
    township: str | None
    rows_refused: int
    campaign_from: date
    campaign_to: date
    whole: Whole = field(repr=False, compare=False)

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        return _connected(self.whole, self.code)


@dataclass
class Showing:
    """The build running/watch.py has all pages show; None: nobody watches, each look asks the pointer.

    is_behind: what was published last is damaged, so this is what was published before.
    """

    build: Build | None = None
    is_behind: bool = False


showing = Showing()
_wholes: WeakValueDictionary[tuple[Source, str], Whole] = WeakValueDictionary()
_builds: WeakValueDictionary[tuple[Source, str], Build] = WeakValueDictionary()
_opening = RLock()


def follow(source: Source) -> None:
    """From now on, here and in what is started from here, this is what is to be shown."""
    if isinstance(source, Path):
        os.environ[WAREHOUSE_VARIABLE] = str(source.resolve())
        os.environ.pop(LAKE_VARIABLE, None)
        return
    os.environ[LAKE_VARIABLE] = source.dsn
    os.environ[COUNTY_VARIABLE] = str(source.county or "")


def shown_source() -> Source:
    """Where what is shown lies."""
    return showing.build.whole.source if showing.build else followed()


def followed() -> Source:
    """What is to be shown: a lake, the bureau's warehouse, or the example's while the bureau's is empty."""
    if dsn := os.environ.get(LAKE_VARIABLE):
        county = os.environ.get(COUNTY_VARIABLE)
        return Lake(dsn, int(county) if county else None)
    example = os.environ.get(EXAMPLE_VARIABLE)
    is_bare = example and is_empty(own_warehouse())
    return Path(example) if is_bare and example else own_warehouse()


def is_lake() -> bool:
    """Whether a lake is shown: its counties load into it, and nobody brings ledgers in here."""
    return isinstance(followed(), Lake)


def current() -> Build | None:
    """The build that is shown now, or whoever looks' part of it; None where nothing was loaded yet.

    Raises RefusedError for somebody who may see nothing, ScopeError where what he may see is not there.
    """
    shown = showing.build
    source = shown.whole.source if shown else followed()
    code = shown.code if shown else sources.current(source)
    return opened(source, coded(code, here().scope)) if code else None


def coded(build: str, scope: Scope) -> str:
    """What a build, or somebody's part of it, is called wherever answers are kept.

    Whatever is kept is kept by this: so nobody is served what is kept of a wider part than his own.
    """
    return f"{build}{PART}{scope}" if scope else build


def connection(code: str) -> duckdb.DuckDBPyConnection:
    """The database of a build, or of somebody's part of it, opened once for all who look.

    A build that is open is taken wherever it lies, as what has one code has one content; so what began on a
    build ends on it, though another warehouse be shown since. Else it is opened where what is shown lies.
    """
    build = code.partition(PART)[0]
    is_open = (whole for (_, name), whole in list(_wholes.items()) if name == build)
    return _connected(next(is_open, None) or _whole(shown_source(), build), code)


def _connected(whole: Whole, code: str) -> duckdb.DuckDBPyConnection:
    build, _, scope = code.partition(PART)
    return _part(whole.source, build, Scope.of(scope)) if scope else whole.connection


def _whole(source: Source, build: str) -> Whole:
    key = source, build
    if known := _wholes.get(key):
        return known
    with _opening:
        return _wholes.get(key) or _wholes.setdefault(key, _whole_of(source, build))


def _whole_of(source: Source, build: str) -> Whole:
    if isinstance(source, Lake):
        return Whole(source, lambda: _of_lake(source, build))
    con = sources.opened(source, build)
    return Whole(source, lambda: con)


@st.cache_resource(max_entries=MOST_LAKES, show_spinner=False)
def _of_lake(source: Lake, build: str) -> duckdb.DuckDBPyConnection:
    return sources.opened(source, build)


@st.cache_resource(max_entries=MOST_PARTS, show_spinner=False)
def _part(source: Source, build: str, scope: Scope) -> duckdb.DuckDBPyConnection:
    return opened_part(source, build, scope)


def opened(source: Source, code: str) -> Build:
    """A build of a warehouse or a lake, or somebody's part of it.

    Raises duckdb.IOException or LakeError where it cannot be read, ScopeError where it has no such part.
    What is open does not wait for what is being opened.
    """
    key = source, code
    if known := _builds.get(key):
        return known
    whole = _whole(source, code.partition(PART)[0])
    with _opening:
        return _builds.get(key) or _builds.setdefault(key, _described(whole, code))


def scopes_seen() -> list[Scope]:
    """Whose part somebody is shown now."""
    parts = {code.partition(PART)[2] for _, code in list(_builds)} - {""}
    return [Scope.of(part) for part in sorted(parts)]


def _described(whole: Whole, code: str) -> Build:
    con = _connected(whole, code)
    refused = fetch(con, "select coalesce(sum(rows_refused), 0)::integer as n from source_files").item()
    campaign = plan.outline(con)
    told = fetch(con, "select as_of, county, is_example, township from build cross join extent")
    return Build(
        code=code,
        rows_refused=refused,
        campaign_from=campaign.from_on,
        campaign_to=campaign.to_on,
        whole=whole,
        **told.row(0, named=True),
    )
