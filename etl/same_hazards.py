"""Which hazard rows are one: by two of number, day and text, and never two unlike rows of one sheet."""

import re
from collections.abc import Sequence

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

BARE_NUMBER = r"^(?:第|NO\.?)?0*\d{1,3}(?:号|#)?$"
"""A number every office counts for itself: equal ones of two offices say little."""

ALIKE = (
    ("number", "found_on", "text"),
    ("found_on", "text", "rest"),
    ("number", "text"),
    ("found_on", "text"),
)
"""What makes rows of different sheets one hazard, the surest first: where rows compete, it goes first."""


MANY = 30
"""Rows of one key are all compared up to here: thousands on one day are a broken file, and would not end."""


def same_hazards(rows: pl.DataFrame, fields: list[str]) -> pl.DataFrame:
    """Add `record` to hazard rows: exact repeats are one, then rows of different sheets that share two keys.

    Two rows of one sheet that differ in any cell stay two, so a workbook sent again changes nothing.
    """
    keyed = rows.with_columns(
        text_key("description").alias("text"),
        _number_key(),
        pl.col("row_id").min().over("institution_id", *fields, "rest").alias("first"),
    )
    pairs = _pairs(keyed.filter(pl.col("row_id") == pl.col("first")))
    paired = keyed.filter(pl.col("first").is_in({row for pair in pairs for row in pair}))
    sheets: dict[int, set[int]] = {}
    for first, sheet in paired.select("first", "sheet_id").unique().iter_rows():
        sheets.setdefault(first, set()).add(sheet)
    record = pl.col("first").replace(_joined(sheets, pairs))
    return keyed.with_columns(record.alias("record")).drop("first", "text", "number")


def _number_key() -> pl.Expr:
    """A hazard's number without blanks, width and case, its dashes alike."""
    plain = pl.col("hazard_number").str.normalize("NFKC").str.replace_all(r"\s", "")
    return plain.str.replace_all("[‐-―−]", "-").str.to_uppercase().alias("number")


def _pairs(firsts: pl.DataFrame) -> list[tuple[int, int]]:
    """Pairs of one hazard, the surest first, then in the order of files, sheets and rows."""
    is_bare = pl.col("number").str.contains(BARE_NUMBER)
    numbered = ("number", "found_on")
    pairs = [
        *(_pairs_by(firsts, keys) for keys in ALIKE),
        _pairs_by(firsts.filter(~is_bare), numbered),
        _near(_pairs_by(firsts.filter(is_bare), numbered), firsts),
    ]
    return pl.concat(pairs).rows()


def _pairs_by(rows: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """Every two rows of an institution with equal keys, none of them blank; of too many, the neighbours.

    Columns: one, other, in the order of the groups' first rows.
    """
    group = ["institution_id", *keys]
    several = rows.lazy().drop_nulls(keys).filter(pl.len().over(group) > 1).sort("row_id")
    grouped = several.select(
        pl.col("row_id").min().over(group).alias("first"),
        pl.col("row_id").alias("one"),
        (pl.len().over(group) > MANY).alias("is_many"),
    ).collect()
    few, many = grouped.filter(~pl.col("is_many")), grouped.filter("is_many")
    compared = few.join(few.select("first", other="one"), on="first").filter(pl.col("one") < pl.col("other"))
    neighbours = many.with_columns(other=pl.col("one").shift(-1).over("first")).drop_nulls("other")
    return pl.concat([compared, neighbours.select(compared.columns)]).sort("first", "one", "other")[
        ["one", "other"]
    ]


def _near(pairs: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Those of the pairs whose texts say nearly the same. rows: row_id, text."""
    texts = rows.select("row_id", "text")
    told = pairs.join(texts, left_on="one", right_on="row_id", maintain_order="left").join(
        texts, left_on="other", right_on="row_id", suffix="_other", maintain_order="left"
    )
    is_near = list(map(_is_near, told["text"], told["text_other"]))
    return pairs.filter(pl.Series(is_near, dtype=pl.Boolean))


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
    rows = records.select(
        pl.col("winner").alias("row_id"),
        "institution_id",
        "found_on",
        _number_key(),
        text_key("description").alias("text"),
    )
    numbered = _pairs_by(rows, ["number"]).with_columns(reason=pl.lit("same_number"))
    alike = _near(_pairs_by(rows, ["found_on"]), rows).with_columns(reason=pl.lit("near_text"))
    return pl.concat([numbered, alike.join(numbered, on=["one", "other"], how="anti")]).sort("one", "other")


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
