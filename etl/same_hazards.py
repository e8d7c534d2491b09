"""Which hazard rows are one: by two of number, day and text, and never two unlike rows of one sheet."""

from itertools import combinations

import polars as pl
from rapidfuzz import fuzz

from etl.issues import issues_of
from etl.same import Groups, text_key

NEAR = 85
"""Texts of one day this much alike (of 100) are listed as possible duplicates."""

TWO_KEYS = (
    ("hazard_number", "found_on", "text"),
    ("hazard_number", "text"),
    ("hazard_number", "found_on"),
    ("found_on", "text"),
)
"""What makes rows of different sheets one hazard, the surest first: where rows compete, it goes first."""


def same_hazards(rows: pl.DataFrame, fields: list[str]) -> pl.DataFrame:
    """Add `record` to hazard rows: exact repeats are one, then rows of different sheets that share two keys.

    Two rows of one sheet that differ in any field stay two, so a workbook sent again changes nothing.
    """
    keyed = rows.with_columns(
        text_key("description").alias("text"),
        pl.col("row_id").min().over("institution_id", *fields).alias("first"),
    )
    sheets: dict[int, set[int]] = {}
    for first, sheet in keyed.select("first", "sheet_id").unique().iter_rows():
        sheets.setdefault(first, set()).add(sheet)
    records = _joined(sheets, _pairs(keyed.filter(pl.col("row_id") == pl.col("first"))))
    return keyed.with_columns(
        pl.col("first").replace_strict(records, return_dtype=pl.UInt32).alias("record")
    ).drop("first", "text")


def _pairs(firsts: pl.DataFrame) -> list[tuple[int, int]]:
    """Pairs that share two keys, the surest first, then in the order of files, sheets and rows."""
    return [
        pair
        for keys in TWO_KEYS
        for group in _sharing(firsts.drop_nulls(keys), ["institution_id", *keys])
        for pair in combinations(group, 2)
    ]


def _sharing(rows: pl.DataFrame, keys: list[str]) -> list[list[int]]:
    """The row_ids of each group with equal keys, where there are several."""
    several = rows.filter(pl.len().over(keys) > 1).sort("row_id")
    return several.group_by(keys, maintain_order=True).agg("row_id")["row_id"].to_list()


def _joined(sheets: dict[int, set[int]], pairs: list[tuple[int, int]]) -> dict[int, int]:
    """Each first row's group; a pair is left apart where its groups already hold rows of one sheet."""
    groups = Groups(sheets)
    for one, other in pairs:
        first, second = sorted((groups.find(one), groups.find(other)))
        if first != second and not sheets[first] & sheets[second]:
            groups.join(first, second)
            sheets[first] |= sheets[second]
    return {member: groups.find(member) for member in groups.parents}


def possible_duplicates(records: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Warnings on hazards that may be one: the same number, or near-equal texts found on one day.

    records: record, winner, institution_id, hazard_number, found_on, description. places: row_id, place.
    """
    numbered = _sharing_pairs(records.drop_nulls("hazard_number"), ["institution_id", "hazard_number"])
    texts = dict(records.select("winner", text_key("description")).iter_rows())
    alike = [
        (one, other)
        for one, other in _sharing_pairs(records, ["institution_id", "found_on"])
        if fuzz.ratio(texts[one], texts[other], score_cutoff=NEAR)
    ]
    pairs = pl.DataFrame(
        sorted({*numbered, *alike}), schema={"other": pl.UInt32, "row_id": pl.UInt32}, orient="row"
    )
    told = pairs.join(places, left_on="other", right_on="row_id")
    joined = told.group_by("row_id", maintain_order=True).agg(pl.col("place").str.join("；"))
    return issues_of(joined.sort("row_id"), "description", "possible_duplicate", "warn", pl.col("place"))


def _sharing_pairs(records: pl.DataFrame, keys: list[str]) -> list[tuple[int, int]]:
    groups = _sharing(records.rename({"winner": "row_id"}), keys)
    return [pair for group in groups for pair in combinations(group, 2)]
