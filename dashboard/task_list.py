"""Tasks of the phases: how many are done, late and unsupported; which units are behind on which."""

import polars as pl

from dashboard import markup
from dashboard.parts import plain_table
from dashboard.parts.cells import kept, wide
from dashboard.parts.phase_strip import share
from dashboard.view import View
from dashboard.words import names, number, percent

MOST_NAMES = 6


def phase_table(view: View, phases: pl.DataFrame) -> None:
    """Phase by phase in figures; `phases` as answers.phase_tasks gives them."""
    heads = ("阶段", "起止", "时间进度", "任务完成", "逾期未完成", "上报完成但记录不支持", "方案条款")
    rows = [
        (
            kept(row["phase_name"]),
            kept(f"{row['from_on']} 至 {row['to_on']}"),
            percent(row["time_gone"], 0) if row["is_begun"] else "未开始",
            f"{row['done']}/{row['asked']}（{percent(share(row))}）" if row["asked"] else "—",
            number(row["late"]),
            number(row["unsupported"]),
            kept(row["clause"]),
        )
        for row in phases.iter_rows(named=True)
    ]
    plain_table.draw("各阶段任务", heads, rows, numbers=(2, 3, 4, 5))


def behind(view: View, tasks: pl.DataFrame) -> None:
    """Tasks past their day and not done, by task, with the units' names."""
    late = tasks.filter("is_overdue")
    grouped = (
        late.group_by("task", "task_name", "phase_name", "clause", "due_on")
        .agg(pl.len().alias("count"), pl.col("unit").sort())
        .sort("due_on", "task")
    )
    markup.title(
        f"{late.height} 项任务已过期限仍未完成" if late.height else "没有逾期未完成的任务",
        "按期限先后，列出单位",
    )
    if late.is_empty():
        return
    heads = ("任务", "阶段", "期限", "逾期（天）", "未完成（个）", "未完成单位", "方案条款")
    rows = [
        (
            wide(row["task_name"]),
            kept(row["phase_name"]),
            kept(row["due_on"]),
            number((view.as_of - row["due_on"]).days),
            number(row["count"]),
            wide(names(row["unit"], MOST_NAMES)),
            kept(row["clause"]),
        )
        for row in grouped.iter_rows(named=True)
    ]
    plain_table.draw("逾期未完成的任务", heads, rows, numbers=(3, 4))


def unsupported(tasks: pl.DataFrame) -> None:
    """Tasks reported done that the records do not bear out, by name (方案 四（一）—（五）)."""
    doubtful = tasks.filter(pl.col("is_done") & ~pl.col("is_supported")).sort("task", "township_id", "unit")
    markup.title(
        f"{doubtful.height} 项任务上报完成，但台账记录不支持"
        if doubtful.height
        else "上报完成的任务都有台账佐证",
        "只核对能从台账量出的任务；请要求单位补报佐证或更正",
    )
    if doubtful.is_empty():
        return
    grouped = doubtful.group_by("task", "task_name", maintain_order=True).agg(pl.len().alias("count"), "unit")
    rows = [
        (wide(row["task_name"]), number(row["count"]), wide(names(row["unit"], 2 * MOST_NAMES)))
        for row in grouped.iter_rows(named=True)
    ]
    plain_table.draw("上报完成但记录不支持", ("任务", "单位数", "单位"), rows, numbers=(1,))
