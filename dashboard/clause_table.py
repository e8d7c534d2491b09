"""The plan's clauses in print: an overview, then a table a clause, each figure leading to its records."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
import streamlit as st

from dashboard import checklist, markup
from dashboard.checklist import Shortfalls
from dashboard.markup import Html
from dashboard.parts import fold, plain_table
from dashboard.parts.cards import badge
from dashboard.parts.cells import kept
from dashboard.view import View
from dashboard.words import NOTHING, fraction, number, percent

Row = Mapping[str, Any]
HEADS = ("方案要求", "责任单位", "完成", "按期完成", "台账佐证", "未到位的单位", "结论")
OVERVIEW = ("条款", "要求（项）", "全部到位", "有短板", "尚在进行", "任务完成", "职责落实", "记录不支持")


def overview(rows: Sequence[Row]) -> None:
    """Clause by clause how many items are in full, fall short, still run."""
    lines = [_line(clause, part) for clause, part in by_clause(rows).items()]
    markup.title("各条款落实情况", "任务按单位、职责按机构和已结束的周期计；点条款看逐项查验")
    plain_table.draw("各条款落实情况", OVERVIEW, lines, numbers=range(1, len(OVERVIEW)))


def by_clause(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """The rows of each clause, in the plan's order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["clause"], []).append(row)
    return found


def _line(clause: str, rows: Sequence[Row]) -> tuple[object, ...]:
    verdicts = [row["verdict"] for row in rows]
    tasks = [row for row in rows if not row["is_duty"]]
    duties = [row for row in rows if row["is_duty"]]
    title = f" {markup.text(rows[0]['clause_title'])}" if rows[0]["clause_title"] else ""
    return (
        Html(f'<div class="asks"><a href="#{_anchor(clause)}"><b>{markup.text(clause)}</b>{title}</a></div>'),
        len(rows),
        *(number(verdicts.count(verdict)) for verdict in ("full", "short", "running")),
        _sum(tasks),
        _sum(duties),
        number(sum(row["unsupported"] for row in tasks)) if tasks else NOTHING,
    )


def _sum(rows: Sequence[Row]) -> str:
    return fraction(sum(row["done"] for row in rows), sum(row["asked"] for row in rows))


def _anchor(clause: str) -> str:
    """An id of letters and digits alone: 四（一） → c56db-4e00."""
    return "c" + "-".join(f"{ord(letter):x}" for letter in clause if letter not in "（）")


def clause(view: View, rows: Sequence[Row], failing: Shortfalls) -> None:
    """One clause: its items in a table, with who falls short by name."""
    first = rows[0]
    name = f"{first['clause']}{first['clause_title'] or ''}"
    lines = [_item(view, row, failing.named.filter(item=row["item"])) for row in rows]
    # One box a clause: on paper it is kept together.
    with st.container(key=f"clause-{_anchor(first['clause'])}"):
        markup.put(
            f'<h2 class="zb-title zb-clause" id="{_anchor(first["clause"])}">{markup.text(name)}'
            f'<span class="muted">{markup.text(summary(rows, failing))}</span></h2>'
        )
        plain_table.draw(f"{name}逐项查验", HEADS, lines)


def summary(rows: Sequence[Row], failing: Shortfalls) -> str:
    """4 项要求，1 项全部到位，3 项有短板；短板涉及：县民政局、1 个镇、33 家机构."""
    verdicts = [row["verdict"] for row in rows]
    words = {"full": "全部到位", "short": "有短板", "running": "尚在进行"}
    said = [f"{verdicts.count(key)} 项{word}" for key, word in words.items() if key in verdicts]
    concerned = failing.concerned.get(rows[0]["clause"])
    return f"{len(rows)} 项要求：{'，'.join(said)}" + (
        f"；短板涉及：{_concerned(concerned)}" if concerned else ""
    )


def _concerned(row: Row) -> str:
    counts = {
        "county": int(row["is_county"]),
        "township": row["townships"],
        "institution": row["institutions"],
    }
    return "、".join(checklist.counted(code, count) for code, count in counts.items() if count)


def _item(view: View, row: Row, failing: pl.DataFrame) -> tuple[object, ...]:
    return (
        _asks(row),
        kept(checklist.counted(row["unit_code"], row["units"])),
        _done(view, row),
        kept(fraction(row["on_time"], row["fallen_due"])),
        _support(row),
        _names(failing),
        _conclusion(view, row),
    )


def _asks(row: Row) -> Html:
    quote = f'<br><span class="muted">“{markup.text(row["quote"])}”</span>' if row["quote"] else ""
    return Html(f'<div class="asks"><b>{markup.text(row["item_name"])}</b>{quote}</div>')


def _done(view: View, row: Row) -> Html:
    """n/N, leading to its records; of a duty the running period beneath."""
    unit = " 期" if row["is_duty"] else ""
    said = f"{fraction(row['done'], row['asked'])}{unit}" if row["asked"] else NOTHING
    shown = markup.link(f"<b>{markup.text(said)}</b>", address(view, row), "看其中的记录")
    share = percent(row["done"] / row["asked"], 0) if row["asked"] > 1 else ""
    running = f"本期 {fraction(row['running_done'], row['running'])}" if row["running"] else ""
    beneath = [f'<span class="muted">{markup.text(line)}</span>' for line in (share, running) if line]
    return Html(f'<span class="keep">{"<br>".join([shown, *beneath])}</span>')


def address(view: View, row: Row) -> str:
    """The very records of an item: those that fall short come first there."""
    if row["is_duty"]:
        return view.link("records", metric=f"{row['item']}_rate")
    return view.link("records", task=row["item"])


def _support(row: Row) -> Html:
    if row["is_duty"]:
        return Html('<span class="muted">由台账记录计出</span>')
    if not row["done"]:
        return Html(markup.text(None))
    parts = [
        f"支持 {row['supported']}" if row["supported"] else "",
        f'<span class="alarm">不支持 {row["unsupported"]}</span>' if row["unsupported"] else "",
        f'<span class="muted">量不出 {row["unmeasurable"]}</span>' if row["unmeasurable"] else "",
    ]
    return Html("<br>".join(f'<span class="keep">{part}</span>' for part in parts if part))


def _names(failing: pl.DataFrame) -> Html:
    """Who falls short, by how: the names, folded where they are many."""
    parts = []
    for shortfall, word in checklist.SHORTFALLS.items():
        rows = failing.filter(shortfall=shortfall).to_dicts()
        if rows:
            names = [named(row) for row in rows]
            units = rows[0]["units"]
            parts.append(f"<div><b>{word} {number(units)}</b>：{fold.names(names, count=units)}</div>")
    return Html("".join(parts) or '<span class="muted">没有</span>')


def named(row: Row) -> str:
    return f"{row['unit']}（{row['times']} 期）" if row["times"] > 1 else str(row["unit"])


def _conclusion(view: View, row: Row) -> Html:
    word = badge(checklist.judgement(view, row))
    running = '<span class="muted">… 进行中</span>' if row["verdict"] in {"running", "short"} else "—"
    return Html(f'<span class="keep">{word or running}</span>')
