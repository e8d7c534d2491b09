"""A home's standing duties by period: met, missed, running; every duty of the plan on one scale of months."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

import polars as pl

from dashboard import answers, markup
from dashboard.duty_grid import state
from dashboard.heat_columns import TAILS
from dashboard.view import View
from dashboard.words import period
from queries.filters import Filters

Row = Mapping[str, Any]


def owed(view: View, home: str) -> pl.DataFrame:
    """What the home owed in which period, whatever the window: the rows of duties_as_of."""
    return answers.all_of(view.code, "duties", view.as_of, Filters(institutions=(home,)))


def draw(view: View, rows: pl.DataFrame) -> None:
    """The grid of what the home owed; `rows` as `owed` gives them."""
    periods = answers.duty_periods(view.code, view.as_of)
    missed = rows.filter(~pl.col("is_met") & ~pl.col("is_running")).height
    closed = rows.filter(~pl.col("is_running")).height
    said = f"{missed} 次没有落实" if missed else "已结束的各期都落实了"
    markup.title(
        f"该做的事：{closed} 次应做，{said}" if closed else "该做的事做了没有",
        "✓ 落实　✗ 未落实　… 本期进行中　斜纹 不应履行",
    )
    if periods.is_empty():
        markup.empty("到统计截止日期，还没有职责开始起算。")
        return
    first, last = min(periods["period_from"]), max(periods["period_to"])
    done = {(row["duty"], row["period"]): row for row in rows.iter_rows(named=True)}
    body = "".join(
        _line(group.to_dicts(), done, first, last)
        for _, group in periods.group_by("duty", maintain_order=True)
    )
    columns = '<col class="name">' + "<col>" * _months(first, last)
    markup.put(
        '<div class="zb-scroll" tabindex="0" role="region" aria-label="职责与周期">'
        f'<table class="zb-matrix zb-grid zb-duties"><colgroup>{columns}</colgroup>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _line(periods: Sequence[Row], done: Mapping[tuple[str, str], Row], first: date, last: date) -> str:
    cells = "".join(_cells(periods, done, first, last))
    return f'<tr><th class="row" scope="row">{markup.text(periods[-1]["duty_name"])}</th>{cells}</tr>'


def _cells(
    periods: Sequence[Row], done: Mapping[tuple[str, str], Row], first: date, last: date
) -> Iterator[str]:
    """Each period as wide as its months; days with no period are left bare."""
    at = first
    for each in sorted(periods, key=lambda row: row["period_from"]):
        if at < each["period_from"]:
            yield f'<td class="bare" colspan="{_months(at, each["period_from"]) - 1}"></td>'
        yield _cell(each, done.get((each["duty"], each["period"])))
        at = _next(each["period_to"])
    if at < last:
        yield f'<td class="bare" colspan="{_months(at, last)}"></td>'


def _cell(each: Row, owed_row: Row | None) -> str:
    span = _months(each["period_from"], each["period_to"])
    name = _short(each["period"])
    if owed_row is None:
        hint = f"{period(each['period'])}不应履行"
        return f'<td class="none" colspan="{span}" title="{hint}"><span>{name}</span></td>'
    kind, sign, word = state(owed_row)
    when = f"，{owed_row['met_on']}" if owed_row["met_on"] else ""
    hint = escape(f"{period(each['period'])}{each['duty_name']}：{word}{when}")
    shown = f'<b>{sign}</b> <span class="muted">{name}</span>'
    return f'<td class="{kind}" colspan="{span}" title="{hint}"><span>{shown}</span></td>'


def _short(code: str) -> str:
    """2026Q3 → 26 三季, 2026H1 → 26 上半年, 2026 → 2026."""
    return f"{code[2:4]} {TAILS[code[4:]][0]}" if code[4:] else code


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _next(last: date) -> date:
    return date(last.year + last.month // 12, last.month % 12 + 1, 1)
