"""The warehouses pages are drawn on: the example from its workbooks, one without a record, a crowded one."""

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import polars as pl
from filelock import FileLock

import etl
from etl.publish import Frames, publish
from queries.campaign import read_campaign
from queries.warehouse import current_build

AS_OF = date(2026, 11, 23)
MANY_LATE = 200


def example(root: Path) -> Path:
    """Write the example's workbooks and load them, once for all who share the folder."""
    warehouse = root / "example"
    with FileLock(root / "example.lock"):
        if current_build(warehouse) is None:
            etl.write_example(root / "ledgers", "county", AS_OF, 1)
            etl.load([root / "ledgers"], warehouse, AS_OF)
    return warehouse


def one_town(root: Path) -> list[Path]:
    """The workbooks of one of the example's towns."""
    return sorted(example(root).with_name("ledgers").glob("大箕镇*"))


def twice(root: Path) -> Path:
    """The example published as of AS_OF, then of the day after: two builds, the later one current."""
    warehouse = root / "twice"
    ledgers = example(root).with_name("ledgers")
    with FileLock(root / "twice.lock"):
        if current_build(warehouse) is None:
            shutil.copytree(root / "example", warehouse)
            etl.load([ledgers], warehouse, AS_OF + timedelta(days=1))
    return warehouse


def empty(root: Path) -> Path:
    """A build in which no town has reported anything yet."""
    return published(root, "empty", _no_records)


def crowded(root: Path) -> Path:
    """The example's records with 200 hazards overdue, and names and texts as long as offices write them."""
    longer = {"institutions": _long_names, "hazards": _left_open}

    def changed() -> Frames:
        tables = etl.example.frames("county", AS_OF, 1)
        return {name: longer[name](frame) if name in longer else frame for name, frame in tables.items()}

    return published(root, "crowded", changed)


def province(root: Path) -> Path:
    """The invented province: 1,200 homes, about 100,000 hazards."""
    return published(root, "province", lambda: etl.example.frames("province", AS_OF, 1))


def published(root: Path, name: str, tables: Callable[[], Frames]) -> Path:
    """A warehouse of some tables, which have no workbooks, once for all who share the folder."""
    warehouse = root / name
    with FileLock(root / f"{name}.lock"):
        if current_build(warehouse) is None:
            notes = {"as_of": AS_OF.isoformat(), "files": [], "rows": {}}
            publish(warehouse, name, tables(), read_campaign(), notes)
    return warehouse


def _long_names(homes: pl.DataFrame) -> pl.DataFrame:
    return homes.with_columns(pl.col("institution") + "（示例）颐养康复护理服务有限责任公司")


def _left_open(hazards: pl.DataFrame) -> pl.DataFrame:
    """Of the hazards whose deadline is past the latest 200 rectified ones are so no longer."""
    past = hazards.filter(pl.col("deadline_on") < AS_OF, pl.col("rectified_on").is_not_null())
    late = pl.col("hazard_id").is_in(past.sort("found_on")["hazard_id"].tail(MANY_LATE).implode())
    return hazards.with_columns(
        *(pl.when(~late).then(pl.col(name)).alias(name) for name in ("rectified_on", "verified_on")),
        pl.col("description") + "，现场已拍照取证，要求立即清理并落实专人值守和临时管控措施",
    )


def _no_records() -> dict[str, pl.DataFrame]:
    row = {"build": "empty", "as_of": AS_OF, "county": "泽州县民政局", "is_example": False}
    towns = pl.read_csv(Path("data/reference/townships.csv"))
    numbered = towns.select(
        pl.int_range(1, pl.len() + 1, dtype=pl.Int32).alias("township_id"),
        pl.col("code").cast(pl.String),
        pl.col("name").alias("township"),
        pl.lit([], dtype=pl.List(pl.String)).alias("former_names"),
        "grid_row",
        "grid_column",
    )
    return {"build": pl.DataFrame([row]), "townships": numbered}
