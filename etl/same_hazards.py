"""Which hazard rows are one: by two of number, day and text, and never two unlike rows of one sheet."""

import re
from itertools import combinations

import polars as pl
from rapidfuzz import fuzz

from etl.issues import issues_of
from etl.numbers import NUMERAL, chinese_number
from etl.same import Groups, text_key

NEAR = 85
"""Texts of one day this much alike (of 100) are listed as possible duplicates."""

NUMERALS = re.compile(NUMERAL)
MARKS = (re.compile(rf"[0-9]+|{NUMERAL}"), re.compile("[A-Z]+"), re.compile("[东南西北]+"))
"""What tells one place from another that is called alike: numbers, letters, points of the compass."""

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


def possible_pairs(records: pl.DataFrame) -> pl.DataFrame:
    """Hazards that may be one: of the same number, or of near-equal texts found on one day.

    records: winner, institution_id, hazard_number, found_on, description. Gives one, other (winners, the one
    read first first), reason (a key of messages.toml, duplicates).
    """
    numbered = _sharing_pairs(records.drop_nulls("hazard_number"), ["institution_id", "hazard_number"])
    texts = dict(records.select("winner", text_key("description")).iter_rows())
    alike = [
        (one, other)
        for one, other in _sharing_pairs(records, ["institution_id", "found_on"])
        if _is_near(texts[one], texts[other])
    ]
    reasons = dict.fromkeys(alike, "near_text") | dict.fromkeys(numbered, "same_number")
    return pl.DataFrame(
        sorted((*pair, reason) for pair, reason in reasons.items()),
        schema={"one": pl.UInt32, "other": pl.UInt32, "reason": pl.String},
        orient="row",
    )


def possible_duplicates(pairs: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Warnings on the later of each pair of possible_pairs. places: row_id, place."""
    told = pairs.select("one", pl.col("other").alias("row_id")).join(
        places, left_on="one", right_on="row_id", maintain_order="left"
    )
    joined = told.group_by("row_id", maintain_order=True).agg(pl.col("place").str.join("；"))
    return issues_of(joined.sort("row_id"), "description", "possible_duplicate", "warn", pl.col("place"))


def _is_near(one: str, other: str) -> bool:
    """Whether two texts say nearly the same; what is on the second floor is not what is on the third."""
    if not fuzz.ratio(one, other, score_cutoff=NEAR):
        return False
    marks = ((_marks(one, mark), _marks(other, mark)) for mark in MARKS)
    return not any(first and second and first != second for first, second in marks)


def _marks(text: str, mark: re.Pattern[str]) -> list[str]:
    """The marks of a sort in a text, in their order, numbers in the same signs."""
    found = mark.findall(text)
    return [str(chinese_number(sign)) if NUMERALS.fullmatch(sign) else sign for sign in found]


def _sharing_pairs(records: pl.DataFrame, keys: list[str]) -> list[tuple[int, int]]:
    groups = _sharing(records.rename({"winner": "row_id"}), keys)
    return [pair for group in groups for pair in combinations(group, 2)]
