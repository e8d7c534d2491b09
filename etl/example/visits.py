"""Inspections: the homes' own and the authorities', each with the day and how many hazards it found."""

import numpy as np
import polars as pl

from etl.example.register import is_missed
from etl.example.story import (
    FIRST_DAY,
    LAST_DAY,
    SIZES,
    Days,
    Dice,
    Part,
    choices,
    dates,
    day,
    story,
    town_numbers,
    wording,
    words,
    working,
)

YEARLY = {"self_check": 7.0, "township": 6.0, "county": 1.5, "surprise": 0.8, "covert": 0.3, "joint": 0.6}
"""Visits a home sees in a year, by type; self_check beside the principal's own each quarter."""

FOUND = {
    "self_check": 0.6,
    "township": 1.5,
    "county": 2.7,
    "surprise": 2.9,
    "covert": 2.4,
    "joint": 2.7,
    "appraisal": 3.2,
}
"""Hazards a visit of each type finds, on the average of the three years."""

AREAS = [
    ["fire"],
    ["fire", "electricity"],
    ["fire", "gas"],
    ["fire", "electricity", "gas"],
    ["food", "service"],
]
WHOLE = ["fire", "construction", "electricity", "gas", "building"]
"""What an appraisal covers."""


def visits(part: Part, homes: pl.DataFrame) -> pl.DataFrame:
    """One row a visit, no two of one home on one day.

    Columns: number, home (row of homes), inspected (days since 1970-01-01), code, the flags of the ledger,
    found (hazards it found) and told (the place in the story's open_majors of the one it found, or -1).
    """
    dice = part.dice("visits")
    rows = pl.concat(
        [_told(part, homes), _quarterly(part, homes), _appraisals(dice, homes), _routine(dice, homes)]
    )
    rows = rows.unique(["home", "inspected"], keep="first", maintain_order=True).sort("inspected", "home")
    found = dice.counts(_expected(part, homes, rows)) + (rows["told"] >= 0).to_numpy()
    return rows.with_columns(pl.Series("found", found)).with_row_index("number")


def inspections(part: Part, homes: pl.DataFrame, seen: pl.DataFrame) -> pl.DataFrame:
    """The visits in schema.sql's columns."""
    dice = part.dice("inspections")
    areas = np.where(seen["code"] == "appraisal", len(AREAS), dice.whole(0, len(AREAS) - 1, seen.height))
    codes = pl.Series([*AREAS, WHOLE])
    named = pl.Series([[choices()["area"][code] for code in some] for some in [*AREAS, WHOLE]])
    authority = ["township", "county", "surprise", "covert", "joint"]
    return seen.select(
        (pl.col("number") + 1).alias("inspection_id"),
        homes["institution_id"].gather(seen["home"]).alias("institution_id"),
        dates(seen["inspected"]).alias("inspected_on"),
        words("inspection_type", seen["code"]).alias("inspection_type"),
        pl.col("code").alias("inspection_code"),
        pl.col("code").is_in(authority).alias("is_authority"),
        pl.col("code").is_in(["surprise", "covert"]).alias("is_unannounced"),
        named.gather(areas).alias("areas"),
        codes.gather(areas).alias("area_codes"),
        _inspectors(dice, homes, seen).alias("inspectors"),
        "is_led_by_principal",
        "is_signed",
        "is_filed",
        pl.col("found").cast(pl.Int32).alias("hazards_found"),
        _conclusion(dice, seen).alias("conclusion"),
    )


def _told(part: Part, homes: pl.DataFrame) -> pl.DataFrame:
    """The visits that found the major hazards the story leaves open."""
    return pl.concat([_finding(part, homes, number) for number in range(len(story()["open_majors"]))])


def _finding(part: Part, homes: pl.DataFrame, number: int) -> pl.DataFrame:
    told = story()["open_majors"][number]
    where = (homes["town"] == town_numbers()[told["town"]]) & (homes["home"] == told["home"])
    inspected = np.full(homes.height, part.end - told["found"])
    kept = where.to_numpy() & within(homes, inspected)
    rows = _rows(np.flatnonzero(kept), inspected[kept], told["source"], led=False)
    return rows.with_columns(pl.lit(number, pl.Int64).alias("told"))


def _quarterly(part: Part, homes: pl.DataFrame) -> pl.DataFrame:
    """The principal's own inspection each quarter; where the duty is missed, half are done but not signed."""
    dice = part.dice("self_check")
    return pl.concat([_quarter(part, dice, homes, first, last) for first, last in quarters()])


