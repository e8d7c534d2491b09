"""A duty's periods: towns and homes × periods, met, missed or running; and who still owes it."""

from collections.abc import Mapping
from html import escape
from typing import Any

import polars as pl

from dashboard import answers, markup
from dashboard.parts import plain_table
from dashboard.view import View
from dashboard.words import names, number, period

Row = Mapping[str, Any]
MOST_NAMES = 8
RULE = """
select asks, clause, basis, from duty_rules
where duty = $duty and is_enabled and from_on <= $as_of order by from_on desc limit 1
"""


def rule(view: View, duty: str) -> str:
    """What the duty asks in force on the day, of whom, by which clause."""
    found = answers.ask(view.code, RULE, duty=duty, as_of=view.as_of).to_dicts()
    if not found:
        return "这项职责在统计截止日尚未生效。"
    asks, clause, basis = found[0].values()
    source = f"方案{clause}" if basis == "方案" else f"{basis}，对应方案{clause}"
    return f"要求：{asks}（{source}）。"


def owing(view: View, rows: pl.DataFrame) -> None:
    """Who has not yet met the duty in the running period, by town."""
    running = rows.filter("is_running").sort("period_from")
    if running.is_empty():
        markup.title("现在没有进行中的周期")
    for _, period_rows in running.group_by("period", maintain_order=True):
        _owing(view, period_rows)


def _owing(view: View, running: pl.DataFrame) -> None:
    last, code = running["period_to"][0], running["period"][0]
    owed = running.filter(~pl.col("is_met"))
    left = (last - view.as_of).days
    markup.title(
        f"{period(code)}还有 {owed.height} 家未落实，余 {left} 天"
        if owed.height
        else f"{period(code)}全部落实",
        f"应落实 {running.height} 家，按乡镇列出",
    )
    name = answers.names(view.code, "duty")[running["duty"][0]]
    by_town = owed.group_by("township_id", "township").agg(pl.col("institution").sort()).sort("township_id")
    lines = [
        (
            markup.link(
                markup.text(row["township"]), view.link("duties", township=row["township"], duty=name)
            ),
            len(row["institution"]),
            names(row["institution"], MOST_NAMES),
        )
        for row in by_town.iter_rows(named=True)
    ]
    if lines:
        plain_table.draw("本期未落实", ("乡镇", "家数", "未落实机构"), lines, numbers=(1,))


def homes(view: View, rows: pl.DataFrame) -> None:
    """Homes × periods as a grid of words, homes in official order of their towns."""
    if rows.is_empty():
        markup.empty("筛选范围内没有应履行这项职责的机构。")
        return
    spans = rows.select("period", "period_from", "period_to").unique().sort("period_to", "period_from")
    periods = spans["period"].to_list()
    cells = {(row["institution"], row["period"]): row for row in rows.iter_rows(named=True)}
    places = rows.select("township_id", "township", "institution").unique().sort("township_id", "institution")
    missed = rows.filter(~pl.col("is_met") & ~pl.col("is_running"))
    markup.title(
        f"{number(missed['institution'].n_unique())} 家机构至少有一期未落实",
        "✓ 落实　✗ 未落实　… 本期进行中　空白 不应履行",
    )
    head = "".join(f'<th scope="col">{_short(value)}</th>' for value in periods)
    body = "".join(_line(row, periods, cells) for row in places.iter_rows(named=True))
    markup.put(
        '<div class="zb-scroll zb-tall" tabindex="0" role="region" aria-label="机构与周期">'
        '<table class="zb-matrix zb-grid"><thead><tr>'
        f'<th class="row" scope="col">乡镇</th><th class="row" scope="col">机构</th>{head}'
        f"</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _line(place: Row, periods: list[str], cells: Mapping[tuple[str, str], Row]) -> str:
    marks = "".join(_mark(cells.get((place["institution"], value)), value) for value in periods)
    return (
        f'<tr><th class="row muted">{markup.text(place["township"])}</th>'
        f'<th class="row" scope="row">{markup.text(place["institution"])}</th>{marks}</tr>'
    )


def _mark(cell: Row | None, code: str) -> str:
    if cell is None:
        return '<td class="none"><span></span></td>'
    kind, sign, word = state(cell)
    when = f"，{cell['met_on']}" if cell["met_on"] else ""
    hint = escape(f"{period(code)}{word}{when}")
    return f'<td class="{kind}" title="{hint}"><span>{sign}</span></td>'


def state(cell: Row) -> tuple[str, str, str]:
    """How a duty of one period stands: a class, a sign, a word."""
    if cell["is_met"]:
        return "met", "✓", "落实"
    return ("running", "…", "进行中") if cell["is_running"] else ("missed", "✗", "未落实")


def _short(code: str) -> str:
    """2026Q3 → 26 三季, 2026H1 → 26 上, 2026 → 2026 年."""
    tails = {"Q1": "一季", "Q2": "二季", "Q3": "三季", "Q4": "四季", "H1": "上半年", "H2": "下半年"}
    return f"{code[2:4]} {tails[code[4:]]}" if code[4:] else f"{code} 年"
