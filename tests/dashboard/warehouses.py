"""The warehouses pages are drawn on: the example as loaded from its workbooks, and one without a record."""

import json
from datetime import date
from pathlib import Path

import polars as pl
from filelock import FileLock

import etl
from etl.publish import build
from queries.campaign import read_campaign
from queries.warehouse import build_path, current_build

AS_OF = date(2026, 11, 23)


def example(root: Path) -> Path:
    """Write the example's workbooks and load them, once for all who share the folder."""
    warehouse = root / "example"
    with FileLock(root / "example.lock"):
        if current_build(warehouse) is None:
            etl.write_example(root / "ledgers", "county", AS_OF, 1)
            etl.load([root / "ledgers"], warehouse, AS_OF)
    return warehouse


def empty(root: Path) -> Path:
    """A build in which no town has reported anything yet."""
    warehouse = root / "empty"
    with FileLock(root / "empty.lock"):
        if current_build(warehouse) is None:
            (warehouse / "builds").mkdir(parents=True)
            build(build_path(warehouse, "empty"), _no_records(), read_campaign())
            (warehouse / "current.json").write_text(json.dumps({"build": "empty"}))
    return warehouse


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
