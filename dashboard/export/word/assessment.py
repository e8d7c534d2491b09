"""总结评估报告 (方案五（四）): what was asked, done and borne out, who falls short, why."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from dashboard import (
    answers,
    checklist,
    clause_table,
    common,
    common_rules,
    glance,
    headline,
    lagging,
    outlook,
    sentences,
    sentences_common,
)
from dashboard.checklist import Shortfalls
from dashboard.export.word.blocks import Blank, Block, Heading, Table, Text, Title, line, text
from dashboard.filters import described
from dashboard.view import View
from dashboard.words import NOTHING, chinese_day, fraction, number, percent

Row = Mapping[str, Any]
OVERVIEW = ("条款", "要求", "全部到位", "有短板", "进行中", "任务完成", "职责落实", "记录不支持")
OVERVIEW_WIDTHS = (44, 14, 16, 16, 16, 22, 22, 18)
HEADS = ("方案要求", "责任单位", "完成", "按期完成", "台账佐证", "结论")
WIDTHS = (62, 24, 24, 24, 24, 16)
VERDICTS = {"full": "到位", "short": "有短板", "running": "进行中", "nobody": NOTHING}
CODES = (
    "rectification_rate",
    "on_time_rate",
    "verification_rate",
    "major_rectification_rate",
    "recurrence_rate",
    "clear_institutions",
    "phase_progress",
    "task_support",
)


def content(view: View) -> list[Block]:
    """The report of a view, from its salutation to the notes on how it was counted."""
    return [
        Title(f"{answers.outline(view.code).short_name}\n总结评估报告"),
        line(Blank("主送单位"), "："),
        _opening(view),
        Heading("一、总体情况"),
        *_whole(view),
        Heading("二、逐条落实情况"),
        *_clauses(view),
        Heading("三、共性问题和成因"),
        *_causes(view),
        Heading("四、遗留问题和下一步打算"),
        *_next(view),
        line(view.build.county, align="right"),
        line(Blank("印发日期"), align="right"),
        _notes(view),
    ]


def _opening(view: View) -> Text:
    campaign = answers.outline(view.code)
    scope = described(view.build, view.as_of, view.filters) or view.storey.whole
    return text(
        f"按照《{campaign.name}》实施方案（{campaign.document}），"
        f"对照方案逐条查验，现将截至{chinese_day(view.as_of)}的情况（{scope}）报告如下。{lagging.sentence(view)}"
    )


def _whole(view: View) -> Iterator[Block]:
    rows = checklist.items(view.code, view.as_of, view.filters).to_dicts()
    yield text(f"{checklist.headline(rows)}。")
    phases = answers.phase_tasks(view.code, view.as_of, view.filters).to_dicts()
    yield text(f"{sentences.phases(phases)}。")
    cards = headline.cards(view, [headline.card(view, code) for code in CODES])
    known = [f"{card.name} {card.value}（{card.beneath}）" for card in cards if card.value != NOTHING]
    yield text(f"主要指标：{'；'.join(known)}。" if known else "没有可算的记录。")
    yield text(Blank("请补充组织领导、主要做法和成效"))


def _clauses(view: View) -> Iterator[Block]:
    rows = checklist.items(view.code, view.as_of, view.filters).to_dicts()
    if not rows:
        yield text("筛选范围内没有方案要求的任务和职责。")
        return
    failing = checklist.shortfalls(view, rows)
    parts = clause_table.by_clause(rows)
    lines = [_overview(clause, part) for clause, part in parts.items()]
    yield Table(OVERVIEW, lines, OVERVIEW_WIDTHS, range(1, len(OVERVIEW)))
    for part in parts.values():
        yield from _clause(part, failing)


def _overview(clause: str, rows: Sequence[Row]) -> tuple[object, ...]:
    verdicts = [row["verdict"] for row in rows]
    tasks = [row for row in rows if not row["is_duty"]]
    duties = [row for row in rows if row["is_duty"]]
    return (
        f"{clause}{rows[0]['clause_title'] or ''}",
        len(rows),
        *(verdicts.count(verdict) for verdict in ("full", "short", "running")),
        _sum(tasks),
        _sum(duties),
        number(sum(row["unsupported"] for row in tasks)) if tasks else NOTHING,
    )


def _sum(rows: Sequence[Row]) -> str:
    return fraction(sum(row["done"] for row in rows), sum(row["asked"] for row in rows)) if rows else NOTHING


def _clause(rows: Sequence[Row], failing: Shortfalls) -> Iterator[Block]:
    """One clause: its items in a table, then by name who falls short of which."""
    yield Heading(f"{rows[0]['clause']}{rows[0]['clause_title'] or ''}", 2)
    yield text(f"{clause_table.summary(rows, failing)}。")
    yield Table(HEADS, [_item(row) for row in rows], WIDTHS)
    for row in rows:
        said = _short(failing.named.filter(item=row["item"]))
        if said:
            yield text(f"{row['item_name']}——{said}。")


def _item(row: Row) -> tuple[object, ...]:
    return (
        row["item_name"],
        checklist.counted(row["unit_code"], row["units"]),
        _share(row["done"], row["asked"]),
        _share(row["on_time"], row["fallen_due"]),
        _support(row),
        VERDICTS[row["verdict"]],
    )


def _share(part: int, whole: int) -> str:
    return f"{percent(part / whole)}\n{fraction(part, whole)}" if whole else NOTHING


def _support(row: Row) -> str:
    """Of the tasks done how many the records bear out; a duty is read off the records themselves."""
    if row["is_duty"]:
        return "由台账计出"
    return _share(row["supported"], row["supported"] + row["unsupported"])


def _short(failing: pl.DataFrame) -> str:
    """逾期未完成 2：甲院、乙院；记录不支持 1：丙院; of very many the first ones, and 等."""
    parts = []
    for shortfall, word in checklist.SHORTFALLS.items():
        rows = failing.filter(shortfall=shortfall).to_dicts()
        if rows:
            more = "等" if rows[0]["units"] > len(rows) else ""
            named = "、".join(map(clause_table.named, rows))
            parts.append(f"{word} {number(rows[0]['units'])} 个单位：{named}{more}")
    return "；".join(parts)


def _causes(view: View) -> Iterator[Block]:
    kinds = common.kinds(view.code, view.as_of, view.filters).to_dicts()
    level = answers.setting(view.code, "common_share")
    said = sentences_common.common(kinds, level, common.worst(view), common_rules.answered(view))
    yield text(f"{said}。{common.told(view)}")
    causes = common.causes(view.code, view.as_of, view.filters)
    if causes:
        words = "、".join(f"{cause} {number(count)} 处" for cause, count in causes)
        yield text(f"台账写明的成因：{words}。")
    yield text(Blank("请分析深层次原因"))


def _next(view: View) -> Iterator[Block]:
    yield text(f"{glance.message(view)}。")
    last = view.build.campaign_to
    if view.as_of < last:
        left = answers.left_open(view.code, view.as_of, view.filters).row(0, named=True)
        yield text(outlook.sentence(left, int(answers.setting(view.code, "pace_days")), last))
    yield text(Blank("请补充下一步打算、时限和责任人"))


def _notes(view: View) -> Text:
    words = "；".join(f"{metric.name}：{metric.explain}" for metric in map(answers.metric, CODES))
    refused = f"；另有 {number(view.build.rows_refused)} 行台账未计入" if view.build.rows_refused else ""
    sample = "本件用示例数据生成，内容均为虚构。" if view.build.is_example else ""
    return line(f"数据说明：{words}{refused}。{sample}")
