"""Messages of slides that no page says: duties of the running periods, what changed, what to decide."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dashboard import answers
from dashboard.acting import Todo
from dashboard.words import moved, names, number

Row = Mapping[str, Any]
SPOKEN = ("rectification_rate", "overdue", "major_open")
"""The changes the title tells."""


def duties(running: Sequence[tuple[str, Row]], as_of: date) -> str:
    """本期 5 项职责：季度自查差 21 家（余 38 天）、年度演练差 8 家（余 38 天）；标准宣贯已全部落实.

    `running`: a name and its running period: [period_to, asked, met].
    """
    if not running:
        return "没有正在进行的职责周期"
    owing = [
        f"{name}差 {number(row['asked'] - row['met'])} 家（余 {(row['period_to'] - as_of).days} 天）"
        for name, row in running
        if row["met"] < row["asked"]
    ]
    done = [name for name, row in running if row["met"] == row["asked"]]
    parts = ["、".join(owing)] if owing else []
    if done:
        parts.append(f"{names(done)}已全部落实")
    return f"本期 {len(running)} 项职责：" + "；".join(parts)


def changes(moves: Mapping[str, float | None], earlier: date) -> str:
    """与 10-24 相比：整改率 −0.5 个百分点，逾期未整改 +15 处."""
    told = [
        f"{answers.metric(code).name} {moved(move, answers.metric(code))}"
        for code in SPOKEN
        if (move := moves[code]) is not None
    ]
    return f"与 {earlier.isoformat()} 相比：" + ("，".join(told) if told else "当时尚无可比的数")


def decide(todo: Todo) -> str:
    """今天要定的 16 项，其中重大隐患逾期或未报 3 项."""
    if not todo.count:
        return "今天没有必须督办的事项"
    tail = f"，其中重大隐患逾期或未上报 {number(todo.alarms)} 项" if todo.alarms else ""
    return f"今天要督办的 {number(todo.count)} 项{tail}"
