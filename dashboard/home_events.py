"""Everything that happened in one home on one time line, and the records behind the mark clicked."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from dashboard import answers, charts, hazard_link, listing, markup
from dashboard.charts import Frame, Moment, Span
from dashboard.home_sorts import ALWAYS, HOLLOW, SORTS, Sort
from dashboard.parts import facts
from dashboard.table import presentable
from dashboard.tokens import ACCENT, GENERAL, JUDGEMENT_COLOURS, MAJOR
from dashboard.view import View
from dashboard.words import number

Row = Mapping[str, Any]
LATE, OVERDUE = JUDGEMENT_COLOURS["warn"], JUDGEMENT_COLOURS["alarm"]
MOST_LETTERS = 20
CHART = "event"


def records(view: View) -> dict[str, pl.DataFrame]:
    """The home's records by the row of the time line they stand in, as known on the view's day."""
    return {
        sort.name: answers.all_of(view.code, sort.kind, view.as_of, view.filters).filter(sort.keeps)
        for sort in SORTS
    }


def draw(view: View, hazards: pl.DataFrame) -> str | None:
    """The time line of the home the filters leave, and its hazards; returns the key of the mark chosen."""
    found = records(view)
    moments = [moment for sort in SORTS for moment in _moments(sort, found[sort.name])]
    spans = [_span(row, view.as_of) for row in hazards.iter_rows(named=True)]
    count = sum(rows.height for rows in found.values())
    markup.title(
        f"{number(count)} 次检查、培训等活动，{number(hazards.height)} 处隐患",
        f"点任一标记看原始记录；{HOLLOW}",
    )
    rows = [sort.name for sort in SORTS if sort.name in ALWAYS or found[sort.name].height]
    beneath = [f"隐患 {number(len(spans))} 处", "线：发现至整改", "｜：整改时限"] if spans else ["没有隐患"]
    figure = charts.timeline(rows, moments, spans, beneath, frame(view))
    return charts.draw(figure, CHART, _spoken(found, spans), clickable=True)


def frame(view: View) -> Frame:
    """The days shown: the campaign's, or the window's."""
    first = view.filters.since or view.build.campaign_from
    last = view.filters.until or max(view.build.campaign_to, view.as_of)
    phases = answers.phases(view.code, view.as_of).select("phase_name", "from_on", "to_on").rows()
    return Frame(first, max(first, last), view.as_of, phases)


def _spoken(found: Mapping[str, pl.DataFrame], spans: list[Span]) -> str:
    counts = "，".join(f"{name} {rows.height} 次" for name, rows in found.items())
    late = [span.label.removeprefix("● ") for span in spans if span.label]
    return f"机构时间线：{counts}，隐患 {len(spans)} 处" + (f"；{'；'.join(late)}" if late else "")


def _moments(sort: Sort, rows: pl.DataFrame) -> list[Moment]:
    """One mark a day: what happened twice on one day is said twice."""
    marked = rows.with_columns(sort.is_full.fill_null(value=False).alias("is_full"))
    days: dict[date, list[Row]] = {}
    for row in marked.iter_rows(named=True):
        days.setdefault(row[sort.day], []).append(row)
    return [
        Moment(
            row=sort.name,
            on=day,
            key=f"{sort.name} {day}",
            said=f"{day} {'；'.join(sort.says(row) for row in group)}",
            colour=sort.colour,
            symbol=sort.symbol,
            is_hollow=not any(row["is_full"] for row in group),
        )
        for day, group in days.items()
    ]


def _span(row: Row, as_of: date) -> Span:
    return Span(
        key=hazard_link.of(row),
        first=row["found_on"],
        last=row["rectified_on"] or as_of,
        due=row["due_on"],
        said=f"{row['found_on']} {row['description']}（{row['severity']}）：{state(row)}",
        colour=_colour(row),
        width=5 if row["is_major"] else 3,
        is_open=not row["is_rectified"],
        label=_label(row),
    )


def state(row: Row) -> str:
    """逾期 41 天 / 4 天后到期 / 10-13 整改，晚 3 天."""
    if row["is_overdue"]:
        return f"逾期 {row['days_overdue']} 天"
    if not row["is_rectified"]:
        left = row["days_to_due"]
        return "没有时限" if left is None else "今天到期" if left == 0 else f"{left} 天后到期"
    late = (row["rectified_on"] - row["due_on"]).days if row["due_on"] else 0
    return f"{row['rectified_on']} 整改" + (f"，晚 {late} 天" if late > 0 else "")


def _colour(row: Row) -> str:
    if row["is_overdue"]:
        return OVERDUE
    if not row["is_rectified"]:
        return ACCENT
    if row["has_deadline"] and not row["is_on_time"]:
        return LATE
    return MAJOR if row["is_major"] else GENERAL


def _label(row: Row) -> str:
    if not row["is_overdue"]:
        return ""
    text = row["description"]
    short = f"{text[:MOST_LETTERS]}…" if len(text) > MOST_LETTERS else text
    return f"● 逾期 {row['days_overdue']} 天　{short}" + (f"（{row['severity']}）" if row["is_major"] else "")


def behind(view: View, hazards: pl.DataFrame, key: str) -> None:
    """The records a mark stands for, each with all its columns."""
    sort = next((each for each in SORTS if key.startswith(f"{each.name} ")), None)
    if sort is None:
        shown = [row for row in hazards.iter_rows(named=True) if hazard_link.of(row) == key]
        _cards(view, "hazards", "隐患", pl.DataFrame(shown, schema=hazards.schema))
        return
    day = date.fromisoformat(key.removeprefix(f"{sort.name} "))
    rows = records(view)[sort.name].filter(pl.col(sort.day) == day)
    _cards(view, sort.kind, f"{sort.name} {day}", rows)


def _cards(view: View, kind: str, name: str, rows: pl.DataFrame) -> None:
    markup.title(f"所选：{name}", f"{rows.height} 条记录；再点一次标记可收起")
    titles = listing.titles(kind, rows.columns)
    for raw, row in zip(rows.iter_rows(named=True), presentable(rows).iter_rows(named=True), strict=True):
        facts.draw([(title, row[column]) for column, title in titles.items() if row[column] is not None])
        if kind == "hazards":
            markup.put(markup.link("看这处隐患的整改全过程 ›", hazard_link.address(view, raw)))
