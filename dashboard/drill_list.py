"""Evacuation drills: how long they took, the longest first, and what came to light."""

import polars as pl

from dashboard import answers, markup, table
from dashboard.view import View
from dashboard.words import number
from queries import records


def draw(view: View) -> None:
    rows = answers.table(view.code, "drills", view.as_of, view.filters).filter("is_evacuation")
    timed = rows["evacuation_minutes"].drop_nulls()
    if rows.is_empty():
        markup.title("没有疏散逃生演练记录")
        return
    middle = timed.median()
    said = f"疏散用时一半在 {number(float(str(middle)))} 分钟以内" if timed.len() else "都没有写疏散用时"
    silent = rows.height - timed.len()
    tail = f"；{number(silent)} 次没有写用时" if silent and timed.len() else ""
    markup.title(f"{number(rows.height)} 次疏散逃生演练，{said}{tail}", "用时最长的在前，单位：分钟")
    ordered = rows.sort(pl.col("evacuation_minutes"), descending=True, nulls_last=True)
    every = records.titles("drills")
    titles = {
        name: every[name] for name in ("township", "institution", "drilled_on", "evacuation_minutes")
    } | every
    table.draw(ordered, titles, "drills", f"疏散演练_{view.as_of:%Y-%m-%d}", "没有疏散演练记录。")
