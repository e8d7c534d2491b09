"""The true records of a scale: every table of schema.sql as a frame."""

from collections.abc import Iterator
from datetime import date, timedelta

import polars as pl

from etl.example.hazards import hazards
from etl.example.register import homes, townships
from etl.example.reports import activities, complaints
from etl.example.sessions import drills, trainings
from etl.example.story import FIRST_DAY, LAST_DAY, Part, Scale, campaign, parts, story
from etl.example.tasks import measures, task_progress
from etl.example.visits import inspections, visits
from etl.ledgers import LEDGERS
from queries.kinds import RECORDS

IDS = {kind: name for kind, name in RECORDS.items() if kind != "institutions"} | {"source_files": "block_id"}
REGISTER = ["institution_id", "institution", "credit_code", "township_id"]


def frames(
    scale: Scale = "county", as_of: date = date(2026, 11, 23), seed: int = 1
) -> dict[str, pl.DataFrame]:
    """The true records as known on the as-of date, in the shape of etl/schema.sql.

    Returns a frame for each of build (one row), townships, institutions, inspections, hazards, trainings,
    drills, complaints, activities, task_progress, measures and source_files, with ids assigned. The same
    arguments give the same frames. Raises ValueError for a day outside the campaign.
    """
    every = list(runs(scale, as_of, seed))
    tables = {name: pl.concat([run[name] for run in every]) for name in every[0]}
    return {"build": build(scale, as_of, seed), **tables}


def runs(scale: Scale, as_of: date, seed: int) -> Iterator[dict[str, pl.DataFrame]]:
    """The tables of frames() run of counties by run, ids running on; without build."""
    if not FIRST_DAY <= as_of <= LAST_DAY:
        raise ValueError(f"示例只能截止于行动期内（{FIRST_DAY} 至 {LAST_DAY}）：{as_of}")
    seen = dict.fromkeys(IDS, 0)
    for part in parts(scale, as_of, seed):
        tables = _run(part)
        for name, key in IDS.items():
            tables[name] = tables[name].with_columns((pl.col(key).cast(pl.Int32) + seen[name]).cast(pl.Int32))
            seen[name] += tables[name].height
        yield tables


def _run(part: Part) -> dict[str, pl.DataFrame]:
    towns, register = townships(part), homes(part)
    seen = visits(part, register)
    complained, led = complaints(part, register)
    found = hazards(part, register, seen, led)
    progress = task_progress(part, register, towns, found)
    tables = {
        "townships": towns,
        "institutions": _register(register),
        "inspections": inspections(part, register, seen),
        "hazards": found,
        "trainings": trainings(part, register),
        "drills": drills(part, register),
        "complaints": complained,
        "activities": activities(part, register, towns),
        "task_progress": progress,
        "measures": measures(part, register, progress),
    }
    return {**tables, "source_files": _source_files(tables, part.as_of)}


def _register(rows: pl.DataFrame) -> pl.DataFrame:
    own = [
        field.name for field in LEDGERS["institutions"].fields if field.name not in (*REGISTER, "township")
    ]
    return rows.select(*REGISTER, *own)


def build(scale: Scale, as_of: date, seed: int) -> pl.DataFrame:
    """The one row of the table build."""
    county = campaign()["campaign"]["county"]
    return pl.DataFrame(
        {
            "build": [f"example-{scale}-{as_of}-{seed}"],
            "as_of": [as_of],
            "county": [county],
            "is_example": [True],
        }
    )


def _source_files(tables: dict[str, pl.DataFrame], as_of: date) -> pl.DataFrame:
    """A register sheet and a hazards sheet of each town, as if each had sent one workbook."""
    lags = pl.DataFrame({"lag": [town["lag"] for town in story()["towns"]]})
    towns = tables["townships"]
    reported = lags[[number % lags.height for number in range(towns.height)]]["lag"]
    days = pl.Series("reported_on", [as_of - timedelta(days=lag) for lag in reported])
    sheets = pl.concat([_sheets(tables, towns, days, kind) for kind in ("institutions", "hazards")])
    return sheets.select(pl.int_range(1, pl.len() + 1, dtype=pl.Int32).alias("block_id"), pl.all())


def _sheets(tables: dict[str, pl.DataFrame], towns: pl.DataFrame, days: pl.Series, kind: str) -> pl.DataFrame:
    homes = tables["institutions"].select("institution_id", "township_id")
    rows = tables[kind] if kind == "institutions" else tables[kind].join(homes, on="institution_id")
    counts = towns.join(
        rows.group_by("township_id").len(), on="township_id", how="left", maintain_order="left"
    )
    read = counts["len"].fill_null(0).cast(pl.Int32)
    none = pl.lit(0, pl.Int32)
    return towns.select(
        pl.format("{}_养老机构安全台账_{}.xlsx", "township", days).alias("path"),
        pl.lit(LEDGERS[kind].name).alias("sheet"),
        pl.lit(kind).alias("kind"),
        pl.lit(LEDGERS[kind].name).alias("kind_name"),
        pl.lit(3, pl.Int32).alias("header_row"),
        "township_id",
        days,
        read.alias("rows_read"),
        read.alias("rows_taken"),
        none.alias("rows_merged"),
        none.alias("rows_refused"),
        none.alias("rows_warned"),
        pl.lit(None, pl.String).alias("reason"),
    )
