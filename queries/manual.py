"""Writes the metric manual, queries/README.md, from the catalogue: python -m queries.manual."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from queries.campaign import read_campaign
from queries.cases_told import UNSAID, Told, told
from queries.catalog import TOPICS, Metric, catalog
from queries.parts import Campaign

MANUAL = Path(__file__).parent / "README.md"

WAYS = {"high": "越高越好", "low": "越低越好", "neither": "不分好坏"}

SUMMARIES = {
    "share": "分子 ÷ 分母",
    "ratio": "分子之和 ÷ 分母之和",
    "count": "计数",
    "survival_median": "卡普兰–迈耶中位数：生存率首次降到 0.5 及以下的天数",
}

COMPARED = {
    "sample": "按隐患或检查计：给 95% 区间；镇与全县之差超出机会范围（95%、99.8%）才说略高低、明显高低",
    "units": "按机构或单位全数计：不作区间，列出没有做到的名单",
}

OPENING = f"""# 指标手册

本文件由指标文件（`queries/metrics/*.sql`）的说明生成，不要直接改：改了说明，运行 `python -m queries.manual`。

- 所有数字都按事件日期和统计截止日期计算，不看状态栏，也不看当天：
  同样的台账、同样的截止日期，永远得到同样的数字。截止日期之后的事一概看不见。
- 统计期默认从行动首日到统计截止日，按事情本身的日期（发现、检查、培训……）取舍。
  标明“不受统计期影响”的是存量，只看截止日期。
- 分母为零时没有值，显示为 —，不写 0% 或 100%。
- 目标与阈值只写在 `data/campaign.toml`，各有生效日；一个周期按它首日有效的阈值判断。
- 每个指标是数据库里的一个宏，返回它的总体，一行一件，例如 `from overdue(date '2026-11-23')` 就是逾期的隐患。
- 每个指标有一个手算的例子（`queries/cases`），测试按它核对。{UNSAID}
"""


def manual() -> str:
    """The whole manual, in Markdown."""
    return "\n".join([OPENING, *(_topic(topic) for topic in TOPICS)])


def _topic(topic: str) -> str:
    about = [_section(metric) for metric in catalog().values() if metric.topic == topic]
    return "\n".join([f"## {topic}\n", *about])


def _section(metric: Metric) -> str:
    lines = {
        "分子" if metric.denominator else "数的是": metric.numerator,
        "分母": metric.denominator,
        "算法": f"{SUMMARIES[metric.summary]}，单位 {metric.unit_name}，{WAYS[metric.good]}",
        "粒度": metric.grain,
        "要求": "；".join(_asked(metric)),
        "目标": "；".join(_levels(metric)),
        "依据": f"方案{metric.clause}",
        "统计期": "不受统计期影响" if metric.stock else None,
        "比较": COMPARED[metric.compared] if metric.compared else None,
        "注意": metric.note,
        "周期": "正在进行的周期只在按周期分列时出现" if metric.running_apart else None,
    }
    listed = "".join(f"- {name}：{text}\n" for name, text in lines.items() if text)
    example = "\n".join(_table(table) for table in told(metric))
    return f"### {metric.name} `{metric.code}`\n\n{metric.explain}。\n\n{listed}\n{example}"


@cache
def _plan() -> Campaign:
    return read_campaign()


def _asked(metric: Metric) -> Iterator[str]:
    """Of a duty each rule switched on, with its date of effect."""
    for rule in _plan().duties:
        if rule.is_enabled and f"{rule.duty}_rate" == metric.code:
            yield f"{rule.asks}（自 {rule.from_on} 起）"


def _levels(metric: Metric) -> Iterator[str]:
    """Each threshold of a metric with its date of effect."""
    better = "≥" if metric.good == "high" else "≤"
    for one in _plan().thresholds:
        if one.metric == metric.code:
            levels = f"{better} {one.warn:.0%} 达标，{better} {one.alarm:.0%} 关注，其余落后"
            yield f"{one.target:.0%}，{levels}（自 {one.from_on} 起）"


def _table(table: Told) -> str:
    """A table in Markdown below its title."""
    lines = [table.heads, ["---"] * len(table.heads), *table.rows]
    body = "".join(f"| {' | '.join(line)} |\n" for line in lines)
    return f"例：{table.title}\n\n{body}"


if __name__ == "__main__":
    MANUAL.write_text(manual(), encoding="utf-8")
