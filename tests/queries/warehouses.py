"""A small warehouse of rows written as text tables.

    con = warehouse(
        hazards='''
            found_on   | deadline_on | rectified_on
            2024-03-01 | 2024-03-10  |
        ''',
    )

Blank cells are null. What a table leaves out is filled in: ids count from 1, hazards are in the first
institution, 用电 / 电气线路老化, 一般. Two towns and one institution stand ready where none are given.
"""

import atexit
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from shutil import copy, rmtree
from tempfile import mkdtemp
from weakref import finalize

import duckdb
import polars as pl

from queries.campaign import Campaign, read_campaign
from queries.evaluate import NO_FILTERS, Filters
from queries.install import derive, install
from queries.kinds import RECORDS
from queries.records import behind
from queries.rows import read
from queries.warehouse import create

SCHEMA = Path(__file__).parents[2] / "etl" / "schema.sql"

TOWNSHIPS = "township | code\n甲镇 | 1\n乙镇 | 2"
INSTITUTIONS = "institution | township_id\n甲院 | 1"

DEFAULTS: dict[str, dict[str, object]] = {
    "townships": {"former_names": []},
    "institutions": {"township_id": 1, "former_names": []},
    "inspections": {
        "institution_id": 1,
        "inspection_type": "机构自查",
        "inspection_code": "self_check",
        "is_authority": False,
        "is_unannounced": False,
        "areas": [],
        "area_codes": [],
        "is_led_by_principal": True,
        "is_signed": True,
        "is_filed": True,
    },
    "hazards": {
        "institution_id": 1,
        "source": "镇级检查",
        "source_code": "township",
        "is_found_by_county": False,
        "area": "用电",
        "kind": "电气线路老化",
        "is_comparable": True,
        "severity": "一般",
        "is_major": False,
        "description": "线路老化",
    },
    "trainings": {"institution_id": 1, "organiser": "甲院", "organiser_code": "institution"},
    "drills": {"institution_id": 1, "drill_type": "疏散逃生", "is_evacuation": True},
    "complaints": {"institution_id": 1, "content": "通道堆物"},
    "activities": {
        "activity_type": "判定标准宣贯",
        "activity_code": "standard_briefing",
        "unit": "甲院",
        "unit_code": "institution",
        "township_id": 1,
        "institution_id": 1,
    },
    "task_progress": {"unit": "甲院", "unit_code": "institution", "township_id": 1, "institution_id": 1},
    "measures": {
        "measure": "用电制度",
        "unit": "甲院",
        "unit_code": "institution",
        "township_id": 1,
        "institution_id": 1,
    },
    "source_files": {
        "path": "甲镇.xlsx",
        "rows_read": 0,
        "rows_taken": 0,
        "rows_merged": 0,
        "rows_refused": 0,
        "rows_warned": 0,
    },
}
KEYS = {**RECORDS, "townships": "township_id", "source_files": "block_id"}


def warehouse(campaign: Campaign | None = None, **tables: str) -> duckdb.DuckDBPyConnection:
    """Build a small warehouse: one text table per fact table, the plan of campaign.toml by default."""
    con = _copy_of_the_empty_one() if campaign is None else _installed(create(), campaign)
    for table, text in ({"townships": TOWNSHIPS, "institutions": INSTITUTIONS} | tables).items():
        for number, row in enumerate(table_rows(text), 1):
            add(con, table, {KEYS[table]: number, **row})
    derive(con)
    return con


def _installed(con: duckdb.DuckDBPyConnection, campaign: Campaign) -> duckdb.DuckDBPyConnection:
    con.execute(SCHEMA.read_text(encoding="utf-8"))
    install(con, campaign)
    return con


def _copy_of_the_empty_one() -> duckdb.DuckDBPyConnection:
    """Copying an installed file takes a tenth of the time of installing; it goes when its connection does."""
    folder = Path(mkdtemp(dir=_folder()))
    con = create(Path(copy(_folder() / "empty.duckdb", folder)))
    finalize(con, rmtree, folder)
    return con


@cache
def _folder() -> Path:
    folder = Path(mkdtemp(prefix="zhiben-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    _installed(create(folder / "empty.duckdb"), read_campaign()).close()
    return folder


def add(con: duckdb.DuckDBPyConnection, table: str, row: dict[str, object]) -> None:
    """Insert one row, what it lacks taken from DEFAULTS."""
    full = DEFAULTS[table] | row
    values = ", ".join(f"${name}" for name in full)
    con.execute(f"insert into {table} ({', '.join(full)}) values ({values})", full)


def table_rows(text: str) -> list[dict[str, object]]:
    """Read a text table: a heading line, then a line a row, cells split at |; a blank cell is None."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines() if line.strip()]
    heading, *rows = lines
    return [dict(zip(heading, (cell or None for cell in row), strict=True)) for row in rows]


def lines(text: str) -> list[tuple[str, ...]]:
    """Read the lines of a text table below its heading, for pytest.mark.parametrize; a blank cell is ''."""
    return [tuple(cell.strip() for cell in line.split("|")) for line in text.strip().splitlines()[1:]]


def rows(
    con: duckdb.DuckDBPyConnection,
    metric: str,
    as_of: date,
    filters: Filters = NO_FILTERS,
    where: Mapping[str, str | None] | None = None,
) -> pl.DataFrame:
    """Read the rows behind a figure, sorted by all their columns."""
    return read(con, behind(con, metric, as_of, filters, where).ordered("all"))


def day(text: str) -> date:
    return date.fromisoformat(text)
