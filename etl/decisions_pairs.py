"""Decided pairs of hazards found again among the rows and records of a load."""

from collections.abc import Sequence

import polars as pl

from etl.decisions import HazardKey, Pair
from etl.match import Register
from etl.names import key
from etl.same import joined, text_key

SIDES = pl.Schema(
    {
        "pair": pl.UInt32,
        "is_one": pl.Boolean,
        "is_same": pl.Boolean,
        "institution_id": pl.Int32,
        "found_on": pl.Date,
        "text": pl.String,
        "number": pl.String,
    }
)
"""Two lines a pair: what it says of one hazard and of the other."""


def pair_sides(pairs: Sequence[Pair], register: Register) -> pl.DataFrame:
    """Both sides of every pair, with the columns of SIDES; none is found of an institution gone."""
    latest = {frozenset((_key(pair.one), _key(pair.other))): pair for pair in pairs}
    lines = [
        (place, is_one, pair.same, *_said(side, register))
        for place, pair in enumerate(latest.values())
        for is_one, side in ((True, pair.one), (False, pair.other))
    ]
    return pl.DataFrame(lines, schema=SIDES, orient="row").with_columns(text_key("text"), text_key("number"))


def _key(side: HazardKey) -> tuple[object, ...]:
    return key(side.institution), side.found_on, key(side.description), key(side.hazard_number or "")


def _said(side: HazardKey, register: Register) -> tuple[object, ...]:
    return register.known_as(side.institution), side.found_on, side.description, side.hazard_number


def join_decided(rows: pl.DataFrame, sides: pl.DataFrame) -> pl.DataFrame:
    """Hazard rows with `record`, the records of pairs decided to be the same made one."""
    pairs = _pairs(rows, sides.filter("is_same"), "record")
    if pairs.is_empty():
        return rows
    records = joined(rows["record"].unique(), pairs.iter_rows())
    return rows.with_columns(pl.col("record").replace_strict(records, return_dtype=pl.UInt32))


def undecided(listed: pl.DataFrame, records: pl.DataFrame, sides: pl.DataFrame) -> pl.DataFrame:
    """Of the pairs listed as possible duplicates (one, other: row_ids of winners), those nobody decided."""
    decided = _pairs(records, sides, "winner")
    both = pl.concat([decided, decided.select(one="other", other="one")])
    return listed.join(both, on=["one", "other"], how="anti", maintain_order="left")


def _pairs(rows: pl.DataFrame, sides: pl.DataFrame, name: str) -> pl.DataFrame:
    """The decided pairs there are, as distinct values of a column: one, other."""
    if sides.is_empty():
        return pl.DataFrame(schema={"one": rows.schema[name], "other": rows.schema[name]})
    found = _found(rows, sides, name)
    one, other = (found.filter(is_one=side) for side in (True, False))
    pairs = one.select("pair", one=name).join(other.select("pair", other=name), on="pair")
    return pairs.filter(pl.col("one") != pl.col("other")).select("one", "other").unique(maintain_order=True)


def _found(rows: pl.DataFrame, sides: pl.DataFrame, name: str) -> pl.DataFrame:
    """What each side speaks of. Where a number is missing day and text decide, unless one fits wholly."""
    said = rows.select(
        name,
        "institution_id",
        "found_on",
        text_key("description").alias("text"),
        text_key("hazard_number").alias("written"),
    )
    alike = sides.join(said, on=["institution_id", "found_on", "text"]).with_columns(
        is_whole=pl.col("number").eq_missing(pl.col("written"))
    )
    fitting = alike.filter(
        pl.col("is_whole") | pl.any_horizontal(pl.col("number", "written").is_null()),
    )
    best = fitting.filter(pl.col("is_whole") == pl.col("is_whole").max().over("pair", "is_one"))
    return best.select("pair", "is_one", name).unique(maintain_order=True)
