"""Figures and dates as Chinese text; an empty denominator is —, never 0 % or 100 %."""

from datetime import date

from queries.catalog import Metric

NOTHING = "—"
STANDINGS = {
    "far_below": "明显低于全县",
    "below": "略低于全县",
    "alike": "与全县相当",
    "above": "略高于全县",
    "far_above": "明显高于全县",
    "few": "太少不排名",
}
"""Where a town stands against the county (queries.fair)."""


def said_standing(standing: str, whole: str) -> str:
    """Where a place stands against the whole that it is held against; "" where that is not known."""
    return STANDINGS.get(standing, "").replace("全县", whole)


def percent(value: float | None, digits: int = 1) -> str:
    """A fraction of 1 as a percentage. 99.96 % is not rounded up to 100 %: nearly all is not all."""
    if value is None:
        return NOTHING
    text = f"{value * 100:.{digits}f}"
    if value < 1 and float(text) >= 100:
        text = f"{100 - 10**-digits:.{digits}f}"
    if value > 0 and float(text) == 0:
        text = f"{10**-digits:.{digits}f}"
    return f"{text}%"


def number(value: float | None) -> str:
    if value is None:
        return NOTHING
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def figure(value: float | None, metric: Metric, digits: int = 1) -> str:
    """A metric's value with its unit as the catalogue names it."""
    if value is None:
        return NOTHING
    if metric.unit == "percent":
        return percent(value, digits)
    return f"{number(value)} {metric.unit_name}"


def fraction(numerator: float | None, denominator: float | None) -> str:
    if not denominator:
        return NOTHING
    return f"{number(numerator)}/{number(denominator)}"


def moved(change: float, metric: Metric) -> str:
    """A change (percentage points of a rate, else in the metric's unit) with its sign and unit."""
    digits, unit = (1, "个百分点") if metric.unit == "percent" else (0, metric.unit_name)
    return f"{change:+,.{digits}f} {unit}".replace("-", "−") if round(change, digits) else "持平"


def apart(value: float | None, other: float | None, metric: Metric) -> str:
    """How far one figure is from another: 低 6.2 个百分点, 多 3 处, 长 2 天; — where either is missing."""
    if value is None or other is None:
        return NOTHING
    digits, scale, unit = (1, 100, "个百分点") if metric.unit == "percent" else (0, 1, metric.unit_name)
    gap = round((value - other) * scale, digits)
    less, more = {"percent": ("低", "高"), "days": ("短", "长")}.get(metric.unit, ("少", "多"))
    return f"{more if gap > 0 else less} {abs(gap):,.{digits}f} {unit}" if gap else "持平"


def day(value: date | None) -> str:
    return value.isoformat() if value else NOTHING


def chinese_day(value: date) -> str:
    """2026年11月23日, as official documents write a day."""
    return f"{value.year}年{value.month}月{value.day}日"


def dotted_day(value: date | None) -> str:
    """2026.11.23, which no narrow column breaks."""
    return value.strftime("%Y.%m.%d") if value else NOTHING


def short_day(value: date | None, beside: date) -> str:
    """A day, without its year where it is the same as that of the day beside it."""
    if value is None:
        return NOTHING
    return f"{value:%m-%d}" if value.year == beside.year else value.isoformat()


def period(code: str) -> str:
    """2026Q3 → 2026 年三季度, 2026H1 → 2026 年上半年, 2026 → 2026 年."""
    year, tail = code[:4], code[4:]
    halves = {"": "", "H1": "上半年", "H2": "下半年"}
    quarters = {"Q1": "一季度", "Q2": "二季度", "Q3": "三季度", "Q4": "四季度"}
    return f"{year} 年{(halves | quarters)[tail]}"


def names(values: list[str], most: int = 3, count: int | None = None) -> str:
    """A few names, then how many more: 大箕镇、南岭镇等 5 个; `count`: of how many these are the first."""
    total = len(values) if count is None else count
    if total <= most:
        return "、".join(values)
    return f"{'、'.join(values[:most])}等 {number(total)} 个"