def _quarter(part: Part, dice: Dice, homes: pl.DataFrame, first: int, last: int) -> pl.DataFrame:
    size = homes.height
    inspected = dice.between(np.full(size, first), np.full(size, last - 8))
    met = dice.share(size) < diligence(homes, first)
    careless = dice.share(size) < 0.5
    if first == _closed_quarter(part):
        met = ~is_missed(homes, "self_check")
    kept = (met | careless) & within(homes, inspected)
    return _rows(np.flatnonzero(kept), inspected[kept], "self_check", led=True, signed=met[kept])


def quarters() -> list[tuple[int, int]]:
    """First and last day of the campaign's quarters, in days since 1970-01-01."""
    starts = pl.date_range(FIRST_DAY, LAST_DAY, "1q", eager=True)
    ends = starts.dt.offset_by("1q").dt.offset_by("-1d")
    return list(zip(starts.cast(pl.Int32).to_list(), ends.cast(pl.Int32).to_list(), strict=True))


def within(homes: pl.DataFrame, on: Days) -> np.ndarray:
    """Whether the home was open on its day and had reported it."""
    return (homes["begins"].to_numpy() <= on) & (on <= homes["ends"].to_numpy())


def diligence(homes: pl.DataFrame, first: int) -> np.ndarray:
    """Duties are done more and more: a quarter of what is lacking is made good by the end."""
    gone = (first - day(FIRST_DAY)) / (day(LAST_DAY) - day(FIRST_DAY))
    return 1 - (1 - homes["diligence"].to_numpy()) * (1.25 - 0.5 * gone)


def _closed_quarter(part: Part) -> int:
    closed = [first for first, last in quarters() if last <= part.end]
    return closed[-1] if closed else 0


def _appraisals(dice: Dice, homes: pl.DataFrame) -> pl.DataFrame:
    """One by a third party in 2024 or 2025, for all but a few; the careless are late."""
    late = (1 - homes["diligence"].to_numpy()) * 600
    inspected = working(
        homes["begins"].to_numpy() + 120 + (dice.share(homes.height) * 380 + late).astype(np.int64)
    )
    kept = within(homes, inspected) & (dice.share(homes.height) < 0.97)
    return _rows(np.flatnonzero(kept), inspected[kept], "appraisal", led=False)


def _routine(dice: Dice, homes: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([_kind(dice, homes, code, yearly) for code, yearly in YEARLY.items()])


def _kind(dice: Dice, homes: pl.DataFrame, code: str, yearly: float) -> pl.DataFrame:
    begins, ends = homes["begins"].to_numpy(), homes["ends"].to_numpy()
    counts = dice.counts(yearly * np.clip(ends - begins + 1, 0, None) / 365)
    home = np.repeat(np.arange(homes.height), counts)
    inspected = np.maximum(working(dice.between(begins[home], ends[home])), begins[home])
    return _rows(home, inspected, code, led=False)


def _rows(
    home: Days, inspected: Days, code: str, *, led: bool, signed: np.ndarray | bool = True
) -> pl.DataFrame:
    own = code == "self_check"
    return pl.DataFrame(
        {
            "home": home,
            "inspected": inspected,
            "code": pl.repeat(code, len(home), eager=True),
            "is_led_by_principal": pl.repeat(led if own else None, len(home), dtype=pl.Boolean, eager=True),
            "is_signed": pl.Series(np.broadcast_to(signed, len(home))),
            "is_filed": pl.Series(np.broadcast_to(signed, len(home))),
            "told": pl.repeat(-1, len(home), dtype=pl.Int64, eager=True),
        }
    )


def _expected(part: Part, homes: pl.DataFrame, rows: pl.DataFrame) -> np.ndarray:
    """Hazards a visit finds: fewer each year, more in the last phase's look back; the careless see less."""
    gone = (rows["inspected"].to_numpy() - day(FIRST_DAY)) / (day(LAST_DAY) - day(FIRST_DAY))
    trend = 1.35 - 0.75 * gone + np.where(gone > 0.93, 1.0, 0.0)
    kinds = rows["code"].replace_strict(FOUND, return_dtype=pl.Float64).to_numpy()
    sharpness = 0.6 + 0.4 * homes["diligence"].to_numpy()[rows["home"]]
    return np.asarray(kinds * trend * sharpness * SIZES[part.scale].hazards)


def _inspectors(dice: Dice, homes: pl.DataFrame, seen: pl.DataFrame) -> pl.Series:
    """The principal leads the quarter's own inspection; others are two officers."""
    two = dice.people(seen.height) + "、" + dice.people(seen.height)
    principal = homes["principal"].gather(seen["home"])
    return principal.zip_with(seen["is_led_by_principal"].fill_null(value=False), two)


def _conclusion(dice: Dice, seen: pl.DataFrame) -> pl.Series:
    told = wording()["inspections"]
    found = dice.pick(told["found"], seen.height)
    return found.zip_with(seen["found"] > 0, pl.repeat(told["clean"], seen.height, eager=True))
