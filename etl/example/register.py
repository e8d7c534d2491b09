"""The towns and the homes of a run of counties."""

from datetime import date

import numpy as np
import polars as pl

from etl.example.story import (
    DATA,
    FIRST_DAY,
    Part,
    choices,
    dates,
    dates_where,
    day,
    story,
    town_numbers,
    wording,
)

HOMES_PER_COUNTY = sum(town["homes"] for town in story()["towns"])
TOWNS_PER_COUNTY = len(story()["towns"])
PRIVATE_KINDS = ("private", "private", "private", "public_built_private_run")


def townships(part: Part) -> pl.DataFrame:
    """The towns in official order, in schema.sql's columns; beyond one county names carry their county."""
    reference = pl.read_csv(DATA / "reference" / "townships.csv", schema_overrides={"code": pl.String})
    numbers = np.arange(part.counties * TOWNS_PER_COUNTY)
    county = _county(part, numbers // TOWNS_PER_COUNTY)
    rows = reference[numbers % TOWNS_PER_COUNTY].with_columns(county)
    return rows.select(
        pl.Series("township_id", numbers + 1 + part.first * TOWNS_PER_COUNTY, dtype=pl.Int32),
        pl.concat_str("code", pl.col("county").str.strip_chars("示例县")).alias("code"),
        pl.concat_str("county", "name").alias("township"),
        pl.col("former_names")
        .fill_null("")
        .str.split(";")
        .list.eval(pl.element().filter(pl.element() != "")),
        "grid_row",
        "grid_column",
        pl.lit(None, pl.String).alias("outline"),
    )


def homes(part: Part) -> pl.DataFrame:
    """The register, and beside it what the story says of each home.

    Beyond schema.sql's columns: town and home (0-based, within the town), begins and ends (days since 1970
    between which its records lie), horizon (the town's last report) and the traits of its town in story.toml.
    """
    rows = _characters(part)
    rows = rows.with_columns(_names(rows), *_opening(rows))
    return rows.with_columns(*_people(part, rows), *_systems(part, rows), *_span(part, rows))


def _county(part: Part, numbers: np.ndarray) -> pl.Series:
    if part.scale == "county":
        return pl.Series("county", [""] * len(numbers))
    return pl.Series("county", [f"示例{part.first + number + 1:03d}县" for number in numbers])


def _characters(part: Part) -> pl.DataFrame:
    towns = pl.DataFrame(story()["towns"]).with_row_index("town").rename({"name": "township"})
    home = [number for size in towns["homes"] for number in range(size)]
    one = towns.select(pl.all().repeat_by("homes").explode()).with_columns(pl.Series("home", home))
    numbers = np.arange(part.counties * HOMES_PER_COUNTY)
    county = numbers // HOMES_PER_COUNTY
    town_id = (part.first + pl.Series(county)) * TOWNS_PER_COUNTY + 1
    rows: pl.DataFrame = one[numbers % HOMES_PER_COUNTY]
    return rows.with_columns(
        _county(part, county),
        pl.Series("institution_id", numbers + 1 + part.first * HOMES_PER_COUNTY, dtype=pl.Int32),
        pl.Series("place", numbers % HOMES_PER_COUNTY),
        (town_id + pl.col("town").cast(pl.Int64)).cast(pl.Int32).alias("township_id"),
    )


def _names(rows: pl.DataFrame) -> pl.Series:
    """The town's own home carries the town's name; private homes a word of luck, whatever their town."""
    words = wording()["homes"]
    private = rows["place"] - rows["town"].cast(pl.Int64) - 1
    suffixes = len(words["suffixes"])
    names = [
        f"{county}{township}{words['public']}"
        if home == 0
        else f"{county}{words['private']}{words['names'][number]}{words['suffixes'][number % suffixes]}"
        for county, township, home, number in rows.with_columns(private.alias("number"))
        .select("county", "township", "home", "number")
        .iter_rows()
    ]
    return pl.Series("institution", names)


def _opening(rows: pl.DataFrame) -> list[pl.Series]:
    """Long before the campaign, but for the homes the story says opened or closed within it."""
    told = {(town_numbers()[change["town"]], change["home"]): change for change in story()["changes"]}
    changes = [told.get(key, {}) for key in rows.select("town", "home").iter_rows()]
    opened = pl.Series([change.get("opened_on") for change in changes], dtype=pl.Date)
    closed = pl.Series("closed_on", [change.get("closed_on") for change in changes], dtype=pl.Date)
    earlier = dates(14_000 + rows["place"] * 1_777 % 4_500)
    return [opened.zip_with(opened.is_not_null(), earlier).alias("opened_on"), closed]


def _people(part: Part, rows: pl.DataFrame) -> list[pl.Series]:
    dice = part.dice("people")
    size = rows.height
    beds = dice.whole(4, 15, size) * 10
    residents = (beds * (0.5 + 0.4 * dice.share(size))).astype(np.int64)
    mobile = (residents * (0.5 + 0.25 * dice.share(size))).astype(np.int64)
    kinds = np.where(rows["home"] == 0, "public", np.array(PRIVATE_KINDS)[dice.whole(0, 3, size)])
    names = rows.select("institution", "place").iter_rows()
    former = pl.Series("former_names", [_former(name, number) for name, number in names])
    return [
        pl.Series("credit_code", [f"52140525{number:09d}X" for number in rows["institution_id"]]),
        pl.Series("institution_type", [choices()["institution_type"][kind] for kind in kinds]),
        former,
        pl.Series("beds", beds, dtype=pl.Int32),
        pl.Series("residents", residents, dtype=pl.Int32),
        pl.Series("mobile_residents", mobile, dtype=pl.Int32),
        pl.Series("staff", residents // 4 + dice.whole(4, 9, size), dtype=pl.Int32),
        dice.people(size).alias("principal"),
    ]


def _former(name: str, number: int) -> list[str]:
    """One home in five had another name."""
    words = wording()["homes"]
    endings = [words["public"].removeprefix(words["private"]), *words["suffixes"]]
    ending = next(ending for ending in endings if name.endswith(ending))
    return [name.removesuffix(ending) + words["former"][number % 2]] if number % 5 == 1 else []


def _systems(part: Part, rows: pl.DataFrame) -> list[pl.Series]:
    return [_settled(part, rows, "responsibility", 60), _settled(part, rows, "emergency_plan", 150)]


def _settled(part: Part, rows: pl.DataFrame, system: str, spread: int) -> pl.Series:
    """The day a home put a system in place: within months of the start, or of its opening; some never."""
    dice = part.dice(system)
    begun = np.maximum(day(FIRST_DAY), rows["opened_on"].cast(pl.Int32).to_numpy()) + 40
    on = (
        begun
        + dice.whole(0, spread, rows.height)
        + ((1 - rows["diligence"].to_numpy()) * 900).astype(np.int64)
    )
    known = part.end - rows["lag"].to_numpy()
    return dates_where(on, (on <= known) & ~is_missed(rows, system)).alias(f"{system}_on")


def is_missed(rows: pl.DataFrame, duty: str) -> np.ndarray:
    """Whether the story says that this home has not done this duty in the period the pages show."""
    named = {(town_numbers()[town], home) for town, home in story()["missed"][duty]}
    return np.array([key in named for key in rows.select("town", "home").iter_rows()], dtype=bool)


def _span(part: Part, rows: pl.DataFrame) -> list[pl.Series]:
    horizon = part.end - rows["lag"].cast(pl.Int64)
    opened = rows["opened_on"].cast(pl.Int32).cast(pl.Int64)
    closed = rows["closed_on"].cast(pl.Int32).cast(pl.Int64).fill_null(day(date(9999, 12, 31)))
    return [
        horizon.alias("horizon"),
        opened.clip(lower_bound=day(FIRST_DAY)).alias("begins"),
        horizon.zip_with(horizon < closed, closed - 1).alias("ends"),
    ]
