"""What is overdue, and which major hazards are open, by name."""

from collections.abc import Iterator, Mapping
from typing import Any

from dashboard import answers, late, listing, sentences
from dashboard.slides import paging, said
from dashboard.slides.parts import Entry, Slide, Table
from dashboard.tokens import JUDGEMENT_COLOURS, MAJOR
from dashboard.view import View
from dashboard.words import day, number
from queries.rows import Rows

HEADS = ("等级", "乡镇", "机构", "隐患", "期限", "逾期天数", "责任人", "督办人")
WIDTHS = (0.7, 1.1, 2.0, 3.6, 1.45, 0.95, 0.95, 0.95)
MOST = 9
MOST_LISTED = 500
"""Beyond so many no meeting reads on."""


def slides(view: View) -> Iterator[Slide]:
    found = late.of(view)
    overdue = _named(view, answers.behind(view.code, "overdue", view.as_of, view.filters))
    majors = answers.behind(view.code, "major_open", view.as_of, view.filters).where("not is_overdue")
    rows = [*_urgent(view, overdue), *_urgent(view, majors)]
    title = sentences.overdue(found)
    open_majors = answers.count(view.code, majors)
    named = answers.count(view.code, overdue)
    more = f"；另列未到期的重大隐患 {number(open_majors)} 处" if open_majors else ""
    if named < found.count:
        more += f"；一般隐患 {number(found.count - named)} 处由各县区逐项督办，不列"
    if len(rows) < named + open_majors:
        more += f"；各只列前 {MOST_LISTED} 处，其余见清单"
    source = said.source(view, f"重大在前，逾期久的在前{more}")
    notes = said.notes(view, "overdue", "major_open")
    table = Table(HEADS, [_row(row) for row in rows], WIDTHS, (5,), "没有逾期未整改的隐患。")
    for part, shown in paging.tables(table, MOST, title, source):
        yield Slide("overdue", f"{title}{part}", [shown], source, notes)


def _named(view: View, overdue: Rows) -> Rows:
    """What is overdue and told by name: where counties stand side by side the major ones alone."""
    return overdue.where("is_major") if view.by == "county" else overdue


def _urgent(view: View, rows: Rows) -> list[dict[str, Any]]:
    return answers.taken(view.code, listing.urgent_first(rows), most=MOST_LISTED).to_dicts()


def _row(row: Mapping[str, Any]) -> list[Entry]:
    is_late = row["is_overdue"]
    return [
        Entry(row["severity"], ink=MAJOR, is_bold=True) if row["is_major"] else Entry(row["severity"]),
        Entry(row["township"]),
        Entry(row["institution"]),
        Entry(row["description"]),
        Entry(day(row["due_on"])),
        Entry(number(row["days_overdue"]), ink=JUDGEMENT_COLOURS["alarm"], is_bold=True)
        if is_late
        else Entry("未到期"),
        Entry(row["responsible_person"] or "未写"),
        Entry(row["tracker"] or "未写"),
    ]
