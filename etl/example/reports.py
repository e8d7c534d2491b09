"""Complaints and activities: what people reported, and what the units held."""

from datetime import date

import numpy as np
import polars as pl

from etl.example.sessions import held, periods
from etl.example.story import (
    FIRST_DAY,
    SIZES,
    Days,
    Dice,
    Part,
    campaign,
    choices,
    dates,
    dates_where,
    day,
    wording,
)
from etl.example.visits import diligence

COMPLAINTS_A_HOME = 0.75
KEYS = ["held_on", "activity_type", "unit"]


def complaints(part: Part, homes: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Complaints in schema.sql's columns; and of those found true, the hazards they led to (home, found)."""
    dice = part.dice("complaints")
    home, received = _received(dice, part, homes)
    size, known = len(home), homes["horizon"].to_numpy()[home]
    due = received + np.array([7, 15, 15, 30])[dice.whole(0, 3, size)]
    checked = received + dice.whole(1, 12, size)
    settled = checked + dice.whole(0, 10, size)
    kept = dice.share(size) < 0.93
    is_checked, is_settled = checked <= known, (settled <= known) & kept
    finding = np.array(["yes", "yes", "no", "partly"])[dice.whole(0, 3, size)]
    rows = pl.DataFrame(
        {
            "complaint_id": pl.Series(np.arange(1, size + 1), dtype=pl.Int32),
            "received_on": dates(received),
            "channel": dice.pick(wording()["complaints"]["channels"], size),
            "institution_id": homes["institution_id"].gather(home),
            "content": _contents(dice, size),
            "due_on": dates(due),
            "checked_on": dates_where(checked, is_checked),
            "finding": _where(pl.Series(finding).replace_strict(choices()["finding"]), is_checked),
            "settled_on": dates_where(settled, is_settled),
        }
    )
    led = is_checked & (finding == "yes") & (checked <= homes["ends"].to_numpy()[home])
    return rows, pl.DataFrame({"home": home[led], "found": checked[led]})


def activities(part: Part, homes: pl.DataFrame, townships: pl.DataFrame) -> pl.DataFrame:
    """Meetings, safety months, briefings: one row a unit and activity; schema.sql's columns."""
    dice = part.dice("activities")
    rows = pl.concat(
        [_of_county(dice, part), *_of_towns(dice, part, homes, townships), *_of_homes(dice, homes)]
    )
    rows = rows.filter(pl.col("held_on") <= part.as_of).unique(KEYS, keep="first", maintain_order=True)
    rows = rows.sort("held_on", "township_id", "institution_id", nulls_last=False, maintain_order=True)
    return rows.select(pl.int_range(1, pl.len() + 1, dtype=pl.Int32).alias("activity_id"), pl.all())


def _received(dice: Dice, part: Part, homes: pl.DataFrame) -> tuple[Days, Days]:
    begins, ends = homes["begins"].to_numpy(), homes["ends"].to_numpy()
    weight = COMPLAINTS_A_HOME * SIZES[part.scale].hazards / 3 * (2.2 - 1.4 * homes["diligence"].to_numpy())
    home = np.repeat(np.arange(homes.height), dice.counts(weight * np.clip(ends - begins + 1, 0, None) / 365))
    received = dice.between(begins[home], ends[home])
    order = np.lexsort((home, received))
    return home[order], received[order]


def _contents(dice: Dice, size: int) -> pl.Series:
    told = wording()["complaints"]
    return dice.pick(told["contents"], size) + dice.pick(told["details"], size)


def _where(values: pl.Series, kept: np.ndarray) -> pl.Series:
    return values.zip_with(pl.Series(kept), pl.repeat(None, 1, dtype=pl.String, eager=True))


def _of_county(dice: Dice, part: Part) -> pl.DataFrame:
    """The county's own, at fixed times of the year; a larger scale's bureau holds them once."""
    if part.first:
        return _rows(dice, pl.DataFrame(schema=UNITS), np.array([], dtype=np.int64), "other", (1, 2))
    rows = [("mobilisation_meeting", date(2024, 1, 12))]
    for year in range(2024, 2027):
        rows += [("joint_consultation", date(year, month, 20)) for month in (3, 6, 9, 11)]
        rows += [("dispatch_meeting", date(year, month, 8)) for month in range(1, 13)]
        rows += [("bulletin", date(year, month, 15)) for month in (4, 7, 10)]
        rows += [("staff_education", date(year, month, 26)) for month in (5, 10)]
        rows += [("safety_month", date(year, 6, 3)), ("fire_month", date(year, 11, 3))]
        rows += [("experience_exchange", date(year, 8, 21)), ("standard_briefing", date(year, 6, 5))]
    unit = pl.DataFrame(
        [(campaign()["campaign"]["county"], "county", None, None)], schema=UNITS, orient="row"
    )
    return pl.concat([_rows(dice, unit, np.array([day(on)]), code, (20, 80)) for code, on in rows])


UNITS = {"unit": pl.String, "unit_code": pl.String, "township_id": pl.Int32, "institution_id": pl.Int32}
"""What says whose an activity, a task or a measure is."""


def units_of_homes(homes: pl.DataFrame) -> pl.DataFrame:
    """The homes as units."""
    return homes.select(
        pl.col("institution").alias("unit"),
        pl.lit("institution").alias("unit_code"),
        "township_id",
        "institution_id",
    )


def units_of_towns(townships: pl.DataFrame) -> pl.DataFrame:
    """The towns as units."""
    none = pl.lit(None, pl.Int32).alias("institution_id")
    return townships.select(
        pl.col("township").alias("unit"), pl.lit("township").alias("unit_code"), "township_id", none
    )


def _of_towns(dice: Dice, part: Part, homes: pl.DataFrame, townships: pl.DataFrame) -> list[pl.DataFrame]:
    own = homes.unique("township_id", keep="first", maintain_order=True)
    towns = own.with_columns(begins=pl.lit(day(FIRST_DAY), pl.Int64), ends="horizon")
    units = units_of_towns(townships)
    start = day(FIRST_DAY)
    rows = [("mobilisation_meeting", held(dice, towns, (start + 15, start + 57), 1.0))]
    for first, _last in periods(12):
        rows.append(("safety_month", held(dice, towns, (first + 153, first + 178), 0.97)))
        rows.append(("fire_month", held(dice, towns, (first + 306, first + 330), 0.95)))
        rows.append(("staff_education", held(dice, towns, (first + 60, first + 300), 0.9)))
    return [_rows(dice, units[who], on, code, (8, 40)) for code, (who, on) in rows]


def _of_homes(dice: Dice, homes: pl.DataFrame) -> list[pl.DataFrame]:
    units, start = units_of_homes(homes), day(FIRST_DAY)
    rows = [("mobilisation_meeting", held(dice, homes, (start + 20, start + 58), 0.985))]
    for first, _last in periods(12):
        chance = diligence(homes, first)
        rows.append(("standard_briefing", held(dice, homes, (first + 40, first + 350), chance)))
        rows.append(("safety_month", held(dice, homes, (first + 153, first + 179), chance)))
        rows.append(("fire_month", held(dice, homes, (first + 306, first + 332), chance)))
    return [_rows(dice, units[who], on, code, (10, 60)) for code, (who, on) in rows]


def _rows(dice: Dice, units: pl.DataFrame, on: Days, code: str, people: tuple[int, int]) -> pl.DataFrame:
    return units.select(
        dates(on).alias("held_on"),
        pl.lit(choices()["activity_type"][code]).alias("activity_type"),
        pl.lit(code).alias("activity_code"),
        *UNITS,
        pl.Series("participants", dice.whole(*people, units.height), dtype=pl.Int32),
    )
