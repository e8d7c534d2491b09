"""Loading the invented workbooks gives back the true records and refuses exactly what was planted."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from etl.example import frames, planted, write
from etl.ledgers import LEDGERS
from etl.load import load

KEYS = {
    "institutions": ["institution"],
    "inspections": ["institution", "inspected_on", "inspection_type"],
    "hazards": ["institution", "found_on", "description"],
    "trainings": ["institution", "trained_on", "organiser"],
    "drills": ["institution", "drilled_on", "drill_type"],
    "complaints": ["institution", "received_on", "content"],
    "activities": ["unit", "held_on", "activity_type"],
    "task_progress": ["task", "unit"],
    "measures": ["measure", "unit"],
}
DERIVED = {"is_recurrence"}


@dataclass(frozen=True)
class Loaded:
    """One example, written and loaded: the true tables, the loaded ones, the report, what was planted."""

    true: dict[str, pl.DataFrame]
    got: dict[str, pl.DataFrame]
    report: dict[str, Any]
    planted: dict[str, Any]

    def wrong(self, effect: str) -> set[tuple[str, str | None, int, str, str]]:
        return {
            (row["path"], row["sheet"], row["row"], row["heading"], row["rule"])
            for row in self.planted["wrong"]
            if row["effect"] == effect
        }

    def said(self, place: str) -> set[tuple[str, str | None, int, str, str]]:
        """The report's refusals or warnings, headings without line breaks."""
        return {
            (Path(row["path"]).name, row["sheet"], row["row"], row["column"].replace("\n", ""), row["rule"])
            for row in self.report[place]
        }


@pytest.fixture(
    scope="module", params=[(date(2026, 11, 23), 1), (date(2025, 3, 31), 2)], ids=["the example", "another"]
)
def loaded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    as_of, seed = request.param
    folder = tmp_path_factory.mktemp("example")
    write(folder / "ledgers", "county", as_of, seed)
    report = load([folder / "ledgers"], folder / "warehouse", as_of)
    assert report.is_published
    database = folder / "warehouse" / "builds" / f"{report.build}.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        got = {name: connection.sql(f"from {name}").pl() for name in (*KEYS, "townships", "build")}
    return Loaded(frames("county", as_of, seed), got, report.as_dict(), planted(as_of, seed))


def by_names(tables: dict[str, pl.DataFrame], kind: str) -> pl.DataFrame:
    """A table with names in place of ids, without what a build works out, in an order of its own records."""
    rows = tables[kind]
    homes = tables["institutions"].select("institution_id", "institution")
    if kind != "institutions" and "institution_id" in rows.columns:
        rows = rows.join(homes, on="institution_id", how="left")
    if "township_id" in rows.columns:
        rows = rows.join(tables["townships"].select("township_id", "township"), on="township_id", how="left")
    names = sorted(name for name in rows.columns if not name.endswith("_id") and name not in DERIVED)
    return rows.select(names).sort(KEYS[kind])


@pytest.mark.parametrize("kind", LEDGERS)
def test_the_true_records_come_back_exactly(loaded: Loaded, kind: str) -> None:
    assert_frame_equal(by_names(loaded.got, kind), by_names(loaded.true, kind), check_dtypes=False)


def test_exactly_the_planted_rows_are_refused(loaded: Loaded) -> None:
    assert loaded.said("refusals") == loaded.wrong("refused")


def test_the_planted_values_are_set_aside(loaded: Loaded) -> None:
    assert loaded.wrong("set_aside") <= loaded.said("warnings")


def test_what_is_hard_to_read_is_read_with_a_warning(loaded: Loaded) -> None:
    assert {wrong for wrong in loaded.wrong("rewritten") if wrong[-1]} <= loaded.said("warnings")


def test_every_row_of_every_sheet_is_read(loaded: Loaded) -> None:
    assert {kind: rows["read"] for kind, rows in loaded.report["kinds"].items()} == loaded.planted["rows"]


def test_every_file_is_understood(loaded: Loaded) -> None:
    assert [entry for entry in loaded.report["files"] if entry["reason"]] == []


def test_the_build_is_marked_as_an_example(loaded: Loaded) -> None:
    assert loaded.got["build"]["is_example"].item()


def test_statuses_that_moved_on_since_the_older_workbook_are_told(loaded: Loaded) -> None:
    assert any(warning["rule"] == "rows_differ" for warning in loaded.report["warnings"])
