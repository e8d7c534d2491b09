"""What became of a hazard: deadline, extension, report, rectification, verification, and who follows it."""

import numpy as np
import polars as pl

from etl.example.story import SIZES, Days, Dice, Part, choices, dates_where, story

GENERAL_DAYS = np.array([5, 7, 10, 15, 20, 30, 30, 45])
MAJOR_DAYS = np.array([15, 20, 30, 30, 45, 60])
EXTENSION_DAYS = np.array([7, 15, 15, 30])
CLAIMED = 0.05
"""The share of open hazards that the ledger calls put right, without a day."""
BACKLOG_DAYS = (4, 220)
"""Hazards left lying fell due this long before the town's last report."""


def follow(part: Part, homes: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Adds every date of a hazard's course, as known on the town's last report, and the status.

    rows: home, found (days since 1970-01-01), is_major, told. Columns added: deadline_on, extended_to,
    extension_approved_on, extensions, reported_on, rectified_on, verified_on, status.
    """
    dice = part.dice("outcome")
    known = homes["ends"].to_numpy()[rows["home"]]
    found, told = rows["found"].to_numpy(), (rows["told"] >= 0).to_numpy()
    deadline, has_deadline = _deadlines(dice, part, rows)
    extended, approved, is_extended = _extensions(dice, deadline, found, has_deadline & ~told, known)
    due = np.where(is_extended, extended, deadline)
    rectified = _rectified(dice, homes, rows, due)
    left = told | _left_lying(dice, part, homes, rows, due)
    is_rectified = (rectified <= known - _winding_down(homes)[rows["home"]]) & ~left
    verified = rectified + dice.whole(1, 9, rows.height)
    is_verified = is_rectified & (verified <= known) & (dice.share(rows.height) < 0.976)
    return rows.with_columns(
        dates_where(deadline, has_deadline).alias("deadline_on"),
        dates_where(extended, is_extended).alias("extended_to"),
        dates_where(approved, is_extended).alias("extension_approved_on"),
        _count(dice, is_extended).alias("extensions"),
        _reported(dice, rows, known).alias("reported_on"),
        dates_where(rectified, is_rectified).alias("rectified_on"),
        dates_where(verified, is_verified).alias("verified_on"),
        _status(dice, is_rectified, is_verified).alias("status"),
    )


def _winding_down(homes: pl.DataFrame) -> np.ndarray:
    """A home about to close puts nothing right in its last weeks; what is open then stays open."""
    return np.where(homes["ends"] < homes["horizon"], 10, 0)


def _deadlines(dice: Dice, part: Part, rows: pl.DataFrame) -> tuple[Days, np.ndarray]:
    size = rows.height
    general, major = GENERAL_DAYS[dice.whole(0, 7, size)], MAJOR_DAYS[dice.whole(0, 5, size)]
    deadline = rows["found"].to_numpy() + np.where(rows["is_major"], major, general)
    told = rows["told"].to_numpy()
    own = part.end + np.array([major["due"] for major in story()["open_majors"]])[told]
    given = (dice.share(size) < 0.992) | rows["is_major"].to_numpy()
    return np.where(told >= 0, own, deadline), given


def _extensions(
    dice: Dice, deadline: Days, found: Days, may: np.ndarray, known: Days
) -> tuple[Days, Days, np.ndarray]:
    """One in seventeen is put off, a few days before the deadline at the latest."""
    size = len(deadline)
    extended = deadline + EXTENSION_DAYS[dice.whole(0, 3, size)]
    approved = np.maximum(found, deadline - dice.whole(0, 4, size))
    return extended, approved, may & (dice.share(size) < 0.06) & (approved <= known)


def _rectified(dice: Dice, homes: pl.DataFrame, rows: pl.DataFrame, due: Days) -> Days:
    """By the deadline as often as the town does, most well before it; else some days late."""
    size = rows.height
    found = rows["found"].to_numpy()
    is_on_time = dice.share(size) < homes["on_time"].to_numpy()[rows["home"]]
    early = found + np.rint(dice.share(size) ** 0.45 * (due - found)).astype(np.int64)
    late = due + 1 + np.clip(dice.generator.exponential(11, size), 0, 80).astype(np.int64)
    return np.where(is_on_time, early, late)


def _left_lying(dice: Dice, part: Part, homes: pl.DataFrame, rows: pl.DataFrame, due: Days) -> np.ndarray:
    """Each town's backlog: general hazards that fell due in the last months and that nobody has touched."""
    own = homes[rows["home"]]
    age = own["horizon"].to_numpy() - due
    may = (age >= BACKLOG_DAYS[0]) & (age <= BACKLOG_DAYS[1]) & own["closed_on"].is_null().to_numpy()
    may &= ~rows["is_major"].to_numpy()
    score = np.where(may, dice.share(rows.height) + (age < 90) * 0.2, -1.0)
    scores = pl.DataFrame({"score": score, "town": own["township_id"]})
    ranks = scores.select(pl.col("score").rank("ordinal", descending=True).over("town"))
    quota = np.ceil(own["backlog"].to_numpy() * SIZES[part.scale].hazards)
    return np.asarray(may & (ranks.to_series().to_numpy() <= quota))


def _reported(dice: Dice, rows: pl.DataFrame, known: Days) -> pl.Series:
    """Major hazards: nine in ten within a day, some late, some never; the county's own on the day."""
    size = rows.height
    late = np.where(dice.share(size) < 0.92, dice.whole(0, 1, size), dice.whole(2, 9, size))
    never = dice.share(size) < 0.03
    told = rows["told"].to_numpy()
    own = np.array([major.get("reported", -1) for major in story()["open_majors"]])[told]
    days = np.where(told >= 0, own, np.where(never, -1, late))
    days = np.where(rows["is_found_by_county"], 0, days)
    on = rows["found"].to_numpy() + days
    return dates_where(on, rows["is_major"].to_numpy() & (days >= 0) & (on <= known))


def _count(dice: Dice, is_extended: np.ndarray) -> pl.Series:
    """How often it was put off: once, one in ten twice; blank where never."""
    counts = pl.Series(1 + (dice.share(len(is_extended)) < 0.1), dtype=pl.Int32)
    return counts.zip_with(pl.Series(is_extended), pl.Series([None], dtype=pl.Int32))


def _status(dice: Dice, is_rectified: np.ndarray, is_verified: np.ndarray) -> pl.Series:
    begun = np.where(dice.share(len(is_rectified)) < 0.6, "under_way", "not_begun")
    begun = np.where(dice.share(len(is_rectified)) < CLAIMED, "closed", begun)
    codes = np.where(is_verified, "closed", np.where(is_rectified, "awaiting_check", begun))
    return pl.Series(codes).replace_strict(choices()["status"])
