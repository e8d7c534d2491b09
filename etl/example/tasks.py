"""Task progress and measures: what each unit reports done of the plan's tasks, and what it drew up."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from etl.example.reports import UNITS, units_of_homes, units_of_towns
from etl.example.story import LAST_DAY, Dice, Part, campaign, choices, dates_where, day, story, wording

SPREAD = 0.9
"""Tasks are done over the last nine tenths of their phase."""
DARING = 0.1


def task_progress(
    part: Part, homes: pl.DataFrame, townships: pl.DataFrame, hazards: pl.DataFrame
) -> pl.DataFrame:
    """One row a unit and task asked of it by the as-of date; schema.sql's columns."""
    dice = part.dice("tasks")
    homes = homes.with_columns(is_late=pl.col("institution_id").is_in(_late(part, hazards).implode()))
    asked = [task for task in campaign()["tasks"] if phase_of(task)["from"] <= part.as_of]
    rows = pl.concat([_task(dice, part, homes, townships, task) for task in asked])
    return rows.select(pl.int_range(1, pl.len() + 1, dtype=pl.Int32).alias("task_progress_id"), pl.all())


def measures(part: Part, homes: pl.DataFrame, progress: pl.DataFrame) -> pl.DataFrame:
    """What the units issued: most of those that report it done, a little before; schema.sql's columns."""
    dice = part.dice("measures")
    reported = [task["code"] for task in campaign()["tasks"] if task["evidence"] == "measures"]
    done = progress.filter(pl.col("task").is_in(reported) & pl.col("done_on").is_not_null())
    done = done.filter(pl.Series(dice.share(done.height) < 0.97))
    rows = pl.concat([_measures(dice, done, code) for code in ("county", "township", "institution")])
    rows = rows.sort("issued_on", "unit", "measure")
    return rows.select(pl.int_range(1, pl.len() + 1, dtype=pl.Int32).alias("measure_id"), pl.all())


def phase_of(task: dict[str, Any]) -> dict[str, Any]:
    """The phase of the plan in which the task falls."""
    return next(phase for phase in campaign()["phases"] if phase["code"] == task["phase"])


def _task(
    dice: Dice, part: Part, homes: pl.DataFrame, townships: pl.DataFrame, task: dict[str, Any]
) -> pl.DataFrame:
    units, known = _units(part, homes, townships, task)
    size, due = units.height, task.get("due", phase_of(task)["to"])
    done = _done(dice, task, size, due)
    is_done = (done <= known) & _is_done(dice, task, size) & _may_claim(dice, task, homes, units)
    planned = pl.repeat(due - timedelta(days=15), size, dtype=pl.Date, eager=True)
    evidence = dice.pick(wording()["tasks"][task["phase"]], size)
    return units.select(
        pl.lit(task["code"]).alias("task"),
        *UNITS,
        dice.people(size).alias("responsible_person"),
        planned.alias("planned_on"),
        dates_where(done, is_done).alias("done_on"),
        pl.when(pl.Series(is_done)).then(evidence).alias("evidence"),
    )


def _units(
    part: Part, homes: pl.DataFrame, townships: pl.DataFrame, task: dict[str, Any]
) -> tuple[pl.DataFrame, np.ndarray]:
    """Those the task is asked of, and the day each last reported."""
    if task["unit"] == "county":
        names = [] if part.first else [(campaign()["campaign"]["county"], "county", None, None)]
        return pl.DataFrame(names, schema=UNITS, orient="row"), np.full(len(names), part.end)
    if task["unit"] == "township":
        own = homes.unique("township_id", keep="first", maintain_order=True)
        return units_of_towns(townships), own["horizon"].to_numpy()
    asked = homes.filter(_is_asked(part, phase_of(task)))
    return units_of_homes(asked), asked["horizon"].to_numpy()


def _is_asked(part: Part, phase: dict[str, Any]) -> pl.Expr:
    """Open on any day of the phase up to the as-of date; or only on its last, where the plan says so."""
    last: date = min(phase["to"], part.as_of)
    first: date = last if phase["asked_on"] == "last_day" else phase["from"]
    return (pl.col("opened_on") <= last) & (pl.col("closed_on").is_null() | (pl.col("closed_on") > first))


def _done(dice: Dice, task: dict[str, Any], size: int, due: date) -> np.ndarray:
    first, last = day(phase_of(task)["from"]), day(due)
    if due == LAST_DAY:
        last = first + 50
    return first + ((1 - SPREAD * dice.share(size)) * (last - first)).astype(np.int64)


def _late(part: Part, hazards: pl.DataFrame) -> pl.Series:
    """The homes with an overdue hazard."""
    due = pl.coalesce("extended_to", "deadline_on")
    return hazards.filter(pl.col("rectified_on").is_null(), due < part.as_of)["institution_id"].unique()


def _may_claim(dice: Dice, task: dict[str, Any], homes: pl.DataFrame, units: pl.DataFrame) -> np.ndarray:
    """Who says all is put right has nothing overdue, but for one in ten."""
    dares = dice.share(units.height) < DARING
    if task["evidence"] != "nothing_overdue":
        return np.full(units.height, fill_value=True)
    key = "township_id" if task["unit"] == "township" else "institution_id"
    late = homes.filter("is_late")[key].unique()
    return np.asarray(dares | ~units[key].is_in(late.implode()).to_numpy())


def _is_done(dice: Dice, task: dict[str, Any], size: int) -> np.ndarray:
    """The phase's share of units, the county bureau always until the last phase."""
    share: float = story()["tasks_done"][task["phase"]]
    if task["unit"] == "county" and task["phase"] != "assess":
        return np.full(size, fill_value=True)
    return dice.share(size) < share


def _measures(dice: Dice, done: pl.DataFrame, unit_code: str) -> pl.DataFrame:
    told = wording()["measures"][unit_code]
    units = done.filter(unit_code=unit_code)
    each = len(told["names"]) if unit_code == "county" else 1
    units = units.select(pl.all().repeat_by(each).explode()) if each > 1 else units
    which = (
        np.arange(units.height) % each if each > 1 else dice.whole(0, len(told["names"]) - 1, units.height)
    )
    early = pl.Series(dice.whole(3, 40, units.height))
    kinds = [choices()["category"][code] for code in told["categories"]]
    return units.select(
        pl.Series(told["names"], dtype=pl.String).gather(which).alias("measure"),
        *UNITS,
        pl.Series(kinds, dtype=pl.String).gather(which).alias("category"),
        pl.Series(told["problems"], dtype=pl.String).gather(which).alias("problem"),
        pl.col("done_on").dt.offset_by(pl.format("-{}d", early)).alias("issued_on"),
        pl.lit(f"{campaign()['campaign']['document']}方案五（三）").alias("basis"),
    )
