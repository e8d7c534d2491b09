"""What came in: each town's last report and rows, and the reasons of what is not counted."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from dashboard import answers, lagging, markup, most, registers
from dashboard.markup import Html
from dashboard.parts import plain_table
from dashboard.view import View
from dashboard.words import day, names, number
from queries.rows import Rows

Row = Mapping[str, Any]
MOST_NAMES = 16

TOWNS = """
with counts as (
    select
        township_id,
        count(distinct path) as files,
        sum(rows_read)::integer as rows_read,
        sum(rows_refused)::integer as rows_refused,
        sum(rows_warned)::integer as rows_warned,
    from source_files
    group by township_id
)

select * from reports_as_of($as_of) left join counts using (township_id) order by township_id
"""


def counties(view: View) -> None:
    """Of several counties looked at: up to which day each one's ledgers are known."""
    if view.by != "county":
        return
    known, late = registers.known_to(view.code), lagging.counties(view)
    stale = answers.setting(view.code, "stale_days")
    message = f"{len(late)} 个县区的数据没有更新到这一天" if late else "各县区的数据都更新到这一天前后"
    markup.title(message, f"比 {view.as_of} 早 {stale:g} 天以上的，后来的整改、培训等还没有计入")
    rows = [_county(name, known[name], view.as_of, is_late=name in late) for name in view.counties]
    plain_table.draw("各县区数据", ("县区", "数据截至", "早（天）"), rows, numbers=(1, 2))


def _county(name: str, known_to: date, as_of: date, *, is_late: bool) -> tuple[object, ...]:
    ago = number(max((as_of - known_to).days, 0))
    return name, day(known_to), Html(f'<b class="alarm">● {ago}</b>') if is_late else ago


def towns(view: View) -> None:
    """Each town's last report, how long ago, and its rows."""
    towns_shown = set(view.towns)
    rows = [
        row
        for row in answers.ask(view.code, TOWNS, as_of=view.as_of).to_dicts()
        if row["township"] in towns_shown
    ]
    late = [row["township"] for row in rows if row["is_silent"]]
    silent = answers.setting(view.code, "silent_days")
    message = (
        f"{len(late)} 个镇超过 {silent:g} 天未报送：{names(late, MOST_NAMES)}"
        if late
        else f"没有超过 {silent:g} 天未报送的镇"
    )
    markup.title(message, f"截至 {view.as_of}；填报日期取自表内，没有则取文件名中的日期")
    heads = ("乡镇", "最近填报", "距今（天）", "文件", "数据行", "未计入", "有提醒")
    shown = most.cut(rows, lambda row: row["days_silent"] if row["reported_on"] else float("inf"))
    plain_table.draw("各镇报送", heads, [_town(row) for row in shown], numbers=range(1, 7))
    most.note(len(rows), "个镇")


def _town(row: Row) -> tuple[object, ...]:
    ago = number(row["days_silent"]) if row["reported_on"] else "未见报送"
    shown = Html(f'<b class="alarm">● {ago}</b>') if row["is_silent"] else ago
    counts = (number(row[key] or 0) for key in ("files", "rows_read", "rows_refused", "rows_warned"))
    return row["township"], day(row["reported_on"]), shown, *counts


SUM = "coalesce(sum(rows_{}), 0)::bigint"


def total(view: View, files: Rows) -> Row:
    """What was read in all: [files, unread, read, taken, merged, refused]; `files`: the list of sources."""
    return answers.tally(
        view.code,
        files,
        files="count(distinct path)",
        unread="count(distinct path) filter (reason is not null and reason <> '')",
        read=SUM.format("read"),
        taken=SUM.format("taken"),
        merged=SUM.format("merged"),
        refused=SUM.format("refused"),
    ).row(0, named=True)


def reasons(view: View, rows: Rows, title: str) -> None:
    """How often each rule spoke, with one example of what it said.

    `rows`: [block_id, row_number, rule, message].
    """
    found = answers.tally(
        view.code, rows, ("rule",), "times desc, rule", times="count(*)", message="min(message)"
    )
    lines = answers.tally(view.code, rows, lines="count(distinct (block_id, row_number))").item()
    markup.title(title, f"{number(lines)} 行，按原因归类；逐行明细见下")
    if found.is_empty():
        markup.empty("没有。")
        return
    shown = [(number(times), message) for _, times, message in found.iter_rows()]
    plain_table.draw(title, ("次数", "原因与办法（举一例）"), shown, numbers=(0,))
