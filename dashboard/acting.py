"""今日必督 in words: alike items grouped into lines: why it is there, who is to act, by when."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboard import answers
from dashboard.view import View
from dashboard.words import short_day

Row = Mapping[str, Any]

BY_HOME = frozenset({"overdue_major", "unreported_major", "major_due_soon"})
"""Rules on major hazards: one line a home. Towns that do not report have a line each, all else is grouped."""

ALARMING = frozenset({"overdue_major", "unreported_major"})


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


def lines(view: View, actions: pl.DataFrame) -> list[Line]:
    """Actions in the order of campaign.toml's rules as lines; a hazard under two rules stands once."""
    seen: set[int] = set()
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in actions.iter_rows(named=True):
        if row["hazard_id"] in seen:
            continue
        if row["hazard_id"] is not None:
            seen.add(row["hazard_id"])
        groups.setdefault(_alike(row), []).append(row)
    late = set(actions.filter(action="unreported_major")["hazard_id"])
    return [_line(view, group, late) for group in groups.values()]


def order(rules: Mapping[str, Mapping[str, str]]) -> str:
    """The written rules by which the lines are ordered."""
    ranked = "、".join(rule["action_name"] for rule in rules.values())
    return f"次序：{ranked}；同类中从未报送的在前，逾期久的在前，再按期限先后、乡镇次序。"


def _alike(row: Row) -> tuple[object, ...]:
    if row["action"] in BY_HOME:
        return row["action"], row["institution_id"]
    return (
        row["action"],
        row["duty"],
        row["period"],
        row["task"],
        row["township"] if row["action"] == "silent_township" else None,
    )


def _line(view: View, group: list[Row], late: set[int]) -> Line:
    first = group[0]
    return Line(
        _when(view, group),
        _due(view, group),
        "alarm"
        if first["action"] in ALARMING
        else "muted"
        if first["action"] == "silent_township"
        else "warn",
        _what(group, late),
        f"{first['actor']}｜{_where(group)}",
        f"{first['asks']}（依据方案{first['clause']}）",
        _address(view, first),
    )


def _is_own(row: Row) -> bool:
    """Whether a line is of one home or town."""
    return row["action"] in BY_HOME or row["action"] == "silent_township"


def _when(view: View, group: list[Row]) -> str:
    """How long it is overdue, or how long is left; of a group the longest, or the soonest."""
    first = group[0]
    days: int = max(row["days"] for row in group) if first["days"] is not None else 0
    if first["action"] == "silent_township":
        silent = answers.setting(view.code, "silent_days")
        return f"{days + silent:g} 天未报" if first["days"] is not None else "从未报送"
    if first["action"] == "unreported_major":
        return f"{days + answers.setting(view.code, 'prompt_days'):g} 天未报"
    if days > 0:
        return f"最长 {days} 天" if len(group) > 1 else f"逾期 {days} 天"
    return "今天到期" if days == 0 else f"{-days} 天后到期"


def _due(view: View, group: list[Row]) -> str:
    """By when; of a group the earliest day."""
    days = sorted({row["due_on"] for row in group if row["due_on"] is not None})
    if not days:
        return ""
    return f"{'限' if len(days) == 1 else '最早'} {short_day(days[0], view.as_of)}"


def _what(group: list[Row], late: set[int]) -> str:
    """The rule it is listed under, and what of."""
    first = group[0]
    if first["action"] in BY_HOME:
        also = first["action"] != "unreported_major" and any(row["hazard_id"] in late for row in group)
        more = f"等 {len(group)} 处" if len(group) > 1 else ""
        return f"{first['action_name']}{'、未及时上报' if also else ''}：{first['subject']}{more}"
    if first["duty"] or first["task"]:
        kind = "机构" if first["institution"] else "镇" if first["township"] else "县局"
        return f"{first['action_name']}：{first['subject']}（{kind}）"
    if first["action"] == "silent_township":
        return f"{first['action_name']}：{first['township']}（{first['subject']}）"
    return str(first["action_name"])


def _where(group: list[Row]) -> str:
    first = group[0]
    if first["action"] == "silent_township":
        return f"{first['township']}民政办"
    if not _is_own(first):
        return f"{len(group)} 项：{_spread(group)}"
    people = f"{_names(group, 'person') or '责任人未写'}（督办 {_names(group, 'tracker') or '未写'}）"
    return f"{first['township']} {first['institution']} {people}"


def _names(group: list[Row], key: str) -> str:
    return "、".join(dict.fromkeys(row[key] for row in group if row[key]))


def _spread(group: list[Row]) -> str:
    """Over which towns a group spreads, the most first."""
    counts: dict[str, int] = {}
    for row in group:
        town = row["township"] or "县民政局"
        counts[town] = counts.get(town, 0) + 1
    ordered = sorted(counts.items(), key=lambda pair: -pair[1])
    more = f" 等 {len(ordered)} 镇" if len(ordered) > 3 else ""
    return "、".join(f"{town} {count}" for town, count in ordered[:3]) + more


def _address(view: View, row: Row) -> str:
    if row["action"] == "silent_township":
        return view.link("quality", township=row["township"])
    chosen = {"institution": row["institution"]} if _is_own(row) else {}
    return view.link(
        "records", action=row["action"], duty=row["duty"], period=row["period"], task=row["task"], **chosen
    )
