"""Three figures of every town, as a pandas page would compute them from a frame in memory."""

from datetime import date

import duckdb
import pandas as pd

from queries.evaluate import evaluate_many
from queries.warehouse import fetch
from tests.bench.timing import Result, compare

RATES = ("rectification_rate", "on_time_rate", "overdue")
HAZARDS = """
select township_id, found_on, deadline_on, extended_to, extension_approved_on, rectified_on, from hazards
inner join institutions using (institution_id)
"""
TOWNS = "select township_id, township, from townships"


def measure(con: duckdb.DuckDBPyConnection, scale: str, as_of: date, rounds: int) -> Result:
    """Refuses with ValueError to race where the two sides do not give the same figures."""
    hazards = _hazards(con)
    _assert_same(con, hazards, as_of)
    return compare(
        "queries",
        scale,
        "three figures by township",
        lambda: evaluate_many(con, RATES, as_of, ("township",)),
        rounds,
        pandas=lambda: by_town(hazards, as_of),
    )


def _hazards(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    frame = fetch(con, HAZARDS).to_pandas().set_index("township_id")
    return frame.apply(pd.to_datetime).reset_index()


def by_town(hazards: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """By township_id: rectification_rate, on_time_rate, overdue."""
    day = pd.Timestamp(as_of)
    seen = hazards[hazards["found_on"] <= day]
    extended = seen["extended_to"].where(~(seen["extension_approved_on"] > day))
    due = pd.concat([seen["deadline_on"], extended], axis=1).max(axis=1)
    rectified = seen["rectified_on"].where(seen["rectified_on"] <= day)
    overdue = rectified.isna() & (due < day)
    judged = due.notna() & (rectified.notna() | overdue)
    marks = pd.DataFrame(
        {
            "township_id": seen["township_id"],
            "rectified": rectified.notna(),
            "found": True,
            "overdue": overdue,
            "on_time": judged & (rectified <= due),
            "judged": judged,
        }
    )
    sums = marks.groupby("township_id").sum()
    return sums.assign(
        rectification_rate=sums["rectified"] / sums["found"], on_time_rate=sums["on_time"] / sums["judged"]
    )


def _assert_same(con: duckdb.DuckDBPyConnection, hazards: pd.DataFrame, as_of: date) -> None:
    ours = evaluate_many(con, RATES, as_of, ("township",)).drop_nulls("value")
    numbers = {town: number for number, town in fetch(con, TOWNS).rows()}
    theirs = by_town(hazards, as_of)
    for metric, town, value in ours.select("metric", "township", "value").iter_rows():
        known = numbers[town] in theirs.index
        expected = float(theirs.loc[numbers[town], metric]) if known else 0.0
        if abs(value - expected) > 1e-12:
            raise ValueError(f"{metric} {town}: {value} here, {expected} in pandas")
