"""The plan as the build holds it, for pages: phases, duties, tasks, thresholds, settings."""

from datetime import date

import duckdb
import polars as pl

from queries.parts import Outline, Settings
from queries.warehouse import fetch


def outline(con: duckdb.DuckDBPyConnection) -> Outline:
    """What the campaign is, and from when to when it runs."""
    return Outline(**fetch(con, "from campaign").row(0, named=True))


def settings(con: duckdb.DuckDBPyConnection) -> Settings:
    """The numbers the plan leaves open."""
    return Settings(**fetch(con, "from settings").row(0, named=True))


def phases(con: duckdb.DuckDBPyConnection, as_of: date) -> pl.DataFrame:
    """One row per phase, in order: the columns of phases_as_of."""
    return fetch(con, "from phases_as_of($as_of) order by phase_from", {"as_of": as_of})


def duty_periods(con: duckdb.DuckDBPyConnection, as_of: date) -> pl.DataFrame:
    """One row per duty and period begun by a day: the columns of table duty_periods, and is_running."""
    sql = """
        select *, period_to > $as_of as is_running, from duty_periods
        where period_from <= $as_of
        order by duty_rank, period_from
    """
    return fetch(con, sql, {"as_of": as_of})


def thresholds(con: duckdb.DuckDBPyConnection, as_of: date) -> pl.DataFrame:
    """One row per metric with a threshold in force on a day: [metric, target, warn, alarm, from_on]."""
    sql = """
        from thresholds where from_on <= $as_of
        qualify row_number() over (partition by metric order by from_on desc) = 1
        order by metric
    """
    return fetch(con, sql, {"as_of": as_of})


def townships(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """One row per township, in official order: the columns of table townships."""
    return fetch(con, "from townships order by township_id")
