"""Merged records judged once more: days taken from different rows may not fit together."""

from dataclasses import replace

import polars as pl

from etl.issues import Judged
from etl.judge import Rule, judge, rules_for
from etl.merge import Merged


def judged_again(merged: Merged, kind: str) -> Merged:
    """Set aside, on the row that won, what is earlier than another day of its record allows."""
    rules = tuple(_of_record(rule) for rule in rules_for(kind, frozenset()) if rule.effect == "set_aside")
    rows = merged.records.with_columns(pl.col("winner").alias("row_id"))
    again = judge(Judged(rows, merged.issues), rules)
    return merged._replace(records=again.rows.drop("row_id"), issues=again.issues)


def _of_record(rule: Rule) -> Rule:
    """The rule told with both days, for the cell of the winner may hold neither."""
    day = pl.col(rule.field).dt.strftime("%Y-%m-%d")
    both = day if rule.detail is None else pl.format("{} 早于 {}", day, rule.detail)
    return replace(rule, rule="merged_out_of_order", detail=both)
