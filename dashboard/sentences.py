"""Messages computed from the figures: what a leader would say after reading the chart."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import takewhile
from typing import Any

from dashboard.late import Late
from dashboard.words import fraction, names, number, percent, said_standing

Row = Mapping[str, Any]


def county(days_left: int, rate: float | None, majors: Mapping[str, int], behind: str) -> str:
    """How the county stands, in one sentence. `majors`: overdue major hazards by town, the most first."""
    parts = [f"整改率 {percent(rate)}" if rate is not None else "尚无隐患记录"]
    if majors:
        parts.append(f"{number(sum(majors.values()))} 处重大隐患逾期，{_where(list(majors))}")
    else:
        parts.append("没有重大隐患逾期")
    if behind:
        parts.append(behind)
    opening = f"距收官 {days_left} 天：" if days_left > 0 else "行动收官："
    return opening + "；".join(parts)


def _where(towns: list[str]) -> str:
    return (
        f"在{towns[0]}"
        if len(towns) == 1
        else f"集中在{names(towns, 2)}"
        if len(towns) < 4
        else f"涉及{len(towns)} 个镇"
    )


def phase_gap(phases: Sequence[Row]) -> str:
    """The running phase's tasks against time gone; empty where no phase runs."""
    running = [row for row in phases if row["is_begun"] and not row["is_over"] and row["asked"]]
    if not running:
        return ""
    gap = (running[0]["done"] / running[0]["asked"] - running[0]["time_gone"]) * 100
    word = f"落后时间 {-gap:.0f} 个百分点" if gap < 0 else "不落后于时间进度"
    return f"{running[0]['phase_name']}{word}"


def ranking(name: str, rows: Sequence[Row], threshold: float | None, *, by: str = "镇") -> str:
    """N 个镇整改率低于 95%，最低的是大箕镇 78.3%（18/23）; of one: 大箕镇整改率 78.3%（18/23），低于 95%.

    `rows`: [name, value, numerator, denominator].
    """
    known = sorted((row for row in rows if row["value"] is not None), key=lambda row: row["value"])
    if not known:
        return f"{name}：没有可比的数据"
    low = known[0]
    value = f"{percent(low['value'])}（{fraction(low['numerator'], low['denominator'])}）"
    if len(known) == 1:
        return f"{low['name']}{name} {value}{_against(low['value'], threshold)}"
    worst = f"最低的是{low['name']} {value}"
    if threshold is None:
        return f"{name}{worst}"
    below = sum(row["value"] < threshold for row in known)
    return (
        f"{below} 个{by}{name}低于 {threshold:.0%}，{worst}"
        if below
        else f"各{by}{name}都在 {threshold:.0%} 以上"
    )


def _against(value: float, threshold: float | None) -> str:
    if threshold is None:
        return ""
    return f"，{'低于' if value < threshold else '达到'} {threshold:.0%}"


def apart(rows: Sequence[Row], whole: str = "全县") -> str:
    """大箕镇、南岭镇明显低于全县，下村镇明显高于全县; empty where none is. `rows`: [name, standing]."""
    found = {
        standing: [row["name"] for row in rows if row["standing"] == standing]
        for standing in ("far_below", "far_above")
    }
    parts = [f"{names(those)}{said_standing(standing, whole)}" for standing, those in found.items() if those]
    return "，".join(parts)


def most(name: str, rows: Sequence[Row], unit: str = "处", vague: Collection[str] = ()) -> str:
    """逾期未整改最多的是大箕镇 32 处，占 56%. `rows`: [name, value]; of `vague` names only how much."""
    total = sum(row["value"] for row in rows)
    known = sorted((row for row in rows if row["name"] not in vague), key=lambda row: -row["value"])
    if not known or not total:
        return f"{name}{number(total)} {unit}，都没有写明" if total else f"没有{name}"
    top = known[0]
    said = (
        f"{name}最多的是{top['name']}，{number(top['value'])} {unit}，占 {percent(top['value'] / total, 0)}"
    )
    return said + _unsaid([row for row in rows if row["name"] in vague], total)


def _unsaid(rows: Sequence[Row], total: float) -> str:
    """；其他、未填写占 58%."""
    if not rows:
        return ""
    share = percent(sum(row["value"] for row in rows) / total, 0)
    return f"；{'、'.join(row['name'] for row in rows)}占 {share}"


def course(
    name: str, first: tuple[date, float | None], last: tuple[date, float | None], unit: str = "处"
) -> str:
    """未整改隐患由 2026-01 的 80 处降到 57 处."""
    if first[1] is None or last[1] is None:
        return name
    if first[1] == last[1]:
        return f"{name}与 {first[0]:%Y-%m-%d} 持平，{number(last[1])} {unit}"
    word = "降到" if last[1] < first[1] else "增加到"
    return f"{name}由 {first[0]:%Y-%m-%d} 的 {number(first[1])} {unit}{word} {number(last[1])} {unit}"


