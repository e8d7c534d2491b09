"""The cases worked by hand as readers see them, in Chinese: tables of facts, then what they come to."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from queries.campaign import read_campaign
from queries.cases import Answer, Table, added, case, figures
from queries.catalog import DIMENSIONS, Metric
from queries.records import headings, known_kind

LISTED_AS = {"task_progress": "tasks"}
"""The list of records that shows a table of another name."""

UNSAID = (
    "例子里没有写明的：有甲镇、乙镇两个镇，甲镇有甲院一家机构；"
    "隐患是镇级检查发现的一般隐患，环节用电，类别电气线路老化。"
)


class Told(NamedTuple):
    """A table in Chinese; a blank cell is ''."""

    title: str
    heads: list[str]
    rows: list[list[str]]


def told(metric: Metric) -> list[Told]:
    """Put the case of a metric into words: its facts, then each of its answers with the sum worked out."""
    one = case(metric.code)
    return [*map(_facts, one.facts), *(_answer(answer, metric) for answer in one.answers)]


def _facts(table: Table) -> Told:
    kind = LISTED_AS.get(table.title, table.title)
    titles = headings(kind) | {"why": "说明"}
    rows = [["是" if cell == "true" else cell for cell in row] for row in table.rows]
    return Told(known_kind(kind).name, [titles[head] for head in table.heads], rows)


def _answer(answer: Answer, metric: Metric) -> Told:
    window = answer.filters
    since = f"，统计期自 {window.since} 起" if window.since else ""
    until = f"，到 {window.until} 止" if window.until else ""
    heads = [*(DIMENSIONS[name] for name in answer.by), metric.name]
    rows = [[*_group(row, answer), _sum(row, metric)] for row in answer.table.records()]
    return Told(f"截至 {answer.as_of}{since}{until}", heads, rows)


def _group(row: dict[str, str], answer: Answer) -> Iterator[str]:
    for name in answer.by:
        yield _phases().get(row[name], row[name])


@cache
def _phases() -> dict[str, str]:
    return {phase.phase: phase.phase_name for phase in read_campaign().phases}


def _sum(row: dict[str, str], metric: Metric) -> str:
    """Write out `(1 + 1) ÷ 3 = 66.7%`, `1 + 1 = 2 处`, or a median with what it is of."""
    _, _, value = figures(row)
    said = _said(value, metric)
    if "rate" in row:
        return f"{row['rate'].replace('/', '÷')} = {said}"
    if "count" in row:
        return f"{row['count']} = {said}" if "+" in row["count"] else said
    return f"{said}（{added(row['of'])} 个中结束了 {added(row['events'])} 个）"


def _said(value: float | None, metric: Metric) -> str:
    if value is None:
        return "—"
    return f"{round(value * 100, 1):g}%" if metric.unit == "percent" else f"{value:g} {metric.unit_name}"
