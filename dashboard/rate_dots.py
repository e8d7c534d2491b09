"""A rate of each town (or county), or of each home of a town, as dots with intervals beside the county's."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from dashboard import answers, charts, judging, markup, sentences
from dashboard.picking import Picks
from dashboard.tokens import ACCENT, GENERAL, JUDGEMENT_COLOURS
from dashboard.view import View
from dashboard.words import fraction, percent, said_standing
from queries.filters import Filters

Row = Mapping[str, Any]


def legend(view: View) -> str:
    return f"点为实际值，横线为 95% 区间{f'，虚线为{view.storey.whole}' if view.knows_county else ''}"


def places(picks: Picks, code: str) -> None:
    """All towns, or counties; a click narrows the rest of the page."""
    by = picks.view.by
    view = picks.beside(by)
    _draw(view, code, by, view.filters, clickable=True)


def homes(view: View, code: str, township: str, marked: str = "") -> None:
    """The homes of one town, `marked` among them."""
    filters = replace(view.filters, townships=(township,), institutions=())
    _draw(view, code, "institution", filters, marked)


def _draw(
    view: View, code: str, by: str, filters: Filters, marked: str = "", *, clickable: bool = False
) -> None:
    metric = answers.metric(code)
    rows = compared(view, code, by, filters)
    _title(view, code, by, rows)
    if not rows:
        markup.empty("筛选范围内没有隐患，不能算这个比率。")
        return
    shown = [dot(view, code, row, marked) for row in rows]
    spoken = "，".join(each.words for each in shown if each.is_ranked)
    figure = charts.dots(shown, rows[0]["whole"])
    charts.draw(figure, f"{code}-{by}", f"{metric.name}：{spoken}", clickable=clickable)


def _title(view: View, code: str, by: str, rows: Sequence[Row]) -> None:
    note = answers.metric(code).note if by != "institution" else None
    parts = (legend(view), sentences.apart(ranked(rows), view.storey.whole), note)
    markup.title(message(view, code, by, rows), "；".join(filter(None, parts)))


def compared(view: View, code: str, by: str, filters: Filters) -> Sequence[Row]:
    """The towns or homes with anything to count, the lowest rate first.

    [name, numerator, denominator, value, low, high, whole, standing].
    """
    frame = answers.towns(view.code, code, view.as_of, filters, by).filter(pl.col("denominator") > 0)
    return frame.rename({by: "name"}).sort("value").to_dicts()


def ranked(rows: Sequence[Row]) -> list[Row]:
    """Those with enough to be ranked."""
    return [row for row in rows if row["standing"] != "few"]


def message(view: View, code: str, by: str, rows: Sequence[Row]) -> str:
    """Who is furthest behind of those with enough to rank."""
    metric, word = answers.metric(code), "机构" if by == "institution" else view.storey.word
    return sentences.ranking(metric.name, ranked(rows), judging.good_from(view, code), by=word)


def dot(view: View, code: str, row: Row, marked: str = "") -> charts.Dot:
    return charts.Dot(
        label=row["name"],
        value=row["value"],
        low=row["low"],
        high=row["high"],
        text=percent(row["value"]),
        part=fraction(row["numerator"], row["denominator"]),
        colour=_colour(view, code, row),
        hint=said_standing(row["standing"], view.storey.whole),
        mark="◀" if row["name"] == marked else "",
        is_ranked=row["standing"] != "few",
    )


def _colour(view: View, code: str, row: Row) -> str:
    if row["standing"] == "few":
        return GENERAL
    judgement = judging.of(view, code, row["value"])
    return JUDGEMENT_COLOURS[judgement] if judgement in {"warn", "alarm"} else ACCENT
