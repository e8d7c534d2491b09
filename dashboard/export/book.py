"""The whole dashboard as one workbook: a cover, the figures by township, then one sheet a kind of record."""

from collections.abc import Iterator
from io import BytesIO

import polars as pl
import xlsxwriter

from dashboard import answers, table
from dashboard.export import xlsx
from dashboard.filters import described
from dashboard.places import COUNTIES, TOWNS
from dashboard.view import View
from dashboard.words import number
from queries import records
from queries.catalog import DIMENSIONS, Metric
from queries.rows import read

COVER = "说明"
FIGURES = "指标"
BY_COUNTY, BY_TOWN = "各县区指标", "各镇指标"


def workbook(view: View) -> bytes:
    """Every metric and every record a view holds: dates as dates, numbers as numbers, no live formulas."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, xlsx.SAFE) as book:
        for name, frame in _sheets(view):
            xlsx.add_sheet(book, frame, name)
    return target.getvalue()


def _sheets(view: View) -> Iterator[tuple[str, pl.DataFrame]]:
    yield COVER, _cover(view)
    yield FIGURES, _figures(view, ())
    if view.by == COUNTIES.by:
        yield BY_COUNTY, _figures(view, (COUNTIES.by,))
    yield BY_TOWN, _figures(view, (TOWNS.by,))
    for kind, listing in records.kinds().items():
        rows = answers.listed(view.code, kind, view.as_of, view.filters)
        frame = read(view.build.connection, rows, [*listing.titles], xlsx.MOST_ROWS)
        yield listing.name, table.presentable(table.named(frame, listing.titles))


def _cover(view: View) -> pl.DataFrame:
    campaign = answers.outline(view.code)
    lines = [
        ("行动", campaign.name),
        ("依据", campaign.document),
        ("单位", view.build.county),
        ("统计截止日期", view.as_of.isoformat()),
        ("筛选", described(view.build, view.as_of, view.filters) or "全部"),
        ("每张表", f"最多 {number(xlsx.MOST_ROWS)} 行；更多时请先筛选乡镇或时间范围"),
        ("未计入的行", str(view.build.rows_refused)),
        ("数据", "示例数据，内容均为虚构" if view.build.is_example else "各镇报送的台账"),
        *((metric.name, _explained(metric)) for metric in map(answers.metric, answers.metrics())),
    ]
    return pl.DataFrame(lines, schema={"项目": pl.String, "内容": pl.String}, orient="row")


def _explained(metric: Metric) -> str:
    parts = f"分子：{metric.numerator}；分母：{metric.denominator or '无'}"
    return f"{metric.explain}（{parts}；方案{metric.clause}）"


def _figures(view: View, by: tuple[str, ...]) -> pl.DataFrame:
    """Every metric that has these dimensions: 指标, 县区 or 乡镇, 分子, 分母, 值, 单位."""
    codes = tuple(code for code in answers.metrics() if set(by) <= set(answers.dimensions(view.code, code)))
    frame = answers.figures(view.code, codes, view.as_of, by, view.filters)
    metrics = [answers.metric(code) for code in codes]
    units = {metric.code: "比例" if metric.unit == "percent" else metric.unit_name for metric in metrics}
    return frame.select(
        pl.col("metric").replace({metric.code: metric.name for metric in metrics}).alias("指标"),
        *(pl.col(name).alias(DIMENSIONS[name]) for name in by),
        pl.col("numerator").alias("分子"),
        pl.col("denominator").alias("分母"),
        pl.col("value").alias("值"),
        pl.col("metric").replace(units).alias("单位"),
    )
