"""Which warehouse is served, and its current build, opened once and shared by all who look."""

import os
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import duckdb
import streamlit as st

from dashboard.guard.here import here
from queries import plan
from queries.scope import open_scoped
from queries.warehouse import current_build, fetch, open_build

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_WAREHOUSE = ROOT / "data" / "warehouse"
WAREHOUSE_VARIABLE = "ZHIBEN_WAREHOUSE"
EXAMPLE_VARIABLE = "ZHIBEN_EXAMPLE"
LEDGERS_VARIABLE = "ZHIBEN_LEDGERS"
PART = "@"
"""Stands in a code between a build and a township; builds are hashes."""

MOST_PARTS = 16
"""So many townships' copies are open at once, at some 10 MB each; the one not used for longest is let go."""


@dataclass(frozen=True)
class Build:
    """The build being shown, or the part of it that is `township`'s, and what it says of itself."""

    code: str
    as_of: date
    county: str
    is_example: bool
    township: str | None
    rows_refused: int
    campaign_from: date
    campaign_to: date

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        return connection(self.code)


def own_warehouse() -> Path:
    """The bureau's warehouse, whether or not anything has been published there."""
    return Path(os.environ.get(WAREHOUSE_VARIABLE, DEFAULT_WAREHOUSE))


def warehouse() -> Path:
    """The warehouse shown: the bureau's, or the example's as long as the bureau's is empty."""
    example = os.environ.get(EXAMPLE_VARIABLE)
    is_bare = example and current_build(own_warehouse()) is None
    return Path(example) if is_bare and example else own_warehouse()


def ledgers() -> Path:
    """Where the bureau keeps its ledgers as received: beside its warehouse unless it says otherwise."""
    return Path(os.environ.get(LEDGERS_VARIABLE, own_warehouse().with_name("ledgers")))


def current() -> Build | None:
    """The build the pointer names now, or whoever looks' part of it; None where nothing was loaded yet.

    Raises RefusedError for somebody who may see nothing, TownshipError where his town is not in the build.
    """
    folder = warehouse()
    code = current_build(folder)
    return _described(str(folder), coded(code, here().township)) if code else None


def coded(build: str, township: str | None) -> str:
    """What a build, or a township's part of it, is called wherever answers are kept.

    Whatever is kept is kept by this: so nobody is served what is kept of a wider part than his own.
    """
    return build if township is None else f"{build}{PART}{township}"


def connection(code: str) -> duckdb.DuckDBPyConnection:
    """The database of a build, or of a township's part of it, opened once for all who look."""
    build, _, township = code.partition(PART)
    return _part(str(warehouse()), build, township) if township else _whole(str(warehouse()), build)


@st.cache_resource(max_entries=3, show_spinner=False)
def _whole(folder: str, build: str) -> duckdb.DuckDBPyConnection:
    return open_build(Path(folder), build)


@st.cache_resource(max_entries=MOST_PARTS, show_spinner=False)
def _part(folder: str, build: str, township: str) -> duckdb.DuckDBPyConnection:
    return open_scoped(Path(folder), build, township)


@lru_cache(maxsize=2 * MOST_PARTS)
def _described(folder: str, code: str) -> Build:
    con = connection(code)
    refused = fetch(con, "select coalesce(sum(rows_refused), 0)::integer as n from source_files").item()
    campaign = plan.outline(con)
    told = fetch(con, "select as_of, county, is_example, township from build cross join extent")
    return Build(
        code=code,
        rows_refused=refused,
        campaign_from=campaign.from_on,
        campaign_to=campaign.to_on,
        **told.row(0, named=True),
    )
