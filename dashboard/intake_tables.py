"""What came in: each town's last report and rows, and the reasons of what is not counted."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from dashboard import answers, markup
from dashboard.markup import Html
from dashboard.parts import plain_table
from dashboard.view import View
from dashboard.words import day, number

Row = Mapping[str, Any]

TOWNS = """
select
    townships.township,
    max(source_files.reported_on) as reported_on,
    count(distinct source_files.path) as files,
    sum(source_files.rows_read)::integer as rows_read,
    sum(source_files.rows_refused)::integer as rows_refused,
    sum(source_files.rows_warned)::integer as rows_warned,
from townships
left join source_files using (township_id)
group by townships.township_id, townships.township
order by townships.township_id
"""


def towns(view: View) -> None:
    """Each town's last report, how long ago, and its rows."""
    rows = [row for row in answers.ask(view.code, TOWNS).to_dicts() if row["township"] in view.towns]
    silent = answers.setting(view.code, "silent_days")
    late = [row["township"] for row in rows if _age(row["reported_on"], view.as_of) > silent]
    message = (
        f"{len(late)} 个镇超过 {silent:g} 天未报送：{'、'.join(late)}"
        if late
        else f"各镇都在 {silent:g} 天内报送过"
    )
    markup.title(message, "填报日期取自表内，没有则取文件名中的日期")
    heads = ("乡镇", "最近填报", "距今（天）", "文件", "数据行", "未计入", "有提醒")
    plain_table.draw("各镇报送", heads, [_town(row, view, silent) for row in rows], numbers=range(1, 7))


def _age(reported_on: date | None, as_of: date) -> float:
    return (as_of - reported_on).days if reported_on else float("inf")


def _town(row: Row, view: View, silent: float) -> tuple[object, ...]:
    age = _age(row["reported_on"], view.as_of)
    ago = number(age) if row["reported_on"] else "从未"
    shown = Html(f'<b class="alarm">● {ago}</b>') if age > silent else ago
    counts = (number(row[key]) for key in ("files", "rows_read", "rows_refused", "rows_warned"))
    return row["township"], day(row["reported_on"]), shown, *counts


def reasons(view: View, source: str, title: str) -> None:
    """How often each rule spoke, with one example of what it said."""
    sql = f"""
        select rule, count(*) as n, count(distinct (block_id, row_number)) as rows, min(message) as message,
        from {source} group by rule order by n desc, rule
    """
    found = answers.ask(view.code, sql).to_dicts()
    markup.title(title, f"{sum(row['rows'] for row in found)} 行，按原因归类；逐行明细见下")
    if not found:
        markup.empty("没有。")
        return
    lines = [(number(row["n"]), row["message"]) for row in found]
    plain_table.draw(title, ("次数", "原因与办法（举一例）"), lines, numbers=(0,))
