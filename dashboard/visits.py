"""Authority visits: how many of which kind and what they found, month by month, and who waits longest."""

from datetime import date

import polars as pl

from dashboard import answers, charts, markup, units
from dashboard.parts import plain_table
from dashboard.tokens import ACCENT, GENERAL
from dashboard.view import View
from dashboard.words import NOTHING, day, number

VISITS = "hazards_per_visit"
MOST = 10


def by_kind(view: View) -> None:
    """Visits by kind as bars; what each kind found on average beside it."""
    rows = _visits(view, "source").sort("denominator", descending=True).to_dicts()
    total = sum(row["denominator"] for row in rows)
    top = f"，最多的是{rows[0]['source']}，{number(rows[0]['denominator'])} 次" if rows else ""
    markup.title(
        f"上级检查 {number(total)} 次{top}" if rows else "没有上级检查记录",
        f"按检查类型，单位：次；后为查出隐患（处）和单次检出数；{answers.metric(VISITS).note or ''}",
    )
    if not rows:
        return
    texts = [_said(row) for row in rows]
    labels, values = [row["source"] for row in rows], [row["denominator"] for row in rows]
    spoken = "，".join(f"{label} {text}" for label, text in zip(labels, texts, strict=True))
    charts.draw(charts.bars(labels, values, texts, [ACCENT] * len(rows)), "visits-source", spoken)


def _said(row: dict[str, float]) -> str:
    """120 次  310 处，单次 2.6."""
    return f"{number(row['denominator'])} 次  {number(row['numerator'])} 处，单次 {row['value']:.1f}"


def course(view: View) -> None:
    """Visits and what they found, month by month."""
    rows = _visits(view, "month").sort("month").to_dicts()
    markup.title("各月上级检查次数和查出隐患", "按检查当月，单位：次、处")
    if not rows:
        markup.empty("筛选范围内没有上级检查记录。")
        return
    days = [date.fromisoformat(f"{row['month']}-01") for row in rows]
    series: dict[str, tuple[list[float | None], str]] = {
        "检查": ([row["denominator"] for row in rows], ACCENT),
        "查出隐患": ([row["numerator"] for row in rows], GENERAL),
    }
    charts.draw(charts.lines(days, series), "visits-course", "各月上级检查次数和查出隐患")


def _visits(view: View, by: str) -> pl.DataFrame:
    frame = answers.figures(view.code, (VISITS,), view.as_of, (by,), view.filters)
    return frame.filter(pl.col("denominator") > 0).drop_nulls(by)


def longest_ago(view: View) -> None:
    """The open homes whose last visit lies furthest back."""
    rows = answers.behind(view.code, "inspected_rate", view.as_of, view.filters)
    first_ones = rows.ordered("last_visited_on nulls first, institution_id")
    columns = ("township", "institution", "last_visited_on")
    ordered = answers.taken(view.code, first_ones, columns, MOST).to_dicts()
    if not ordered:
        return
    first = ordered[0]["last_visited_on"]
    ago = f"最久的已 {(view.as_of - first).days} 天" if first else "有机构从未检查"
    markup.title(f"上级多久没有去过：{ago}", f"最久的 {len(ordered)} 家；点机构看它的档案")
    lines = [
        (
            row["township"],
            units.home(view, row["institution"], row["township"]),
            day(row["last_visited_on"]),
            number((view.as_of - row["last_visited_on"]).days) if row["last_visited_on"] else NOTHING,
        )
        for row in ordered
    ]
    plain_table.draw("最久没有检查的机构", ("乡镇", "机构", "最近一次", "距今（天）"), lines, numbers=(3,))
