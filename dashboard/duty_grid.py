"""A duty's periods: towns and homes × periods, met, missed or running; and who still owes it."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dashboard import answers, markup, most
from dashboard.parts import plain_table
from dashboard.view import View
from dashboard.words import names, number, period
from queries.rows import Rows

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


def by_period(view: View, rows: Rows) -> list[dict[str, Any]]:
    """A duty's periods: [period, period_from, period_to, is_running, asked, met], by their days."""
    found = answers.tally(
        view.code,
        rows,
        ("period", "period_from", "period_to", "is_running"),
        "period_to, period_from",
        asked="count(*)",
        met="count(*) filter (is_met)",
    )
    return found.to_dicts()


def owing(view: View, rows: Rows, duty: str, periods: Sequence[Row]) -> None:
    """Who has not yet met the duty in the running period, by town."""
    running = [each for each in periods if each["is_running"]]
    if not running:
        markup.title("现在没有进行中的周期")
    for each in sorted(running, key=lambda row: row["period_from"]):
        _owing(view, rows, duty, each)


def _owing(view: View, rows: Rows, duty: str, running: Row) -> None:
    owed, left = running["asked"] - running["met"], (running["period_to"] - view.as_of).days
    code = running["period"]
    markup.title(
        f"{period(code)}还有 {number(owed)} 家未落实，余 {left} 天" if owed else f"{period(code)}全部落实",
        f"应落实 {number(running['asked'])} 家，按乡镇列出",
    )
    towns = _owing_towns(view, rows.where("period = $running and not is_met", running=code))
    name = answers.names(view.code, "duty")[duty]
    lines = [
        (
            markup.link(
                markup.text(row["township"]), view.link("duties", township=row["township"], duty=name)
            ),
            row["homes"],
            names(row["names"], MOST_NAMES, row["homes"]),
        )
        for row in most.cut(towns, lambda row: row["homes"])
    ]
    if lines:
        plain_table.draw("本期未落实", ("乡镇", "家数", "未落实机构"), lines, numbers=(1,))
        most.note(len(towns), "个镇")


def _owing_towns(view: View, owed: Rows) -> list[dict[str, Any]]:
    found = answers.tally(
        view.code,
        owed,
        ("township_id", "township"),
        "township_id",
        homes="count(*)",
        names=f"list(institution order by institution)[:{MOST_NAMES}]",
    )
    return found.to_dicts()


def homes(view: View, rows: Rows, periods: Sequence[Row]) -> None:
    """Homes × periods as a grid of words, homes in official order of their towns."""
    places = answers.tally(
        view.code,
        rows,
        ("township_id", "township", "institution_id", "institution"),
        "missed desc, owed desc, institution_id",
        most.MOST,
        missed="count(*) filter (not is_met and not is_running)",
        owed="count(*) filter (not is_met and is_running)",
        homes="count(*) over ()",
    )
    if places.is_empty():
        markup.empty("筛选范围内没有应履行这项职责的机构。")
        return
    missed = rows.where("not is_met and not is_running")
    homes_missed = answers.tally(view.code, missed, homes="count(distinct institution_id)").item()
    markup.title(
        f"{number(homes_missed)} 家机构至少有一期未落实",
        "✓ 落实　✗ 未落实　… 本期进行中　空白 不应履行",
    )
    drawn = rows.where("list_contains($drawn, institution_id)", drawn=places["institution_id"].to_list())
    columns = ("institution", "period", "is_met", "is_running", "met_on")
    cells = {(row["institution"], row["period"]): row for row in _dicts(view, drawn, columns)}
    codes = [each["period"] for each in periods]
    head = "".join(f'<th scope="col">{_short(value)}</th>' for value in codes)
    ordered = places.sort("township_id", "institution").iter_rows(named=True)
    body = "".join(_line(row, codes, cells) for row in ordered)
    markup.put(
        '<div class="zb-scroll zb-tall" tabindex="0" role="region" aria-label="机构与周期">'
        '<table class="zb-matrix zb-grid"><thead><tr>'
        f'<th class="row" scope="col">乡镇</th><th class="row" scope="col">机构</th>{head}'
        f"</tr></thead><tbody>{body}</tbody></table></div>"
    )
    most.note(places["homes"][0], "家机构")


def _dicts(view: View, rows: Rows, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    return answers.taken(view.code, rows, columns).to_dicts()


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
