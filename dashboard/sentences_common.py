"""Messages of 共性问题: what most homes share, what comes back, why, and what is done against it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.words import fraction, names, number, percent

Row = Mapping[str, Any]
MOST_NAMES = 2


@dataclass(frozen=True)
class Answered:
    """Against which kinds measures stand, and how many stand against the common ones, each counted once."""

    kinds: Collection[str] = ()
    measures: int = 0


def common(kinds: Sequence[Row], level: float, worst: Row | None, answered: Answered) -> str:
    """58 家在营机构：5 类隐患 50% 以上的机构都有过，整改后最易反复的是…；3 类已有针对性制度 54 项，….

    `kinds`: queries.common.kinds; `worst`: the kind that comes back most ([name, value, …]).
    """
    if not kinds:
        return "筛选范围内没有写明类别的隐患，看不出共性问题"
    shared = [row["kind"] for row in kinds if row["is_common"]]
    opening = f"{number(kinds[0]['asked'])} 家在营机构："
    if not shared:
        top = kinds[0]
        part = fraction(top["homes"], top["asked"])
        return (
            f"{opening}没有一类隐患 {level:.0%} 以上的机构都有过，涉及最多的是{top['kind']}（{part} 家）"
            f"{_comes_back(worst)}"
        )
    head = f"{opening}{_called(shared)} {level:.0%} 以上的机构都有过{_comes_back(worst)}"
    return f"{head}；{against(shared, answered)}"


def _called(shared: Sequence[str]) -> str:
    return shared[0] if len(shared) == 1 else f"{len(shared)} 类隐患"


def _comes_back(worst: Row | None) -> str:
    if worst is None or not worst["value"]:
        return ""
    return f"，整改后最易反复的是{worst['name']}（{percent(worst['value'])}）"


def against(shared: Sequence[str], answered: Answered) -> str:
    """What stands against the common kinds, each measure counted once."""
    every = "都" if len(shared) > 1 else ""
    bare = [kind for kind in shared if kind not in answered.kinds]
    if len(bare) == len(shared):
        return f"{every}还没有针对性制度"
    if not bare:
        return f"{every}已有针对性制度，共 {number(answered.measures)} 项"
    return f"{len(shared) - len(bare)} 类已有针对性制度 {number(answered.measures)} 项，{some(bare)}还没有"


def some(kinds: Sequence[str]) -> str:
    """彩钢板; 彩钢板、特种设备未检等 4 类."""
    return names(list(kinds), MOST_NAMES).replace(" 个", " 类")


def spread(kinds: Sequence[Row]) -> str:
    """涉及机构最多的是疏散通道堵塞，58/58 家; of several alike how many they are."""
    if not kinds:
        return "没有写明类别的隐患"
    top = [row["kind"] for row in kinds if row["homes"] == kinds[0]["homes"]]
    share = f"{fraction(kinds[0]['homes'], kinds[0]['asked'])} 家，{percent(kinds[0]['share'], 0)}"
    return f"涉及机构最多的是{some(top)}（{share}）"


def recurrence(rows: Sequence[Row], few: float) -> str:
    """整改后最易反复的是疏散通道堵塞，44.1%（137/311）. `rows`: [name, numerator, denominator, value]."""
    enough = [row for row in rows if row["denominator"] >= few]
    if not enough:
        return "没有够数可比的类别" if rows else "没有写明类别的隐患"
    worst = max(enough, key=lambda row: row["value"])
    if not worst["value"]:
        return "整改后没有反复的"
    part = fraction(worst["numerator"], worst["denominator"])
    return f"整改后最易反复的是{worst['name']}，{percent(worst['value'])}（{part}）"


def causes(rows: Sequence[Row], few: float) -> str:
    """成因最集中的是疏散通道堵塞，55% 因执行不到位（171/311）. `rows`: [kind, cause, found, total]."""
    enough = [row for row in rows if row["total"] >= few]
    if not enough:
        return "没有够数可比的类别" if rows else "没有写明成因的隐患"
    top = max(enough, key=lambda row: row["found"] / row["total"])
    share = percent(top["found"] / top["total"], 0)
    part = fraction(top["found"], top["total"])
    return f"成因最集中的是{top['kind']}，{share} 因{top['cause']}（{part}）"


def rules(shared: Sequence[str], answered: Answered, measures: int) -> str:
    """9 类共性隐患：5 类已有针对性制度 54 项，彩钢板等 4 类没有."""
    if not measures:
        return "各单位尚未报送制度成果"
    if not shared:
        return f"已印发 {number(measures)} 项制度；筛选范围内没有共性隐患"
    return f"{len(shared)} 类共性隐患：{against(shared, answered)}"
