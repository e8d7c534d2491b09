"""Part `queries`: the questions of the pages, beside the same answers from pandas frames in memory."""

import tempfile
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl

from etl import example
from etl.publish import build
from queries.campaign import read_campaign
from queries.catalog import catalog
from queries.evaluate import evaluate_many, trend
from queries.records import records
from queries.warehouse import build_path, open_build
from tests.bench.timing import Result, Side, compare

AS_OF = date(2026, 11, 23)
MONTH_ENDS = [date(2025, month, 28) for month in range(1, 13)]
RATES = ("rectification_rate", "on_time_rate", "overdue")
HEADLINE = (*RATES, "clear_institutions", "major_open", "phase_progress")
DUTIES = ("self_check_rate", "staff_training_rate", "evacuation_drill_rate")


def measure(scale: str) -> list[Result]:
    with tempfile.TemporaryDirectory() as folder:
        connection = _warehouse(Path(folder), scale)
        hazards = _pandas(connection)
        assert_same(connection, hazards)
        results = [
            compare(
                "queries",
                scale,
                "three figures by township",
                lambda: _by_town(connection),
                pandas=lambda: _pandas_by_town(hazards),
            ),
            compare(
                "queries",
                scale,
                "overview, all questions",
                lambda: _overview(connection, AS_OF),
                first_look=_first_look(connection),
            ),
            compare(
                "queries",
                scale,
                "trend over 12 months",
                lambda: trend(connection, "rectification_rate", MONTH_ENDS),
            ),
            compare(
                "queries",
                scale,
                "every metric of the catalogue",
                lambda: evaluate_many(connection, list(catalog()), AS_OF),
            ),
        ]
        connection.close()
    return results


def _warehouse(folder: Path, scale: str) -> duckdb.DuckDBPyConnection:
    (folder / "builds").mkdir()
    frames = example.frames(scale, AS_OF, 1)  # type: ignore[arg-type]
    build(build_path(folder, scale), frames, read_campaign())
    return open_build(folder, scale)


def _by_town(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    return evaluate_many(connection, RATES, AS_OF, ("township",))


def _overview(connection: duckdb.DuckDBPyConnection, as_of: date) -> None:
    evaluate_many(connection, HEADLINE, as_of)
    evaluate_many(connection, HEADLINE, as_of, ("township",))
    evaluate_many(connection, DUTIES, as_of, ("township", "period"))
    records(connection, "actions", as_of)


def _first_look(connection: duckdb.DuckDBPyConnection) -> Side:
    """The same of a day that nobody has asked about before, at every call."""
    days = count(1)
    return lambda: _overview(connection, AS_OF - timedelta(days=next(days)))


def _pandas(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    sql = """
        select hazards.*, townships.township, from hazards
        inner join institutions using (institution_id) inner join townships using (township_id)
    """
    frame = connection.cursor().sql(sql).df()
    days = ["found_on", "deadline_on", "extended_to", "extension_approved_on", "rectified_on"]
    frame[days] = frame[days].apply(pd.to_datetime)
    return frame


def _pandas_by_town(hazards: pd.DataFrame) -> pd.DataFrame:
    """Rectification rate, on-time rate and overdue per town, as a pandas page would compute them."""
    day = pd.Timestamp(AS_OF)
    seen = hazards[hazards["found_on"] <= day]
    extended = seen["extended_to"].where(~(seen["extension_approved_on"] > day))
    due = pd.concat([seen["deadline_on"], extended], axis=1).max(axis=1)
    rectified = seen["rectified_on"].where(seen["rectified_on"] <= day)
    overdue = rectified.isna() & (due < day)
    judged = due.notna() & (rectified.notna() | overdue)
    marks = pd.DataFrame(
        {
            "township": seen["township"],
            "rectified": rectified.notna(),
            "found": True,
            "overdue": overdue,
            "on_time": judged & (rectified <= due),
            "judged": judged,
        }
    )
    sums = marks.groupby("township").sum()
    return sums.assign(
        rectification_rate=sums["rectified"] / sums["found"], on_time_rate=sums["on_time"] / sums["judged"]
    )


def assert_same(connection: duckdb.DuckDBPyConnection, hazards: pd.DataFrame) -> None:
    """Refuse to race where the two sides do not give the same figures."""
    ours = _by_town(connection).drop_nulls("value")
    theirs = _pandas_by_town(hazards)
    for metric, township, value in ours.select("metric", "township", "value").iter_rows():
        expected = float(theirs.loc[township, metric]) if township in theirs.index else 0.0
        if abs(value - expected) > 1e-12:
            raise ValueError(f"{metric} {township}: {value} here, {expected} in pandas")
