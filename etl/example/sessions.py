"""Trainings and drills: what each home held in each period, and who came."""

import numpy as np
import polars as pl

from etl.example.register import is_missed
from etl.example.story import (
    FIRST_DAY,
    LAST_DAY,
    Days,
    Dice,
    Part,
    campaign,
    choices,
    dates,
    wording,
    working,
)
from etl.example.visits import diligence, within

GROUPS = ("principals", "safety_managers", "frontline_staff", "care_staff", "mobile_residents")
COUNTY_CLASSES = (136, 112, 132)
"""Day of the year on which the county held its class for principals and safety managers, 2024 to 2026."""
Held = tuple[Days, Days]
"""Rows of homes, and the day each held something."""


def periods(months: int) -> list[tuple[int, int]]:
    """First and last day of the campaign's periods of so many months, in days since 1970-01-01."""
    starts = pl.date_range(FIRST_DAY, LAST_DAY, f"{months}mo", eager=True)
    ends = starts.dt.offset_by(f"{months}mo").dt.offset_by("-1d")
    return list(zip(starts.cast(pl.Int32).to_list(), ends.cast(pl.Int32).to_list(), strict=True))


def held(dice: Dice, homes: pl.DataFrame, span: tuple[int, int], chance: np.ndarray | float) -> Held:
    """The homes that held a thing once within the span, and when; only what was reported."""
    size = homes.height
    on = np.maximum(working(dice.between(np.full(size, span[0]), np.full(size, span[1]))), span[0])
    return _kept(on, (dice.share(size) < chance) & within(homes, on))


def trainings(part: Part, homes: pl.DataFrame) -> pl.DataFrame:
    """The homes' own each half-year, the county's class each year, some of the fire brigade's.

    In schema.sql's columns.
    """
    dice = part.dice("trainings")
    rows = pl.concat(
        [_own(dice, homes, span) for span in periods(6)]
        + [
            _county_class(dice, homes, span[0] + add)
            for span, add in zip(periods(12), COUNTY_CLASSES, strict=True)
        ]
        + [_outside(dice, homes, span) for span in periods(12)]
    )
    rows = rows.unique(["institution_id", "trained_on", "organiser"], keep="first", maintain_order=True)
    rows = rows.sort("trained_on", "institution_id")
    return rows.select(pl.int_range(1, pl.len() + 1, dtype=pl.Int32).alias("training_id"), pl.all())


def drills(part: Part, homes: pl.DataFrame) -> pl.DataFrame:
    """An evacuation drill a year, and some of other types; schema.sql's columns."""
    dice = part.dice("drills")
    rows = pl.concat([_yearly(part, dice, homes, span) for span in periods(12)])
    rows = rows.unique(["institution_id", "drilled_on", "drill_type"], keep="first", maintain_order=True)
    rows = rows.sort("drilled_on", "institution_id")
    return rows.select(pl.int_range(1, pl.len() + 1, dtype=pl.Int32).alias("drill_id"), pl.all())


def _kept(on: Days, kept: np.ndarray) -> Held:
    return np.flatnonzero(kept), on[kept]


def _own(dice: Dice, homes: pl.DataFrame, span: tuple[int, int]) -> pl.DataFrame:
    """One for all staff each half-year, four in ten hold a second."""
    first = held(dice, homes, (span[0] + 10, span[1] - 25), diligence(homes, span[0]))
    second = held(dice, homes, span, diligence(homes, span[0]) - 0.55)
    home, on = np.concatenate([first[0], second[0]]), np.concatenate([first[1], second[1]])
    own = homes[home]
    topics = dice.pick(wording()["trainings"]["topics"], len(home))
    return _attended(dice, own, _sessions(own, on, own["institution"], "institution", topics), GROUPS)


def _county_class(dice: Dice, homes: pl.DataFrame, on: int) -> pl.DataFrame:
    """Every home sends somebody; a few of the careless do not, and are not in the list."""
    size = homes.height
    came = within(homes, np.full(size, on)) & (dice.share(size) < 0.6 + 0.4 * homes["diligence"].to_numpy())
    own = homes.filter(pl.Series(came))
    county = pl.repeat(campaign()["campaign"]["county"], own.height, eager=True)
    topic = pl.repeat(wording()["trainings"]["county"], own.height, eager=True)
    sessions = _sessions(own, np.full(own.height, on), county, "county", topic)
    return _attended(dice, own, sessions, GROUPS[:2])


