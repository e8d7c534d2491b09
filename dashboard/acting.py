"""今日必督 in words: alike items grouped into lines: why it is there, who is to act, by when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard import answers
from dashboard.view import View
from dashboard.words import number, short_day
from queries.todo import BY_HOME

Row = Mapping[str, Any]

ALARMING = ("overdue_major", "unreported_major")
MOST = 200
"""So many lines are shown; nobody reads more in a day."""


@dataclass(frozen=True)
class Line:
    """How urgent, by when, what under which rule, who is to act, what is asked, and where to look."""

    when: str
    due: str
    judgement: str
    what: str
    who: str
    asks: str
    address: str


@dataclass(frozen=True)
class Todo:
    """The first lines of 今日必督, how many there are in all, and how many of those are alarming."""

    lines: Sequence[Line]
    count: int
    alarms: int


def todo(view: View, most: int = MOST) -> Todo:
    """Actions in the order of campaign.toml's rules as lines; a hazard under two rules stands once."""
    found = answers.todo_lines(view.code, view.as_of, view.filters, most, ALARMING)
    rows = found.to_dicts()
    count, alarms = (rows[0]["lines"], rows[0]["alarms"]) if rows else (0, 0)
    return Todo([_line(view, row) for row in rows], count, alarms)


def order(rules: Mapping[str, Mapping[str, str]]) -> str:
    """The written rules by which the lines are ordered."""
    ranked = "、".join(rule["action_name"] for rule in rules.values())
    return f"次序：{ranked}；同类中从未报送的在前，逾期久的在前，再按期限先后、乡镇次序。"


def _line(view: View, row: Row) -> Line:
    return Line(
        _when(view, row),
        _due(view, row),
        _judgement(row["action"]),
        _what(row),
        f"{row['actor']}｜{_where(row)}",
        f"{row['asks']}（依据方案{row['clause']}）",
        _address(view, row),
    )


def _judgement(action: str) -> str:
    return "alarm" if action in ALARMING else "muted" if action == "silent_township" else "warn"


def _is_own(row: Row) -> bool:
    """Whether a line is of one home or town."""
    return row["action"] in BY_HOME or row["action"] == "silent_township"


def _when(view: View, row: Row) -> str:
    """How long it is overdue, or how long is left; of a group the longest, or the soonest."""
    days = row["longest"] if row["days"] is not None else 0
    if row["action"] == "silent_township":
        silent = answers.setting(view.code, "silent_days")
        return f"{days + silent:g} 天未报" if row["days"] is not None else "从未报送"
    if row["action"] == "unreported_major":
        return f"{days + answers.setting(view.code, 'prompt_days'):g} 天未报"
    if days > 0:
        return f"最长 {days} 天" if row["items"] > 1 else f"逾期 {days} 天"
    return "今天到期" if days == 0 else f"{-days} 天后到期"


def _due(view: View, row: Row) -> str:
    """By when; of a group the earliest day."""
    if row["due_on"] is None:
        return ""
    return f"{'限' if row['due_days'] == 1 else '最早'} {short_day(row['due_on'], view.as_of)}"


def _what(row: Row) -> str:
    """The rule it is listed under, and what of."""
    name = str(row["action_name"])
    if row["action"] in BY_HOME:
        also = row["action"] != "unreported_major" and row["is_unreported"]
        more = f"等 {row['items']} 处" if row["items"] > 1 else ""
        return f"{name}{'、未及时上报' if also else ''}：{row['subject']}{more}"
    if row["duty"] or row["task"]:
        kind = "机构" if row["institution"] else "镇" if row["township"] else "县局"
        return f"{name}：{row['subject']}（{kind}）"
    if row["action"] == "silent_township":
        return f"{name}：{row['township']}（{row['subject']}）"
    return name


def _where(row: Row) -> str:
    if row["action"] == "silent_township":
        return f"{row['township']}民政办"
    if not _is_own(row):
        return f"{number(row['items'])} 项：{_spread(row)}"
    people = f"{_named(row['people']) or '责任人未写'}（督办 {_named(row['trackers']) or '未写'}）"
    return f"{row['township']} {row['institution']} {people}"


def _named(people: list[str] | None) -> str:
    return "、".join(dict.fromkeys(people or ()))


def _spread(row: Row) -> str:
    """Over which towns a group spreads, the most first."""
    more = f" 等 {row['towns']} 镇" if row["towns"] > 3 else ""
    return "、".join(f"{each['township'] or '县民政局'} {each['items']}" for each in row["most"]) + more


def _address(view: View, row: Row) -> str:
    if row["action"] == "silent_township":
        return view.link("quality", township=row["township"])
    chosen = {"institution": row["institution"]} if _is_own(row) else {}
    return view.link(
        "records", action=row["action"], duty=row["duty"], period=row["period"], task=row["task"], **chosen
    )
