"""Any metric, towns or counties × a dimension, as a heat matrix whose cells can be clicked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from dashboard import answers, charts, heat_columns, markup, most
from dashboard.charts import Head, Tile
from dashboard.picking import Picks
from dashboard.tokens import AMOUNTS, BAD_AMOUNTS, shade
from dashboard.view import View
from dashboard.words import NOTHING, figure, fraction, number, percent
from dashboard.words import names as some_names
from queries.catalog import DIMENSIONS, Metric

Row = Mapping[str, Any]
MOST_NAMES = 6
FLOOR = 0.6
"""Rates at or below this (or shares of bad at or above its counterpart) are drawn darkest."""
NOBODY = pl.Schema(
    {"place": pl.String(), "key": pl.String(), "names": pl.List(pl.String), "units": pl.Int64()}
)
NARROWEST = {True: 46, False: 64}
"""Pixels a column needs: of times, of words."""


def draw(
    picks: Picks,
    code: str,
    column: str,
    names: Mapping[str, str],
    *,
    is_page: bool = False,
    left_out: Collection[str] = (),
) -> None:
    """Places × `column`; `names` gives a column value's Chinese. A click narrows the rest of the page.

    `left_out`: values of `column` that are not told of.
    """
    by = picks.view.by
    view = picks.beside(by, column)
    metric, places = answers.metric(code), most.places(view, code)
    if len(places) < len(view.places):
        view = _held_to(view, places)
    every = heat_columns.heads(view, code, column, names)
    heads = [head for head in every if head.key not in left_out]
    frame = _figures(view, code, column, heads)
    worst = extreme(metric, frame, {head.key: head.name for head in heads}, answers.setting(view.code, "few"))
    say = _say_as_page if is_page else markup.title
    say(f"{metric.name}：{worst}", _subtitle(view, metric, column, heads))
    if not heads:
        markup.empty("筛选范围内没有可算的记录。换一个指标、维度，或放宽左侧筛选。")
        return
    is_time = column in heat_columns.TIMES
    tiles = _tiles(places, metric, heads, frame)
    charts.draw(
        charts.matrix(places, heads, tiles, NARROWEST[is_time], latest_first=is_time),
        f"{code}-{by}-{column}",
        f"{metric.name}，{view.storey.name}×{DIMENSIONS[column]}：{worst}",
        clickable=True,
    )
    most.note(len(picks.view.places), picks.view.storey.counted)


def _held_to(view: View, places: Sequence[str]) -> View:
    """The view of so many places alone."""
    of_counties = replace(view.filters, counties=tuple(places))
    of_towns = replace(view.filters, townships=tuple(places))
    return replace(view, filters=of_counties if view.by == "county" else of_towns)


def _figures(view: View, code: str, column: str, heads: Sequence[Head]) -> pl.DataFrame:
    """[place, key, numerator, denominator, value, is_running, names, units] of what is shown."""
    frame = answers.figures(view.code, (code,), view.as_of, (view.by, column), view.filters)
    shown = [head.key for head in heads]
    running = [head.key for head in heads if head.is_running]
    return (
        frame.rename({column: "key", view.by: "place"})
        .filter(pl.col("place").is_in(view.places), pl.col("key").is_in(shown))
        .with_columns(pl.col("key").is_in(running).alias("is_running"))
        .join(_missing(view, code, column), on=["place", "key"], how="left", maintain_order="left")
    )


def _missing(view: View, code: str, column: str) -> pl.DataFrame:
    """[place, key, names, units]: who misses a rate over homes or units; of other metrics nobody."""
    if answers.metric(code).compared != "units":
        return pl.DataFrame(schema=NOBODY)
    found = answers.missing(view.code, code, view.as_of, (view.by, column), view.filters, MOST_NAMES)
    cells = found.rename({column: "key", view.by: "place"}).group_by("place", "key", maintain_order=True)
    return cells.agg(pl.col("name").alias("names"), pl.col("units").first())


def _say_as_page(message: str, subtitle: str) -> None:
    markup.message(message)
    markup.note(subtitle)


def _tiles(
    places: Sequence[str], metric: Metric, heads: Sequence[Head], frame: pl.DataFrame
) -> list[list[Tile]]:
    cells = {(row["place"], row["key"]): row for row in frame.iter_rows(named=True)}
    highest = max((row["value"] or 0 for row in cells.values()), default=0)
    return [
        [tile(metric, cells.get((place, head.key)), f"{place} {head.name}", highest) for head in heads]
        for place in places
    ]


def tile(metric: Metric, cell: Row | None, place: str, highest: float) -> Tile:
    """One cell: [numerator, denominator, value, is_running, names, units]; `highest` is drawn darkest."""
    if cell is None or cell["value"] is None:
        return Tile(NOTHING, f"{place}：没有可算的记录", None)
    running = "，进行中" if cell["is_running"] else ""
    left = f"；未达到：{some_names(cell['names'], MOST_NAMES, cell['units'])}" if cell["names"] else ""
    return Tile(
        _short(metric, cell["value"]),
        f"{place}：{_figure(metric, cell)}{running}{left}",
        _colour(metric, cell["value"], highest),
    )


def _short(metric: Metric, value: float) -> str:
    if metric.unit == "percent":
        return percent(value, 0)
    return f"{value:.1f}" if metric.summary == "ratio" else number(value)


def _colour(metric: Metric, value: float, highest: float) -> str:
    if metric.unit == "percent":
        return shade(AMOUNTS, (value if metric.good == "low" else 1 - value) / (1 - FLOOR))
    return shade(BAD_AMOUNTS if metric.good == "low" else AMOUNTS, value / highest if highest else 0)


def _figure(metric: Metric, cell: Row) -> str:
    beside = f"（{fraction(cell['numerator'], cell['denominator'])}）" if metric.unit == "percent" else ""
    return f"{figure(cell['value'], metric)}{beside}"


def extreme(metric: Metric, frame: pl.DataFrame, names: Mapping[str, str], few: float) -> str:
    """The worst cell in words: too few are not ranked, and what is still running has not failed.

    `frame`: [place, key, numerator, denominator, value, is_running]; `names` gives a key's name.
    """
    known = frame.filter(pl.col("value").is_not_null())
    enough = known.filter(~pl.col("is_running"), pl.col("denominator").fill_null(few) >= few)
    if enough.is_empty():
        return f"没有够数可比的格（已结束、分母不少于 {few:g}）" if known.height else "没有可算的记录"
    worst = enough.sort("value", descending=metric.good != "high", maintain_order=True).row(0, named=True)
    if metric.unit == "percent" and worst["value"] == (1 if metric.good == "high" else 0):
        return f"够数可比的格都是 {percent(worst['value'], 0)}"
    word = "最低" if metric.good == "high" else "最高"
    return f"{word}是{worst['place']} {names[worst['key']]}，{_figure(metric, worst)}"


def _subtitle(view: View, metric: Metric, column: str, heads: Sequence[Head]) -> str:
    darker = "颜色越深越差" if metric.good != "neither" else "颜色越深越多"
    running = "；空心带“…”为进行中，不排名" if any(head.is_running for head in heads) else ""
    return f"{view.storey.name}×{DIMENSIONS[column]}；{darker}{running}；点一格看其中的记录"
