"""The rows of a home's time line: which records each holds, on which day, and what is said of one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboard.tokens import ACCENT, INK, MAJOR

Row = Mapping[str, Any]
ALL = pl.lit(value=True)


@dataclass(frozen=True)
class Sort:
    """Records of a `kind` that one row holds (`keeps`), by their `day`; `says` tells of one in a few words.

    `is_full` marks those drawn filled; the others, which are the lesser sort of the row, are hollow.
    """

    name: str
    kind: str
    day: str
    says: Callable[[Row], str]
    keeps: pl.Expr = ALL
    is_full: pl.Expr = ALL
    colour: str = ACCENT
    symbol: str = "circle"


def _self_check(row: Row) -> str:
    lacks = {"is_led_by_principal": "主要负责人带队", "is_signed": "签字", "is_filed": "存档"}
    missing = [name for column, name in lacks.items() if not row[column]]
    return f"机构自查（缺{'、'.join(missing)}，不算落实）" if missing else f"机构自查{_found(row)}"


def _visit(row: Row) -> str:
    return f"{row['inspection_type']}{_found(row)}"


def _found(row: Row) -> str:
    count = row["hazards_found"]
    return "" if count is None else f"，查出隐患 {count} 处" if count else "，未查出隐患"


def _appraisal(row: Row) -> str:
    return f"{row['inspection_type']}：{'、'.join(row['areas'])}"


def _training(row: Row) -> str:
    return f"培训：{row['topic'] or '内容未写'}（{row['organiser']}组织）"


def _drill(row: Row) -> str:
    minutes = f"，疏散用时 {row['evacuation_minutes']:g} 分钟" if row["evacuation_minutes"] else ""
    return f"{row['drill_type']}演练{minutes}"


def _complaint(row: Row) -> str:
    return f"举报：{row['content']}（{'已办结' if row['settled_on'] else '未办结'}）"


_IS_COMPLETE = pl.all_horizontal(
    pl.col("is_led_by_principal", "is_signed", "is_filed").fill_null(value=False)
)
_CODE = pl.col("inspection_code")

SORTS = (
    Sort(
        "机构自查",
        "inspections",
        "inspected_on",
        _self_check,
        _CODE == "self_check",
        _IS_COMPLETE,
        symbol="square",
    ),
    Sort(
        "上级检查",
        "inspections",
        "inspected_on",
        _visit,
        pl.col("is_authority"),
        _CODE != "township",
        colour=INK,
    ),
    Sort("鉴定评估", "inspections", "inspected_on", _appraisal, _CODE == "appraisal", symbol="star"),
    Sort(
        "培训",
        "trainings",
        "trained_on",
        _training,
        is_full=pl.col("organiser_code") == "institution",
        symbol="diamond",
    ),
    Sort("演练", "drills", "drilled_on", _drill, is_full=pl.col("is_evacuation"), symbol="triangle-up"),
    Sort("宣传活动", "activities", "held_on", lambda row: str(row["activity_type"]), symbol="hexagon"),
    Sort("制度成果", "measures", "issued_on", lambda row: str(row["measure"]), symbol="bowtie"),
    Sort(
        "举报投诉",
        "complaints",
        "received_on",
        _complaint,
        is_full=pl.col("settled_on").is_not_null(),
        colour=MAJOR,
    ),
)
ALWAYS = ("机构自查", "上级检查", "培训", "演练", "举报投诉")
"""Rows that stand there though nothing is in them: that nothing happened is a finding."""
HOLLOW = "空心：自查不算落实、镇级检查、外来培训、举报未办结"
