"""One home: what the register says of it, what is still open, its place among the homes of its town."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard import answers, hazard_loop, markup, units
from dashboard.home_events import state
from dashboard.markup import Html
from dashboard.parts import plain_table
from dashboard.parts.cells import kept, wide
from dashboard.view import View
from dashboard.words import day, number

Row = Mapping[str, Any]


def known(view: View) -> dict[str, Any] | None:
    """The register's row of the home the filters leave; None where it was not open yet."""
    rows = answers.all_of(view.code, "institutions", view.as_of, view.filters).to_dicts()
    return rows[0] if rows else None


def register(view: View, home: Row) -> None:
    """大箕镇 · 公办 · 床位 60 · 在住 41（能行动 27） · 职工 18 · 负责人 张某 · 2015-06 开办."""
    closed = f'<b class="alarm">已停办（{home["closed_on"]}）</b>' if home["closed_on"] else ""
    mobile = f"（能行动 {number(home['mobile_residents'])}）" if home["mobile_residents"] is not None else ""
    parts = [
        units.town(view, home["township"]),
        markup.text(home["institution_type"] or "类型未写"),
        f"床位 {number(home['beds'])}",
        f"在住 {number(home['residents'])}{mobile}",
        f"职工 {number(home['staff'])}",
        f"负责人 {markup.text(home['principal'])}",
        f"{home['opened_on']:%Y-%m} 开办" if home["opened_on"] else "开办日期未写",
        f"安全责任制 {day(home['responsibility_on'])}",
        f"应急预案 {day(home['emergency_plan_on'])}",
        closed,
    ]
    markup.put(f'<div class="zb-register">{" · ".join(part for part in parts if part)}</div>')


def open_hazards(view: View, hazards: pl.DataFrame) -> None:
    """What is not put right, the overdue major ones first, each with its whole loop."""
    left = hazards.filter(~pl.col("is_rectified")).sort(
        "is_overdue",
        "is_major",
        "days_overdue",
        "days_to_due",
        descending=[True, True, True, False],
        nulls_last=True,
    )
    late = left.filter("is_overdue").height
    message = f"未整改隐患 {left.height} 处" if left.height else "隐患已全部整改"
    markup.title(
        message,
        f"其中逾期 {late} 处；点隐患看整改全过程" if late else "点隐患看整改全过程" if left.height else "",
    )
    if left.is_empty():
        return
    heads = ("隐患", "发现", "上报县局", "时限", "延期至", "现状", "责任人", "督办人", "管控措施")
    plain_table.draw("未整改隐患", heads, [_open(view, row) for row in left.iter_rows(named=True)])


def _open(view: View, row: Row) -> tuple[object, ...]:
    return (
        hazard_loop.linked(view, row),
        kept(row["found_on"]),
        kept(_reported(row)),
        kept(day(row["deadline_on"])),
        kept(day(row["extended_to"])),
        standing(row),
        kept(row["responsible_person"]),
        kept(row["tracker"]),
        wide(row["interim_control"]),
    )


def _reported(row: Row) -> str:
    if row["is_found_by_county"]:
        return "县局发现"
    return day(row["reported_on"]) if row["reported_on"] or not row["is_major"] else "未上报"


def standing(row: Row) -> Html:
    """How an open hazard stands, with a sign: ● 逾期 41 天, ▲ 4 天后到期."""
    kind, sign = ("alarm", "●") if row["is_overdue"] else ("warn", "▲")
    return Html(f'<b class="keep {kind}">{sign} {state(row)}</b>')


def tasks(view: View, rows: pl.DataFrame) -> None:
    """The tasks of the phases asked of the unit: what is done, late, not borne out by the records."""
    done = rows.filter("is_done").height
    late = rows.filter("is_overdue").height
    message = f"阶段任务完成 {done}/{rows.height} 项" + (f"，{late} 项逾期" if late else "")
    markup.title(message if rows.height else "没有阶段任务", "佐证：台账里能不能找到相应的记录")
    if rows.is_empty():
        return
    heads = ("阶段", "任务", "期限", "完成日期", "现状", "台账佐证", "责任人", "佐证材料")
    plain_table.draw("阶段任务", heads, [_task(row) for row in rows.iter_rows(named=True)])


def _task(row: Row) -> tuple[object, ...]:
    kind, word = (
        ("good", "✓ 完成")
        if row["is_done"]
        else ("alarm", "● 逾期")
        if row["is_overdue"]
        else ("muted", "… 进行中")
    )
    support = {True: "✓ 有", False: "✗ 没有", None: "无法核对"}[row["is_supported"]]
    return (
        kept(row["phase_name"]),
        wide(row["task_name"]),
        kept(row["due_on"]),
        kept(day(row["done_on"])),
        Html(f'<b class="keep {kind}">{word}</b>'),
        kept(support),
        kept(row["responsible_person"]),
        wide(row["material"]),
    )
