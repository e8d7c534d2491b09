"""督办通知单: one a unit with overdue or major open hazards, in two copies, with a reply slip."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from dashboard import answers
from dashboard.export.word.blocks import Blank, Block, CutLine, Heading, Table, Title, line, text
from dashboard.view import View
from dashboard.words import chinese_day, dotted_day, number

Row = Mapping[str, Any]
Unit = Literal["institution", "township"]
ORDER = "township_id, institution_id, is_major desc, days_overdue desc nulls last, hazard_id"
COPIES = ("第一联　县民政局存", "第二联　被督办单位存")
HEADS = ("序号", "隐患", "等级", "发现日期", "整改时限", "延期至", "逾期（天）", "责任人", "督办人")
WIDTHS = (9, 33, 10, 21, 21, 21, 13, 14, 14)
REPLY = ("序号", "整改情况", "完成日期", "未完成的原因和措施")


@dataclass(frozen=True)
class Notice:
    """One notice: its number, whom it is for, the hazards it names."""

    number: str
    unit: str
    township: str
    hazards: list[dict[str, Any]]

    @property
    def overdue(self) -> int:
        return sum(bool(row["is_overdue"]) for row in self.hazards)

    @property
    def majors(self) -> int:
        return sum(bool(row["is_major"]) for row in self.hazards)


def notices(view: View, per: Unit = "institution") -> list[Notice]:
    """Who is to be told, in official order of the towns; the same day gives the same numbers again."""
    hazards = answers.listed(view.code, "hazards", view.as_of, view.filters)
    told = hazards.where("not is_rectified and (is_overdue or is_major)")
    ordered = answers.taken(view.code, told.ordered(ORDER))
    groups = ordered.group_by(per, maintain_order=True)
    return [_notice(view, place, part, per) for place, (_, part) in enumerate(groups, 1)]


def _notice(view: View, place: int, part: pl.DataFrame, per: Unit) -> Notice:
    rows = part.to_dicts()
    name = rows[0]["institution"] if per == "institution" else f"{rows[0]['township']}民政办"
    return Notice(
        f"{view.as_of:%Y}督〔{view.as_of:%m%d}〕{place:02d}号", name, str(rows[0]["township"]), rows
    )


def content(view: View, shown: list[Notice]) -> list[Block]:
    """Every notice in two copies, each on a page of its own."""
    sheets = [
        [*_sheet(view, notice, copy), *(_reply(view, notice) if copy == COPIES[1] else ())]
        for notice in shown
        for copy in COPIES
    ]
    if not sheets:
        return [Title("安全生产隐患督办通知单"), text(f"截至{chinese_day(view.as_of)}，没有需要督办的单位。")]
    return [block for sheet in sheets for block in sheet]


def _sheet(view: View, notice: Notice, copy: str) -> Iterator[Block]:
    yield line(copy, align="right", begins_page=True)
    yield Title("安全生产隐患督办通知单")
    yield line(f"编号：{notice.number}", align="right")
    yield line(f"{notice.unit}：")
    yield text(_said(view, notice))
    yield Table(HEADS, [_line(place, row) for place, row in enumerate(notice.hazards, 1)], WIDTHS, (0, 6))
    yield Heading("整改要求", 2)
    yield from (text(demand) for demand in _demands(view, notice))
    yield text("整改完成时限：", Blank("由县局核定"), "。")
    yield line(view.build.county, align="right")
    yield line(Blank("签发人"), "　", chinese_day(view.as_of), align="right")


def _said(view: View, notice: Notice) -> str:
    counts = {"逾期": notice.overdue, "重大": notice.majors}
    parts = "，".join(f"{word}的 {number(count)} 处" for word, count in counts.items() if count)
    return (
        f"截至{chinese_day(view.as_of)}，你单位有 {number(len(notice.hazards))} 处隐患尚未整改，其中{parts}。"
        "现予督办，请立即整改并按时反馈。"
    )


def _line(place: int, row: Row) -> tuple[object, ...]:
    late = number(row["days_overdue"]) if row["is_overdue"] else "未到期"
    found = f"{row['description']}（{row['area'] or '环节未填'}）"
    days = (dotted_day(row[name]) for name in ("found_on", "deadline_on", "extended_to"))
    return place, found, row["severity"], *days, late, row["responsible_person"], row["tracker"]


def _demands(view: View, notice: Notice) -> Iterator[str]:
    """What the rules of 今日必督 ask, and the measures the ledger names for each hazard."""
    rules = answers.action_rules(view.code)
    has_late_major = any(row["is_major"] and row["is_overdue"] for row in notice.hazards)
    asked = ["overdue_major"] if has_late_major else ["major_due_soon"] if notice.majors else []
    asked += (
        ["overdue_general"]
        if any(row["is_overdue"] and not row["is_major"] for row in notice.hazards)
        else []
    )
    demands = [f"{rules[code]['asks']}（方案{rules[code]['clause']}）。" for code in asked if code in rules]
    demands += [
        f"第 {place} 处：台账所列措施为“{row['measures']}”。"
        for place, row in enumerate(notice.hazards, 1)
        if row["measures"]
    ]
    yield from (f"{place}. {demand}" for place, demand in enumerate(demands, 1))


def _reply(view: View, notice: Notice) -> Iterator[Block]:
    yield CutLine()
    yield line(f"督办回执（编号：{notice.number}）", align="center")
    yield line(f"{view.build.county}：我单位已收到通知，整改情况如下。")
    rows = [(place, "", "", "") for place in range(1, len(notice.hazards) + 1)]
    yield Table(REPLY, [tuple(cell or "　" for cell in row) for row in rows], (9, 60, 25, 62), (0,))
    yield line("签收人：　　　　负责人（签章）：　　　　日期：")
