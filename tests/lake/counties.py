"""Counties with ledgers of their own, each in a warehouse of its own, for a lake to gather."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
from filelock import FileLock

import etl
from etl.publish import Frames, publish
from etl.tables import build_table
from queries.campaign import read_campaign
from queries.parts import Campaign
from queries.warehouse import current_build, open_build

AS_OF = date(2026, 11, 23)
EARLIER = date(2026, 9, 30)


@dataclass(frozen=True)
class County:
    """A county by its code and name, and what its invented ledgers are drawn from."""

    code: int
    name: str
    seed: int

    @property
    def campaign(self) -> Campaign:
        plan = read_campaign()
        return replace(plan, outline=replace(plan.outline, county=f"{self.name}民政局"))


ZEZHOU = County(140525, "泽州县", 1)
GAOPING = County(140581, "示例市", 2)


def warehouse(shared: Path, county: County, as_of: date = AS_OF) -> Path:
    """The county's warehouse with one build, as its ledgers were known on a day; made once for all."""
    name = f"{county.code}-{as_of}"
    folder = shared / "counties" / name
    folder.parent.mkdir(exist_ok=True)
    with FileLock(folder.with_suffix(".lock")):
        if current_build(folder) is None:
            put(folder, county, as_of)
    return folder


def put(folder: Path, county: County, as_of: date, ledgers: Frames | None = None) -> str:
    """Publish the county's ledgers (else invented ones) as known on a day; returns the build."""
    build = f"{county.code % 10_000:04d}{as_of:%m%d}{county.seed:02d}"
    own = build_table(build, as_of, f"{county.name}民政局", is_example=True)
    tables = {**(ledgers or _drawn(county, as_of)), "build": own}
    notes = {"as_of": as_of.isoformat(), "files": [], "rows": {}}
    publish(folder, build, tables, county.campaign, notes)
    return build


def _drawn(county: County, as_of: date) -> dict[str, pl.DataFrame]:
    """The county's invented ledgers: every second home has a name that no other county's has."""
    drawn = dict(etl.example.frames("county", as_of, county.seed))
    is_own = pl.col("institution_id") % 2 == 0
    name = pl.when(is_own).then(county.name[:1] + pl.col("institution")).otherwise("institution")
    return drawn | {"institutions": drawn["institutions"].with_columns(institution=name)}


def opened(folder: Path) -> duckdb.DuckDBPyConnection:
    return open_build(folder, str(current_build(folder)))
