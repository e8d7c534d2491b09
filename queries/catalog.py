"""The catalogue: what each metric means, read from the header of its file in metrics/."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from queries.checked import DefinitionError, take

METRICS = Path(__file__).parent / "metrics"

DIMENSIONS = {
    "county": "县区",
    "township": "乡镇",
    "institution": "机构",
    "month": "月份",
    "quarter": "季度",
    "area": "环节",
    "kind": "类别",
    "severity": "隐患等级",
    "source": "隐患来源",
    "cause": "成因",
    "age": "逾期时长",
    "phase": "阶段",
    "duty": "职责",
    "period": "周期",
    "group": "人员类别",
    "unit": "责任单位",
}
"""By what a metric can be broken down: code to Chinese name. A metric accepts those its macro returns."""

RESERVED = {"group"}
"""Dimensions whose name SQL keeps for itself."""

TOPICS = ("隐患", "职责", "检查", "举报", "机构", "阶段")

UNITS = {
    "percent": "%",
    "hazards": "处",
    "hazards_per_visit": "处/次",
    "complaints": "件",
    "tasks": "项",
    "days": "天",
}


@dataclass(frozen=True)
class Header:
    """The TOML header of a metric's file; the texts are for readers, so Chinese.

    summary: how rows become a figure. share: rows marked / rows; ratio: sums of numerator / denominator;
    count: rows; survival_median: Kaplan–Meier median of days_taken, of which is_event ended.
    grain: what one row of the macro is. marked_by: the column of days that the window is held against: it
    decides which rows are marked (those with a day in it) and leaves none out. compared: what towns are
    compared by. sample: rows are hazards or inspections, of which chance decides how many turn out well: an
    interval, funnel limits; units: rows are all institutions or units: who is missing. note: what a reader of
    the figures should bear in mind. stock: the figure ignores the window. running_apart: rows of a running
    period are counted only where the figure is broken down by period.
    """

    name: str
    topic: Literal["隐患", "职责", "检查", "举报", "机构", "阶段"]
    unit: Literal["percent", "hazards", "hazards_per_visit", "complaints", "tasks", "days"]
    summary: Literal["share", "ratio", "count", "survival_median"]
    numerator: str
    grain: str
    explain: str
    clause: str
    good: Literal["high", "low", "neither"]
    denominator: str | None = None
    compared: Literal["sample", "units"] | None = None
    note: str | None = None
    stock: bool = False
    running_apart: bool = False
    marked_by: str | None = None


@dataclass(frozen=True)
class Metric(Header):
    """A metric of the catalogue; its code is the name of its file and of its macro."""

    code: str = ""

    @property
    def unit_name(self) -> str:
        return UNITS[self.unit]


def column(dimension: str) -> str:
    """Write a dimension as the column it is."""
    return f'"{dimension}"' if dimension in RESERVED else dimension


@cache
def catalog() -> dict[str, Metric]:
    """Every metric by its code, topic by topic; raises DefinitionError where a header is wrong."""
    metrics = [read_metric(path) for path in sorted(METRICS.glob("*.sql"))]
    return {metric.code: metric for metric in sorted(metrics, key=lambda each: TOPICS.index(each.topic))}


def read_metric(path: Path) -> Metric:
    """Read the metric that one file defines."""
    header = take(Header, read_header(path), path.name)
    if (header.summary == "count") != (header.denominator is None):
        raise DefinitionError(f"{path.name}：计数没有 denominator，其余都要有")
    return Metric(**vars(header), code=path.stem)


def read_header(path: Path) -> dict[str, object]:
    """Read the TOML in the block comment a file begins with."""
    text = path.read_text(encoding="utf-8")
    begin, separator, _ = text.partition("*/")
    if not begin.startswith("/*") or not separator:
        raise DefinitionError(f"{path.name}：应以 /* … */ 中的说明开头")
    try:
        return tomllib.loads(begin.removeprefix("/*"))
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(f"{path.name}：说明无法读取：{error}") from error
