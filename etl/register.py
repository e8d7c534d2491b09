"""The register: institution rows made one institution each, with every name it is known by."""

from collections import defaultdict
from itertools import pairwise
from typing import NamedTuple

import polars as pl

from etl.identify import settled, told
from etl.issues import Judged
from etl.ledgers import INSTITUTIONS
from etl.match import Entry, Register, register_of
from etl.merge import Merged, merge
from etl.names import key, nearest, without_area
from etl.same import Groups
from etl.townships import Townships

FIELDS = [field.name for field in INSTITUTIONS.fields if field.name != "township"]


class TownMatch(NamedTuple):
    """A town, or the rule that refuses and the nearest towns."""

    township_id: int | None
    rule: str | None = None
    detail: str | None = None


def with_townships(judged: Judged, townships: Townships) -> Judged:
    """Add township_id to institution rows; a town that is not on the list refuses the row."""
    said = judged.rows.filter(pl.col("township").is_not_null())
    schema = {"township_id": pl.Int32, "rule": pl.String, "detail": pl.String}
    return settled(
        judged,
        told(said, ["township"], lambda text: match_town(text, townships), schema),
        "township",
        "township_id",
    )


def match_town(text: str, townships: Townships) -> TownMatch:
    """The town a cell names, with or without 镇, the county in front or a village behind."""
    town = townships.place(text)
    if town is None:
        return TownMatch(None, "township_not_found", nearest(text, (town.name for town in townships.towns)))
    return TownMatch(town)


def same_institutions(rows: pl.DataFrame, townships: Townships) -> pl.DataFrame:
    """Add `record`: rows of one credit code, else of one name in one town, else of a name and a former name.

    Rows whose credit codes differ are never one institution.
    """
    groups = Groups(rows["row_id"])
    codes = {
        row: {key(code)} if code else set() for row, code in rows.select("row_id", "credit_code").iter_rows()
    }
    for one, other in _pairs(rows, townships):
        first, second = sorted((groups.find(one), groups.find(other)))
        if first != second and len(codes[first] | codes[second]) < 2:
            groups.join(first, second)
            codes[first] |= codes[second]
    record = {row: groups.find(row) for row in groups.parents}
    return rows.with_columns(pl.col("row_id").replace_strict(record, return_dtype=pl.UInt32).alias("record"))


def _pairs(rows: pl.DataFrame, townships: Townships) -> list[tuple[int, int]]:
    """Neighbouring rows that share a code, then a name, then a name and a former name."""
    shared: dict[tuple[int, object], list[int]] = defaultdict(list)
    for row, code, name, town, former in rows.select(
        "row_id", "credit_code", "institution", "township_id", "former_names"
    ).iter_rows():
        if code:
            shared[0, key(code)].append(row)
        shared[1, (town, _rest(name, townships))].append(row)
        for known in {name, *(former or ())}:
            shared[2, (town, _rest(known, townships))].append(row)
    return [
        pair for _, group in sorted(shared.items(), key=lambda item: item[0][0]) for pair in pairwise(group)
    ]


def _rest(name: str, townships: Townships) -> str:
    town, rest = townships.leading(without_area(key(name), townships.county))
    return rest if town and rest else without_area(key(name), townships.county)


def merge_institutions(rows: pl.DataFrame, townships: Townships) -> Merged:
    """Institution rows that share a `record` made one each.

    records: the fields of the ledger, township_id instead of the town, institution_id (by town and name); the
    names made unique, former_names (never null) with every other name the rows give, codes (every code).
    """
    merged = merge(rows, INSTITUTIONS, [*FIELDS, "township_id"])
    known = rows.group_by("record").agg(
        pl.col("institution").unique().alias("names"),
        pl.col("former_names").explode().drop_nulls().unique().alias("others"),
        pl.col("credit_code").drop_nulls().unique().alias("codes"),
    )
    others = pl.concat_list("names", "others").list.unique().list.sort()
    records = merged.records.join(known, on="record", how="left").with_columns(
        others.list.set_difference(pl.concat_list("institution")).list.sort().alias("former_names")
    )
    named = _uniquely_named(records, townships).sort("township_id", "institution", "record")
    numbered = named.with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int32).alias("institution_id"))
    return merged._replace(records=numbered)


def _uniquely_named(records: pl.DataFrame, townships: Townships) -> pl.DataFrame:
    """Namesakes get their town behind the name, and, within one town, a number too."""
    town = pl.col("township_id").replace_strict(
        {town.township_id: town.name for town in townships.towns}, return_dtype=pl.String
    )
    namesakes = pl.len().over("institution") > 1
    within = pl.int_range(1, pl.len() + 1).over("institution", "township_id")
    number = pl.when(within > 1).then(within.cast(pl.String)).otherwise(pl.lit(""))
    marked = pl.format("{}（{}{}）", "institution", town, number)
    ordered = records.sort("record").with_columns(pl.col("institution").alias("written_name"))
    return ordered.with_columns(pl.when(namesakes).then(marked).otherwise("institution").alias("institution"))


def build_register(records: pl.DataFrame, townships: Townships) -> Register:
    """What other ledgers are matched against: the merged institutions."""
    columns = ("institution_id", "institution", "written_name", "township_id", "codes", "former_names")
    entries = (
        Entry(number, name, town, frozenset(codes), frozenset({written}), frozenset(former))
        for number, name, written, town, codes, former in records.select(columns).iter_rows()
    )
    return register_of(entries, townships)
