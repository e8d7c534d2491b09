"""Any metric, towns × a dimension, as a heat matrix whose cells can be clicked."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard import answers, charts, markup
from dashboard.tokens import AMOUNTS, BAD_AMOUNTS
from dashboard.view import View
from dashboard.words import NOTHING, figure, fraction, number, percent
from queries.catalog import DIMENSIONS, Metric

Row = Mapping[str, Any]
MOST_COLUMNS = 36
WORDS = ("area", "kind", "severity", "source", "cause")
VAGUE = ("其他",)
FLOOR = 0.6
"""Rates at or below this (or shares of bad at or above its counterpart) are drawn darkest."""


def draw(
    view: View, code: str, column: str, names: Mapping[str, str], *, is_page: bool = False
) -> tuple[str, str] | None:
    """Towns × `column`; `names` gives a column value's Chinese. Returns the (town, column value) clicked."""
    metric = answers.metric(code)
    frame = answers.figures(view.code, (code,), view.as_of, ("township", column), view.filters)
    frame = frame.filter(pl.col("township").is_in(view.towns) & pl.col(column).is_not_null())
    values = _ordered(view, code, column)[-MOST_COLUMNS:]
    message = f"{metric.name}：{_extreme(metric, frame, column, names)}"
    if is_page:
        markup.message(message)
    markup.title("" if is_page else message, _subtitle(metric, column))
    if not values:
        markup.empty("筛选范围内没有可算的记录。换一个指标、维度，或放宽左侧筛选。")
        return None
    heads = [names.get(value, value) for value in values]
    cells = {(row["township"], row[column]): row for row in frame.iter_rows(named=True)}
    grid = [[cells.get((town, value)) for value in values] for town in view.towns]
    shown = charts.matrix(
        view.towns,
        heads,
        [[_shade(metric, cell, frame) for cell in line] for line in grid],
        [[_text(metric, cell) for cell in line] for line in grid],
        [
            [_hover(metric, town, head, cell) for head, cell in zip(heads, line, strict=True)]
            for town, line in zip(view.towns, grid, strict=True)
        ],
        AMOUNTS if metric.unit == "percent" or metric.good != "low" else BAD_AMOUNTS,
    )
    clicked = charts.draw(
        shown, f"heat-{code}-{column}", f"{metric.name}，乡镇×{DIMENSIONS[column]}", clickable=True
    )
    if clicked is None:
        return None
    town, head = clicked.split("\t")
    return town, values[heads.index(head)]


def _ordered(view: View, code: str, column: str) -> list[str]:
    """Times, phases and duties in their own order; words by how often they occur, the vague ones last."""
    frame = answers.figures(view.code, (code,), view.as_of, (column,), view.filters).drop_nulls(column)
    if column in WORDS:
        vague, weight = pl.col(column).is_in(VAGUE), pl.coalesce("denominator", "value")
        frame = frame.sort(vague, weight, column, descending=[False, True, False])
    return frame[column].to_list()


def _shade(metric: Metric, cell: Row | None, frame: pl.DataFrame) -> float | None:
    if cell is None or cell["value"] is None:
        return None
    if metric.unit == "percent":
        bad = cell["value"] if metric.good == "low" else 1 - cell["value"]
        return float(min(1.0, bad / (1 - FLOOR)))
    highest = frame["value"].max()
    return float(cell["value"] / highest) if isinstance(highest, int | float) and highest else 0.0


def _text(metric: Metric, cell: Row | None) -> str:
    if cell is None or cell["value"] is None:
        return NOTHING
    return percent(cell["value"], 0) if metric.unit == "percent" else number(cell["value"])


def _hover(metric: Metric, town: str, head: str, cell: Row | None) -> str:
    if cell is None or cell["value"] is None:
        return f"{town} {head}：没有可算的记录"
    beside = f"（{fraction(cell['numerator'], cell['denominator'])}）" if metric.unit == "percent" else ""
    return f"{town} {head}：{figure(cell['value'], metric)}{beside}"


def _extreme(metric: Metric, frame: pl.DataFrame, column: str, names: Mapping[str, str]) -> str:
    known = frame.filter(pl.col("value").is_not_null())
    if known.is_empty():
        return "没有可算的记录"
    row = known.sort("value", descending=metric.good != "high", maintain_order=True).row(0, named=True)
    word = "最低" if metric.good == "high" else "最高"
    place = f"{row['township']} {names.get(row[column], row[column])}"
    beside = f"（{fraction(row['numerator'], row['denominator'])}）" if metric.unit == "percent" else ""
    return f"{word}是{place}，{figure(row['value'], metric)}{beside}"


def _subtitle(metric: Metric, column: str) -> str:
    shade = "颜色越深越差" if metric.good != "neither" else "颜色越深越多"
    return f"乡镇×{DIMENSIONS[column]}；{shade}；点一格看其中的记录"