def overdue(late: Late) -> str:
    """57 处隐患逾期未整改，其中重大 6 处；最长已逾期 41 天（大箕镇 示例敬老院）."""
    if not late.count:
        return "没有逾期未整改的隐患"
    return (
        f"{number(late.count)} 处隐患逾期未整改，其中重大 {number(late.majors)} 处；"
        f"最长已逾期 {late.days} 天（{late.township} {late.institution}）"
    )


def phases(rows: Sequence[Row]) -> str:
    """The running phase against time, then what older phases left behind."""
    gap = phase_gap(rows)
    left = [
        f"{row['phase_name']}阶段余 {row['asked'] - row['done']} 项"
        for row in rows
        if row["is_over"] and row["done"] < row["asked"]
    ]
    return (
        "；".join(part for part in (gap, "，".join(left)) if part)
        or "没有进行中的阶段，已结束的阶段任务全部完成"
    )


def duty(name: str, periods: Sequence[Row], as_of: date) -> str:
    """季度自查：上一期 55/58 家落实，本期还有 21 家未落实，余 38 天.

    `periods`: one row a period: [period_from, period_to, is_running, asked, met].
    """
    closed = latest_period([row for row in periods if not row["is_running"]])
    running = latest_period([row for row in periods if row["is_running"]])
    parts = []
    if closed:
        parts.append(f"上一期 {fraction(closed['met'], closed['asked'])} 家落实")
    if running:
        owed, left = running["asked"] - running["met"], (running["period_to"] - as_of).days
        parts.append(f"本期还有 {number(owed)} 家未落实，余 {left} 天" if owed else "本期已全部落实")
    return f"{name.removesuffix('落实率')}：{'，'.join(parts) or '没有应履行的机构'}"


def latest_period(periods: Sequence[Row]) -> Row | None:
    """The period that ends last; of two that end together, the newer rule's."""
    return max(periods, key=lambda row: (row["period_to"], row["period_from"]), default=None)


def intake(total: Row) -> str:
    """42 个文件读入 9,000 行：计入 8,700，并入 260，未计入 40. `total`: [files, unread, read, taken, …]."""
    if not total["files"]:
        return "还没有读入文件"
    tail = f"；{total['unread']} 个文件有没读进来的部分" if total["unread"] else ""
    return (
        f"{number(total['files'])} 个文件共 {number(total['read'])} 行："
        f"计入 {number(total['taken'])}，并入已有记录 {number(total['merged'])}，"
        f"未计入 {number(total['refused'])}{tail}"
    )


def hazards(left: int, majors: int, rate: float | None) -> str:
    """还有 131 处隐患未整改，其中重大 9 处；整改率 96.7%."""
    if rate is None and not left:
        return "筛选范围内没有隐患记录"
    words = f"还有 {number(left)} 处隐患未整改，其中重大 {majors} 处" if left else "隐患已全部整改"
    return f"{words}；整改率 {percent(rate)}" if rate is not None else words


def home(name: str, hazards: Sequence[Row], running: Sequence[Row], as_of: date) -> str:
    """示例敬老院：1 处重大隐患逾期 41 天；23 处隐患整改 21 处；本期季度自查未做，余 38 天.

    `running`: the home's duties of the running periods.
    """
    found, left = len(hazards), sum(not row["is_rectified"] for row in hazards)
    count = f"{number(found)} 处隐患整改 {number(found - left)} 处" if found else "没有隐患记录"
    late = [row for row in hazards if row["is_overdue"]]
    parts = [_longest(late), count, _still_owed(running, as_of)]
    return f"{name}：{'；'.join(part for part in parts if part)}"


def _longest(late: Sequence[Row]) -> str:
    """1 处重大隐患逾期 41 天; of several how many, and the longest: the major ones, if there are any."""
    majors = [row for row in late if row["is_major"]]
    if not late:
        return ""
    days = max(row["days_overdue"] for row in majors or late)
    most = f"最长 {days} 天" if len(majors or late) > 1 else f"{days} 天"
    if not majors:
        return f"{len(late)} 处隐患逾期，{most}" if len(late) > 1 else f"1 处隐患逾期 {most}"
    said = f"{len(majors)} 处重大隐患逾期{'，' if len(majors) > 1 else ' '}{most}"
    rest = len(late) - len(majors)
    return f"{said}，另有 {rest} 处一般逾期" if rest else said