def _outside(dice: Dice, homes: pl.DataFrame, span: tuple[int, int]) -> pl.DataFrame:
    home, on = held(dice, homes, span, 0.3)
    told = wording()["trainings"]
    organiser = pl.repeat(told["outside"], len(home), eager=True)
    topic = pl.repeat(told["outside_topic"], len(home), eager=True)
    own = homes[home]
    return _attended(dice, own, _sessions(own, on, organiser, "other", topic), GROUPS[2:])


def _sessions(
    own: pl.DataFrame, on: Days, organiser: pl.Series, code: str, topics: pl.Series
) -> pl.DataFrame:
    return own.select(
        dates(on).alias("trained_on"),
        organiser.alias("organiser"),
        pl.lit(code).alias("organiser_code"),
        "institution_id",
        topics.alias("topic"),
    )


def _attended(dice: Dice, own: pl.DataFrame, rows: pl.DataFrame, groups: tuple[str, ...]) -> pl.DataFrame:
    """Adds who was expected and who came, of the groups the session was meant for."""
    return rows.with_columns(
        series for group in GROUPS for series in _attendance(dice, own, group, asked=group in groups)
    )


def _attendance(dice: Dice, own: pl.DataFrame, group: str, *, asked: bool) -> list[pl.Series]:
    """Expected and attended of one group; null where the session was not meant for it."""
    expected = _expected(own, group)
    absent = 0.25 * (1.1 - own["diligence"].to_numpy()) + (0.12 if group == "mobile_residents" else 0.0)
    attended = expected - dice.generator.binomial(expected, absent)
    names = (f"expected_{group}", f"attended_{group}")
    blank = pl.repeat(None, own.height, dtype=pl.Int32, eager=True)
    return [
        (pl.Series(values, dtype=pl.Int32) if asked else blank).alias(name)
        for name, values in zip(names, (expected, attended), strict=True)
    ]


def _expected(own: pl.DataFrame, group: str) -> np.ndarray:
    staff = own["staff"].to_numpy().astype(np.int64)
    sizes = {
        "principals": np.ones(own.height, dtype=np.int64),
        "safety_managers": 1 + staff // 15,
        "frontline_staff": staff // 3,
        "care_staff": staff // 2,
        "mobile_residents": own["mobile_residents"].to_numpy().astype(np.int64),
    }
    return sizes[group]


def _yearly(part: Part, dice: Dice, homes: pl.DataFrame, span: tuple[int, int]) -> pl.DataFrame:
    """One evacuation drill, by mid October; in the running year the story says who has not held it."""
    chance = diligence(homes, span[0])
    if span[0] <= part.end <= span[1]:
        chance = np.where(is_missed(homes, "evacuation_drill"), 0.0, 1.0)
    return pl.concat(
        [
            _drills(dice, homes, held(dice, homes, (span[0] + 45, span[0] + 288), chance), "evacuation"),
            _drills(dice, homes, held(dice, homes, span, 0.45), "firefighting"),
            _drills(dice, homes, held(dice, homes, span, 0.1), "other"),
        ]
    )


def _drills(dice: Dice, homes: pl.DataFrame, rows: Held, code: str) -> pl.DataFrame:
    own = homes[rows[0]]
    size = own.height
    staff, residents = own["staff"].to_numpy(), own["mobile_residents"].to_numpy()
    took_part = staff - dice.generator.binomial(staff, 0.12)
    walked = residents - dice.generator.binomial(residents, 0.25)
    evacuates = code == "evacuation"
    return pl.DataFrame(
        {
            "institution_id": own["institution_id"],
            "drilled_on": dates(rows[1]),
            "drill_type": pl.repeat(choices()["drill_type"][code], size, eager=True),
            "is_evacuation": pl.repeat(evacuates, size, eager=True),
            "staff_attending": pl.Series(took_part, dtype=pl.Int32),
            "residents_attending": pl.Series(walked if evacuates else walked // 4, dtype=pl.Int32),
            "evacuation_minutes": _minutes(dice, size, evacuates=evacuates),
            "problems_found": pl.Series(dice.whole(0, 3, size), dtype=pl.Int32),
            "is_evaluated": pl.Series(dice.share(size) < 0.9),
        }
    )


def _minutes(dice: Dice, size: int, *, evacuates: bool) -> pl.Series:
    """Four to fifteen minutes, to the half."""
    if not evacuates:
        return pl.repeat(None, size, dtype=pl.Float64, eager=True)
    return pl.Series(dice.whole(8, 30, size) / 2)
