"""逐条查验: how each clause of the plan stands, in words: in full, falling short, still running."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

import polars as pl

from dashboard import judging
from dashboard.keeping import kept
from dashboard.parts import fold
from dashboard.session import connection
from dashboard.view import View
from queries import checklist
from queries.filters import Filters
from queries.judge import Judgement

Row = Mapping[str, Any]
Verdict = Literal["full", "short", "running", "nobody"]

SHORTFALLS = {
    "overdue": "逾期未完成",
    "missed": "有周期未落实",
    "unsupported": "上报完成、记录不支持",
    "late": "迟于期限完成",
    "pending": "期限未到、尚未完成",
}
"""How a unit falls short, the worst first."""
MOST_NAMED = fold.MOST_LISTED
SEVERITY: tuple[Judgement, ...] = ("alarm", "warn", "good")


class Shortfalls(NamedTuple):
    """Who falls short of which item, by name (checklist.short), and how many of which clause (concerned)."""

    named: pl.DataFrame
    concerned: Mapping[str, Row]


@kept
def items(build: str, as_of: date, filters: Filters = Filters()) -> pl.DataFrame:
    """The columns of queries.checklist.items, and verdict: a row per task or duty, in the plan's order."""
    found = checklist.items(connection(build), as_of, filters)
    failing = pl.col("overdue") + pl.col("unsupported").fill_null(0) + pl.col("late")
    left = pl.col("asked") - pl.col("done")
    verdict = (
        pl.when(failing > 0)
        .then(pl.lit("short"))
        .when(left > 0)
        .then(pl.lit("running"))
        .when(pl.col("asked") > 0)
        .then(pl.lit("full"))
        .otherwise(pl.when(pl.col("running") > 0).then(pl.lit("running")).otherwise(pl.lit("nobody")))
    )
    return found.with_columns((pl.col("done") - pl.col("on_time")).alias("late")).with_columns(
        verdict.alias("verdict")
    )


@kept
def short(build: str, as_of: date, filters: Filters = Filters()) -> pl.DataFrame:
    """Who falls short of which item, as many as are named: the columns of queries.checklist.short."""
    return checklist.short(connection(build), as_of, filters, MOST_NAMED)


@kept
def concerned(build: str, as_of: date, items: tuple[str, ...], filters: Filters = Filters()) -> pl.DataFrame:
    """How many fall short of some items, clause by clause: the columns of queries.checklist.concerned."""
    return checklist.concerned(connection(build), as_of, items, filters)


def shortfalls(view: View, rows: Sequence[Row]) -> Shortfalls:
    """Who falls short of the items in rows."""
    listed = tuple(row["item"] for row in rows)
    counts = concerned(view.code, view.as_of, listed, view.filters).to_dicts()
    named = short(view.code, view.as_of, view.filters)
    return Shortfalls(named, {row["clause"]: row for row in counts})


def headline(rows: Sequence[Row]) -> str:
    """35 项要求：12 项全部到位，17 项有短板，6 项尚在进行；缺口最大的是四（一）季度自查，32 家机构."""
    if not rows:
        return "筛选范围内没有方案要求的任务和职责"
    counts = {
        verdict: sum(row["verdict"] == verdict for row in rows) for verdict in ("full", "short", "running")
    }
    words = {"full": "全部到位", "short": "有短板", "running": "尚在进行"}
    said = "，".join(f"{count} 项{words[verdict]}" for verdict, count in counts.items() if count)
    return f"方案 {len(rows)} 项要求：{said}{_widest(rows)}"


def _widest(rows: Sequence[Row]) -> str:
    """；短板涉及单位最多的是四（一）季度自查，32 家机构."""
    row = min(rows, key=lambda row: (-row["lacking"], row["item"]))
    if not row["lacking"]:
        return ""
    units = counted(row["unit_code"], row["lacking"])
    return f"；短板涉及单位最多的是{row['clause']}{row['item_name']}，{units}"


def counted(unit_code: str, count: int) -> str:
    """16 个镇, 60 家机构, 县民政局."""
    return {"county": "县民政局", "township": f"{count} 个镇", "institution": f"{count} 家机构"}[unit_code]


def judgement(view: View, row: Row) -> Judgement | None:
    """The worse of how much is done and of how much of that the records bear out; None while it still runs.

    Done is held against phase_progress or the duty's own rate, what is borne out against task_support.
    """
    done = f"{row['item']}_rate" if row["is_duty"] else "phase_progress"
    measured = (row["supported"] or 0) + (row["unsupported"] or 0)
    is_due = row["asked"] > 0 and row["done"] + row["overdue"] == row["asked"]
    found = [
        judging.of(view, done, row["done"] / row["asked"]) if is_due else None,
        judging.of(view, "task_support", row["supported"] / measured) if measured else None,
    ]
    return next((word for word in SEVERITY if word in found and (word != "good" or is_due)), None)