def _still_owed(running: Sequence[Row], as_of: date) -> str:
    owed = [row for row in running if not row["is_met"]]
    if not owed:
        return "本期职责都已落实" if running else ""
    days = min((row["period_to"] - as_of).days for row in owed)
    return f"本期{names([row['duty_name'] for row in owed])}未做，余 {days} 天"


def homes(count: int, closed: int, late: Late) -> str:
    """60 家机构（2 家已停办）：25 家有逾期隐患，其中 4 家是重大隐患."""
    if not count:
        return "筛选范围内没有机构"
    total = f"{number(count)} 家机构" + (f"（{number(closed)} 家已停办）" if closed else "")
    if not late.homes:
        return f"{total}，都没有逾期隐患"
    tail = f"，其中 {number(late.major_homes)} 家是重大隐患" if late.major_homes else ""
    return f"{total}：{number(late.homes)} 家有逾期隐患{tail}"


def town(name: str, open_homes: int, late: Late) -> str:
    """大箕镇：4 家在营机构；19 处隐患逾期，其中重大 4 处，最长 55 天."""
    count = f"{open_homes} 家在营机构"
    if not late.count:
        return f"{name}：{count}；没有逾期未整改的隐患"
    tail = f"，其中重大 {late.majors} 处" if late.majors else ""
    return f"{name}：{count}；{late.count} 处隐患逾期{tail}，最长 {late.days} 天"


def training(coverage: float | None, groups: Sequence[Row], owing: int) -> str:
    """培训覆盖率 91.2%，最低的是护理人员 85.0%（85/100）；23 家机构本期培训演练还有未落实的.

    `coverage`: of all together; `groups`: by the five groups.
    """
    known = [row for row in groups if row["value"] is not None]
    tail = f"；{owing} 家机构本期培训演练还有未落实的" if owing else "；本期培训演练都已落实"
    if not known:
        return f"没有机构自己组织的培训记录{tail}"
    low = min(known, key=lambda row: row["value"])
    part = fraction(low["numerator"], low["denominator"])
    worst = f"最低的是{low['name']} {percent(low['value'])}（{part}）"
    return f"培训覆盖率 {percent(coverage)}，{worst}{tail}"


def inspections(figures: Mapping[str, Row]) -> str:
    """58 家在营机构都检查过；暗访占 12.3%；45 件举报办结 39 件，6 件超期. `figures`: by metric."""
    visited, hidden = figures["inspected_rate"], figures["unannounced_share"]
    settled, late = figures["complaint_settled_rate"], figures["complaints_overdue"]["value"]
    left = (visited["denominator"] or 0) - (visited["numerator"] or 0)
    homes = number(visited["denominator"] or 0)
    seen = f"{homes} 家在营机构都检查过" if not left else f"{homes} 家在营机构中 {number(left)} 家没有检查过"
    parts = [seen if visited["denominator"] else "没有在营机构"]
    if hidden["value"] is not None:
        parts.append(f"四不两直和明察暗访占 {percent(hidden['value'])}")
    if settled["denominator"]:
        tail = f"，{number(late)} 件超期" if late else ""
        parts.append(f"{number(settled['denominator'])} 件举报办结 {number(settled['numerator'])} 件{tail}")
    return "；".join(parts)


def hazard(row: Row) -> str:
    """消防水泵故障停用（重大）：逾期 41 天未整改."""
    name = f"{row['description']}（{row['severity']}）"
    if row["is_verified"]:
        return f"{name}：已整改并复查销号"
    if row["is_rectified"]:
        return f"{name}：已整改，待复查销号"
    if row["is_overdue"]:
        return f"{name}：逾期 {row['days_overdue']} 天未整改"
    left = row["days_to_due"]
    return f"{name}：未整改，" + ("没有整改时限" if left is None else f"距期限 {left} 天")


def behind_since(
    town: str, name: str, days: Sequence[date], own: Sequence[float | None], whole: Sequence[float | None]
) -> str:
    """Since which month-end a town has stood below the county, and how far now; "" where unknown."""
    now, county_now = own[-1], whole[-1]
    if now is None or county_now is None:
        return ""
    gap = f"现{'低' if now < county_now else '高'} {abs(now - county_now) * 100:.1f} 个百分点"
    pairs = list(zip(days, own, whole, strict=True))
    run = list(takewhile(lambda pair: _is_below(pair[1], pair[2]), reversed(pairs)))
    if not run:
        return f"{town}{name}不低于全县，{gap}" if now > county_now else f"{town}{name}与全县相当"
    first = run[-1][0]
    since = "统计以来一直" if len(run) == len(pairs) else f"自 {first.year} 年 {first.month} 月末起"
    return f"{town}{name}{since}低于全县，{gap}"


def _is_below(own: float | None, county: float | None) -> bool:
    return own is not None and county is not None and own < county
