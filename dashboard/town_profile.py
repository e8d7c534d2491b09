"""A town's own page: its course beside the county's, what it still owes, where its hazards lie."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from dashboard import answers, charts, judging, markup, sentences, trends, units
from dashboard.parts import fold, plain_table
from dashboard.tokens import ACCENT, GENERAL
from dashboard.view import View
from dashboard.words import number, percent, period
from queries.days import ends
from queries.fair import of_the_county
from queries.rows import Rows

COURSES = ("rectification_rate", "on_time_rate", "verification_rate", "clear_institutions")
OWN, WHOLE = "本镇", "全县"
MONTHS = 24
STEP = 0.1
"""The common scale of the courses begins at a round tenth."""
MOST_AREAS = 9
Lines = dict[str, tuple[list[float | None], str]]
"""Whose line, its values, its colour."""


def good_from(view: View) -> float | None:
    return judging.good_from(view, "rectification_rate")


def courses(view: View, town: str) -> None:
    """Four rates month by month, the town beside the county where that is known, all on one scale."""
    days = ends(view.build.campaign_from, view.as_of, "month", MONTHS)
    found = {code: _lines(view, code, days) for code in COURSES}
    low = _floor([values for lines in found.values() for values, _ in lines.values()])
    grey = "，灰线全县" if view.knows_county else ""
    scale = f"各月末当时已知的数；蓝线本镇{grey}；纵轴都从 {percent(low, 0)} 起"
    markup.title(_behind(town, days, *next(iter(found.items()))), scale)
    for place, (code, lines) in zip(st.columns(len(COURSES), gap="medium"), found.items(), strict=True):
        name = answers.metric(code).name
        with place:
            markup.put(f'<div class="zb-panel">{markup.text(name)}</div>')
            spoken = "，".join(f"{whose} {percent(values[-1])}" for whose, (values, _) in lines.items())
            charts.draw(charts.shares(days, lines, low), f"course-{code}", f"{name}：{spoken}")


def _lines(view: View, code: str, days: Sequence[date]) -> Lines:
    own = {OWN: (_course(view, code, days), ACCENT)}
    if not view.knows_county:
        return own
    county = replace(view, filters=of_the_county(view.filters))
    return {WHOLE: (_course(county, code, days), GENERAL)} | own


def _floor(courses: Sequence[Sequence[float | None]]) -> float:
    known = [value for values in courses for value in values if value is not None]
    return max(0, int(min(known, default=0) / STEP - 0.5)) * STEP


def _behind(town: str, days: Sequence[date], code: str, lines: Lines) -> str:
    """Since when the town has stood below the county, where that is known."""
    if WHOLE not in lines:
        return f"{town}的走势"
    said = sentences.behind_since(town, answers.metric(code).name, days, lines[OWN][0], lines[WHOLE][0])
    return said or f"{town}与全县的走势"


def _course(view: View, code: str, days: Sequence[date]) -> list[float | None]:
    return [*trends.trend(view.code, code, days, view.filters)["value"]]


def areas(view: View) -> None:
    """The town's hazards by area, found and still open."""
    found = answers.figures(view.code, ("hazards_found", "hazards_open"), view.as_of, ("area",), view.filters)
    counts = {
        code: dict(found.filter(metric=code).select("area", "value").iter_rows())
        for code in ("hazards_found", "hazards_open")
    }
    rows = [
        {"name": area or "未填写", "value": count, "open": counts["hazards_open"].get(area, 0)}
        for area, count in sorted(counts["hazards_found"].items(), key=lambda pair: -(pair[1] or 0))
        if count
    ]
    markup.title(sentences.most("发现隐患", rows, vague=("其他", "未填写")), "按环节，单位：处")
    if not rows:
        markup.empty("筛选范围内没有隐患。")
        return
    lines = [(row["name"], number(row["value"]), number(row["open"] or 0)) for row in rows[:MOST_AREAS]]
    plain_table.draw("按环节", ("环节", "发现", "未整改"), lines, numbers=(1, 2))


def owed(view: View, duties: Sequence[str] = ()) -> Rows:
    """The duties (default all) of running periods that are not met: rows of duties_as_of."""
    rows = answers.listed(view.code, "duties", view.as_of, view.filters).where("is_running and not is_met")
    return rows.where("list_contains($duties, duty)", duties=tuple(duties)) if duties else rows


def homes_owing(view: View, duties: Sequence[str]) -> int:
    """How many homes still owe one of these duties in its running period."""
    found = answers.tally(view.code, owed(view, duties), homes="count(distinct institution_id)")
    return int(found.item())


def owing(view: View, duties: Sequence[str] = ()) -> None:
    """Which homes still owe which of these duties (default all) in its running period."""
    rows = owed(view, duties)
    homes = "list(struct_pack(institution, township) order by institution_id)"
    groups = answers.tally(
        view.code,
        rows,
        ("duty_rank", "duty_name", "period", "period_to"),
        "duty_rank, min(period_from)",
        owing="count(*)",
        homes=f"{homes}[:{fold.MOST_LISTED}]",
    )
    left = int(groups["owing"].sum())
    markup.title(
        f"本期职责还有 {number(left)} 项未落实" if left else "本期职责都已落实",
        "按职责列出机构；点机构看它的档案",
    )
    lines = [_owed(view, row) for row in groups.iter_rows(named=True)]
    if lines:
        plain_table.draw("本期未落实", ("职责", "周期", "余（天）", "家数", "机构"), lines, numbers=(2, 3))


def _owed(view: View, row: Mapping[str, Any]) -> tuple[object, ...]:
    links = [units.home(view, home["institution"], home["township"]) for home in row["homes"]]
    days = (row["period_to"] - view.as_of).days
    return row["duty_name"], period(row["period"]), days, row["owing"], fold.links(links, count=row["owing"])
