"""Hazards: what a visit or a complaint found, and everything the ledger says of it."""

import numpy as np
import polars as pl

from etl.example.faults import describe
from etl.example.outcome import follow
from etl.example.story import Dice, Part, dates, wording, words

REMARKS = 0.05
COUNTY_SOURCES = ["county", "surprise", "covert", "joint"]


def hazards(part: Part, homes: pl.DataFrame, seen: pl.DataFrame, complaints: pl.DataFrame) -> pl.DataFrame:
    """Every hazard with its whole course, in schema.sql's columns, by day of finding.

    seen: visits(); complaints: home, found (days since 1970-01-01) of those found true, a hazard each.
    """
    rows = follow(part, homes, describe(part, homes, _found(seen, complaints)))
    rows = rows.sort("found", "home", maintain_order=True)
    return _columns(part.dice("hazards"), homes, rows)


def _found(seen: pl.DataFrame, complaints: pl.DataFrame) -> pl.DataFrame:
    """One row a hazard: home, found, source_code, told, is_found_by_county, ordered by home and day."""
    visit = np.repeat(np.arange(seen.height), seen["found"])
    rows = seen[visit].select("home", "told", pl.col("inspected").alias("found"), source_code="code")
    first = pl.Series(visit).is_first_distinct()
    rows = rows.with_columns(told=pl.when(first).then("told").otherwise(-1))
    others = complaints.select(
        "home", told=pl.lit(-1, pl.Int64), found="found", source_code=pl.lit("complaint")
    )
    rows = pl.concat([rows, others]).with_columns(
        is_found_by_county=pl.col("source_code").is_in(COUNTY_SOURCES)
    )
    return rows.sort("home", "found", maintain_order=True)


def _columns(dice: Dice, homes: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    own = homes[rows["home"]]
    is_major = rows["is_major"]
    person = own["principal"].zip_with(pl.Series(dice.share(rows.height) < 0.6), dice.people(rows.height))
    severity = pl.select(pl.when(is_major).then(pl.lit("major")).otherwise(pl.lit("general"))).to_series()
    return rows.select(
        pl.int_range(1, pl.len() + 1, dtype=pl.Int32).alias("hazard_id"),
        _numbers(own, rows).alias("hazard_number"),
        own["institution_id"],
        dates(rows["found"]).alias("found_on"),
        words("source", rows["source_code"]).alias("source"),
        "source_code",
        "is_found_by_county",
        "area",
        "kind",
        "is_comparable",
        words("severity", severity).alias("severity"),
        "is_major",
        "judgement_clause",
        "description",
        own["institution"].alias("responsible_unit"),
        _filled_in(dice, person, is_major, 0.993).alias("responsible_person"),
        _filled_in(dice, rows["measures"], is_major, 0.99).alias("measures"),
        "deadline_on",
        "extended_to",
        "extension_approved_on",
        "extensions",
        "interim_control",
        _filled_in(dice, _trackers(dice, homes, own), is_major, 0.98).alias("tracker"),
        "reported_on",
        "rectified_on",
        "verified_on",
        "cause",
        "status",
        _mostly(dice, dice.pick(wording()["hazards"]["remarks"], rows.height), REMARKS).alias("remark"),
    )


def _numbers(own: pl.DataFrame, rows: pl.DataFrame) -> pl.Series:
    """The ledger's number: home, year and a count, where the town numbers its hazards."""
    year = dates(rows["found"]).dt.year()
    frame = pl.DataFrame({"town": own["township_id"], "year": year, "numbered": own["numbered"]})
    count = (pl.int_range(pl.len()).over("town", "year") + 1).cast(pl.String).str.zfill(4)
    number = pl.format("YH{}-{}-{}", pl.col("town").cast(pl.String).str.zfill(2), "year", count)
    return frame.select(pl.when("numbered").then(number)).to_series()


def _trackers(dice: Dice, homes: pl.DataFrame, own: pl.DataFrame) -> pl.Series:
    """Two officers follow each town's hazards."""
    towns = own["township_id"].cast(pl.Int64) - int(homes["township_id"].min() or 1)  # type: ignore[arg-type]
    officers = dice.people(2 * homes["township_id"].n_unique())
    return officers.gather(towns * 2 + dice.whole(0, 1, own.height))


def _filled_in(dice: Dice, values: pl.Series, is_major: pl.Series, share: float) -> pl.Series:
    """Values with a few left blank, of major hazards hardly any."""
    return _mostly(dice, values, np.where(is_major, 0.996, share))


def _mostly(dice: Dice, values: pl.Series, share: float | np.ndarray) -> pl.Series:
    """Values in a share of rows, the others blank."""
    blank = pl.Series([None], dtype=values.dtype)
    return values.zip_with(pl.Series(dice.share(len(values)) < share), blank)
