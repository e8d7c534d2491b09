"""今日必督: what must be acted on today, alike items grouped, each leading to exactly its records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboard import answers, markup
from dashboard.view import View

Row = Mapping[str, Any]

BY_HOME = frozenset({"overdue_major", "unreported_major", "major_due_soon"})
"""Rules on major hazards: one line a home. Towns that do not report have a line each, all else is grouped."""

ALARMING = frozenset({"overdue_major", "unreported_major"})


@dataclass(frozen=True)
class Line:
    """One line: how urgent, what, who is to act, how many records it stands for, and where they are."""

    when: str
    judgement: str
    what: str
    who: str
    count: int
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


def draw(todo: Sequence[Line], most: int | None = None) -> None:
    shown = todo if most is None else todo[:most]
    markup.put(f'<div class="zb-todo" role="list">{"".join(_item(line) for line in shown)}</div>')


def _item(line: Line) -> str:
    sign = {"alarm": "●", "warn": "▲"}.get(line.judgement, "○")
    what = markup.link(f'<span class="what">{markup.text(line.what)}</span>', line.address)
    return (
        f'<div role="listitem"><span class="when {line.judgement}">{sign} {markup.text(line.when)}</span>'
        f'<span>{what}<br><span class="who">{markup.text(line.who)}</span></span></div>'
    )


def _line(view: View, group: list[Row], late: set[int]) -> Line:
    first = group[0]
    own = first["action"] in BY_HOME or first["action"] == "silent_township"
    return Line(
        _when(view, group),
        "alarm"
        if first["action"] in ALARMING
        else "muted"
        if first["action"] == "silent_township"
        else "warn",
        _what(group, late),
        _who(group) if own else f"{len(group)} 项｜{_spread(group)}",
        len(group),
        _address(view, first, own=own),
    )


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


def _what(group: list[Row], late: set[int]) -> str:
    first = group[0]
    if first["action"] == "silent_township":
        return f"{first['township']}台账久未报送（{first['subject']}）"
    if first["action"] in BY_HOME:
        subject = f"{first['subject']}等 {len(group)} 处" if len(group) > 1 else first["subject"]
        unreported = "未上报" if any(row["hazard_id"] in late for row in group) else ""
        return f"{subject}（重大{unreported}）"
    if first["duty"] or first["task"]:
        kind = "机构" if first["institution"] else "镇" if first["township"] else "县局"
        return f"{first['action_name']}：{first['subject']}（{kind}）"
    return str(first["action_name"])


def _who(group: list[Row]) -> str:
    first = group[0]
    if first["hazard_id"] is None:
        return f"请{first['actor']}核实补报"
    people = f"{_names(group, 'person') or '责任人未写'}（督办 {_names(group, 'tracker') or '未写'}）"
    return f"{first['township']} {first['institution']}｜{people}"


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


def _address(view: View, row: Row, *, own: bool) -> str:
    if row["action"] == "silent_township":
        return view.link("quality", township=row["township"])
    chosen = {"institution": row["institution"]} if own else {}
    return view.link(
        "records", action=row["action"], duty=row["duty"], period=row["period"], task=row["task"], **chosen
    )


def summary(todo: Sequence[Line], most: int) -> str:
    """How many lines there are beside those shown."""
    return f"全部 {len(todo)} 条" if len(todo) > most else f"{len(todo)} 条"
