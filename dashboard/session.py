"""Which warehouse is served, and its current build, opened once and shared by all who look."""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import streamlit as st

from queries import plan
from queries.warehouse import current_build, fetch, open_build

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_WAREHOUSE = ROOT / "data" / "warehouse"
WAREHOUSE_VARIABLE = "ZHIBEN_WAREHOUSE"
EXAMPLE_VARIABLE = "ZHIBEN_EXAMPLE"
LEDGERS_VARIABLE = "ZHIBEN_LEDGERS"


@dataclass(frozen=True)
class Build:
    """The build being shown: its database and what its one row of `build` says."""

    code: str
    connection: duckdb.DuckDBPyConnection
    as_of: date
    county: str
    is_example: bool
    rows_refused: int
    campaign_from: date
    campaign_to: date


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
    """The build the pointer names now, or None where nothing has been loaded yet."""
    folder = warehouse()
    code = current_build(folder)
    return opened(str(folder), code) if code else None


@st.cache_resource(max_entries=3, show_spinner=False)
def opened(folder: str, code: str) -> Build:
    connection = open_build(Path(folder), code)
    row = fetch(connection, "select as_of, county, is_example from build").row(0, named=True)
    refused = fetch(
        connection, "select coalesce(sum(rows_refused), 0)::integer as n from source_files"
    ).item()
    campaign = plan.outline(connection)
    return Build(
        code,
        connection,
        row["as_of"],
        row["county"],
        row["is_example"],
        refused,
        campaign.from_on,
        campaign.to_on,
    )
