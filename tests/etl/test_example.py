"""The invented county's true records: their shape, their story, and that they never change."""

from datetime import date, timedelta
from pathlib import Path

import duckdb
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from etl.example import frames

AS_OF = date(2026, 11, 23)
SCHEMA = (Path(__file__).parents[2] / "etl" / "schema.sql").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def county() -> dict[str, pl.DataFrame]:
    return frames("county", AS_OF)


@pytest.mark.parametrize(
    "as_of", [date(2024, 1, 1), date(2024, 3, 31), date(2025, 6, 30), AS_OF, date(2026, 12, 31)]
)
def test_the_tables_fit_the_schema_on_any_day_of_the_campaign(as_of: date) -> None:
    with duckdb.connect() as connection:
        connection.execute(SCHEMA)
        for name, frame in frames("county", as_of).items():
            connection.register("incoming", frame)
            connection.execute(f"insert into {name} by name select * from incoming")


def test_the_same_arguments_give_the_same_records(county: dict[str, pl.DataFrame]) -> None:
    for name, frame in frames("county", AS_OF).items():
        assert_frame_equal(frame, county[name])


def test_another_seed_gives_another_county(county: dict[str, pl.DataFrame]) -> None:
    assert not frames("county", AS_OF, seed=2)["hazards"].equals(county["hazards"])


def test_a_day_outside_the_campaign_is_refused() -> None:
    with pytest.raises(ValueError, match="行动期"):
        frames("county", date(2027, 1, 1))


def test_every_home_says_that_it_is_invented(county: dict[str, pl.DataFrame]) -> None:
    assert county["institutions"]["institution"].str.contains("示例").all()


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("inspections", "inspected_on"),
        ("hazards", "found_on"),
        ("hazards", "reported_on"),
        ("hazards", "extension_approved_on"),
        ("hazards", "rectified_on"),
        ("hazards", "verified_on"),
        ("trainings", "trained_on"),
        ("drills", "drilled_on"),
        ("complaints", "settled_on"),
        ("activities", "held_on"),
        ("task_progress", "done_on"),
        ("measures", "issued_on"),
    ],
)
def test_nothing_has_happened_after_the_as_of_date(
    county: dict[str, pl.DataFrame], table: str, column: str
) -> None:
    assert (county[table][column].drop_nulls() <= AS_OF).all()


def test_a_hazard_runs_its_course_in_order(county: dict[str, pl.DataFrame]) -> None:
    broken = county["hazards"].filter(
        (pl.col("rectified_on") < pl.col("found_on"))
        | (pl.col("verified_on") < pl.col("rectified_on"))
        | (pl.col("verified_on").is_not_null() & pl.col("rectified_on").is_null())
        | (pl.col("reported_on") < pl.col("found_on"))
        | (pl.col("deadline_on") < pl.col("found_on"))
        | (pl.col("extended_to") <= pl.col("deadline_on"))
        | (pl.col("extended_to").is_not_null() & pl.col("extension_approved_on").is_null())
    )
    assert broken.is_empty()


RECORDS = [
    ("hazards", ["institution_id", "found_on", "description"]),
    ("inspections", ["institution_id", "inspected_on", "inspection_type"]),
    ("trainings", ["institution_id", "trained_on", "organiser"]),
    ("drills", ["institution_id", "drilled_on", "drill_type"]),
    ("complaints", ["institution_id", "received_on", "content"]),
    ("activities", ["unit", "held_on", "activity_type"]),
    ("task_progress", ["task", "unit"]),
    ("measures", ["measure", "unit"]),
]


@pytest.mark.parametrize(("table", "key"), RECORDS, ids=[table for table, _ in RECORDS])
def test_no_two_records_would_be_taken_for_one(
    county: dict[str, pl.DataFrame], table: str, key: list[str]
) -> None:
    assert county[table].select(key).is_duplicated().sum() == 0


def test_the_county_is_as_the_story_says(county: dict[str, pl.DataFrame]) -> None:
    hazards = county["hazards"].with_columns(due_on=pl.coalesce("extended_to", "deadline_on"))
    unrectified = hazards.filter(pl.col("rectified_on").is_null())
    overdue = unrectified.filter(pl.col("due_on") < AS_OF)
    majors = unrectified.filter("is_major")
    assert county["institutions"]["closed_on"].is_null().sum() == 58
    assert 3_800 <= hazards.height <= 4_200
    assert 0.955 <= 1 - unrectified.height / hazards.height <= 0.975
    assert 50 <= overdue.height <= 60
    assert overdue.filter("is_major").height == 6
    assert majors.filter(pl.col("due_on").is_between(AS_OF, AS_OF + timedelta(days=7))).height == 2
    assert majors["institution_id"].n_unique() == 4


def test_last_quarter_three_homes_missed_their_check_and_this_year_eight_their_drill(
    county: dict[str, pl.DataFrame],
) -> None:
    checks = county["inspections"].filter(
        pl.col("inspected_on").is_between(date(2026, 7, 1), date(2026, 9, 30)),
        pl.col("inspection_code") == "self_check",
        "is_led_by_principal",
        "is_signed",
        "is_filed",
    )
    drills = county["drills"].filter(pl.col("drilled_on") >= date(2026, 1, 1), "is_evacuation")
    still_open = county["institutions"].filter(pl.col("closed_on").is_null())["institution_id"]
    assert still_open.is_in(checks["institution_id"].implode()).sum() == 55
    assert still_open.is_in(drills["institution_id"].implode()).sum() == 50


def test_a_province_has_its_homes_and_hazards() -> None:
    province = frames("province", AS_OF)
    assert province["institutions"].height == 1_200
    assert province["institutions"]["institution"].is_unique().all()
    assert 90_000 <= province["hazards"].height <= 110_000
    assert province["hazards"]["hazard_id"].is_unique().all()
