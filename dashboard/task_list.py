"""Tasks of the phases: how many are done, late and unsupported; which units are behind on which."""

import polars as pl

from dashboard import answers, markup
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


def behind(view: View) -> None:
    """Tasks past their day and not done, by task, with the units' names."""
    late = answers.listed(view.code, "tasks", view.as_of, view.filters).where("is_overdue")
    grouped = answers.tally(
        view.code,
        late,
        ("task", "task_name", "phase_name", "clause", "due_on"),
        "due_on, task",
        units="count(*)",
        names=f"list(unit order by unit)[:{MOST_NAMES}]",
    )
    count = int(grouped["units"].sum())
    markup.title(
        f"{number(count)} 项任务已过期限仍未完成" if count else "没有逾期未完成的任务",
        "按期限先后，列出单位",
    )
    if not count:
        return
    heads = ("任务", "阶段", "期限", "逾期（天）", "未完成（个）", "未完成单位", "方案条款")
    rows = [
        (
            wide(row["task_name"]),
            kept(row["phase_name"]),
            kept(row["due_on"]),
            number((view.as_of - row["due_on"]).days),
            number(row["units"]),
            wide(names(row["names"], MOST_NAMES, row["units"])),
            kept(row["clause"]),
        )
        for row in grouped.iter_rows(named=True)
    ]
    plain_table.draw("逾期未完成的任务", heads, rows, numbers=(3, 4))


def unsupported(view: View) -> None:
    """Tasks reported done that the records do not bear out, by name (方案 四（一）—（五）)."""
    tasks = answers.listed(view.code, "tasks", view.as_of, view.filters)
    grouped = answers.tally(
        view.code,
        tasks.where("is_done and not is_supported"),
        ("task", "task_name"),
        "task",
        units="count(*)",
        names=f"list(unit order by township_id nulls first, unit)[:{2 * MOST_NAMES}]",
    )
    count = int(grouped["units"].sum())
    markup.title(
        f"{number(count)} 项任务上报完成，但台账记录不支持" if count else "上报完成的任务都有台账佐证",
        "只核对能从台账量出的任务；请要求单位补报佐证或更正",
    )
    if not count:
        return
    rows = [
        (
            wide(row["task_name"]),
            number(row["units"]),
            wide(names(row["names"], 2 * MOST_NAMES, row["units"])),
        )
        for row in grouped.iter_rows(named=True)
    ]
    plain_table.draw("上报完成但记录不支持", ("任务", "单位数", "单位"), rows, numbers=(1,))
