"""今日必督: what must be acted on today, alike items grouped, each leading to its records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboard import answers, markup
from dashboard.view import View

Row = Mapping[str, Any]

ALONE = frozenset({"overdue_major", "unreported_major", "major_due_soon", "silent_township"})
"""Rules whose items are each worth a line; the others are grouped."""

PAGES = {"duty_ending": "duties", "task_behind": "phases", "silent_township": "quality"}


@dataclass(frozen=True)
class Line:
    """One line: how urgent, what, who is to act, and where its records are."""

    when: str
    judgement: str
    what: str
    who: str
    address: str


def lines(view: View, actions: pl.DataFrame) -> list[Line]:
    """Actions in the order of campaign.toml's rules as lines, alike general ones grouped."""
    groups: dict[tuple[object, ...], list[Row]] = {}
    for index, row in enumerate(actions.iter_rows(named=True)):
        alike = (
            (row["action"], index) if row["action"] in ALONE else (row["action"], row["duty"], row["task"])
        )
        groups.setdefault(alike, []).append(row)
    return [_line(view, group) for group in groups.values()]


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


def _line(view: View, group: list[Row]) -> Line:
    first = group[0]
    if len(group) == 1 and first["action"] in ALONE:
        return Line(_when(first), _judgement(first), _what(first), _who(first), _address(view, first))
    towns = [town for town, _ in _counted(group)]
    what = (
        f"{first['action_name']}：{first['subject']}"
        if first["duty"] or first["task"]
        else first["action_name"]
    )
    who = f"{len(group)} 项｜{'，'.join(f'{town} {count}' for town, count in _counted(group)[:3])}"
    more = f"等 {len(towns)} 个镇" if len(towns) > 3 else ""
    return Line(_when(first), _judgement(first), what, who + more, _address(view, first, alone=False))


def _counted(group: list[Row]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for row in group:
        town = row["township"] or "县民政局"
        counts[town] = counts.get(town, 0) + 1
    return sorted(counts.items(), key=lambda pair: -pair[1])


def _when(row: Row) -> str:
    days = row["days"]
    if row["action"] == "silent_township":
        return f"{days} 天未报" if days is not None else "从未报送"
    if row["action"] == "unreported_major":
        return f"{days} 天未报"
    if days > 0:
        return f"逾期 {days} 天"
    return "今天到期" if days == 0 else f"余 {-days} 天"


def _judgement(row: Row) -> str:
    if row["action"] in {"overdue_major", "unreported_major"}:
        return "alarm"
    return "muted" if row["action"] == "silent_township" else "warn"


def _what(row: Row) -> str:
    return f"{row['subject']}（重大）" if row["hazard_id"] is not None else str(row["subject"])


def _who(row: Row) -> str:
    place = " · ".join(part for part in (row["township"], row["institution"]) if part)
    people = [f"责任人 {row['person'] or '未写明'}"] if row["hazard_id"] is not None or row["person"] else []
    people += [f"督办 {row['tracker']}"] if row["tracker"] else []
    return "｜".join(part for part in (place or row["actor"], " · ".join(people)) if part)


def _address(view: View, row: Row, *, alone: bool = True) -> str:
    page = PAGES.get(row["action"], "overdue")
    town = row["township"] if alone else None
    home = row["institution"] if alone else None
    chosen = {"township": town or view.filters.townships, "institution": home or view.filters.institutions}
    severity = "重大" if "major" in row["action"] else view.filters.severities
    duty = answers.names(view.code, "duty")[row["duty"]] if row["duty"] else None
    return view.link(page, **chosen, severity=severity, duty=duty)


def summary(todo: Sequence[Line], most: int) -> str:
    """How many lines there are beside those shown."""
    return f"全部 {len(todo)} 项" if len(todo) > most else f"{len(todo)} 项"
