"""A rate of each town, or of each home of a town, as dots with intervals beside the county's."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from dashboard import answers, charts, judging, markup, sentences
from dashboard.picking import Picks
from dashboard.tokens import ACCENT, GENERAL, JUDGEMENT_COLOURS
from dashboard.view import View
from dashboard.words import STANDINGS, fraction, percent
from queries.filters import Filters

Row = Mapping[str, Any]


def towns(picks: Picks, code: str) -> None:
    """All towns; a click narrows the rest of the page."""
    view = picks.beside("township")
    _draw(view, code, "township", view.filters, clickable=True)


def homes(view: View, code: str, township: str, marked: str = "") -> None:
    """The homes of one town, `marked` among them."""
    filters = replace(view.filters, townships=(township,), institutions=())
    _draw(view, code, "institution", filters, marked)


def _draw(
    view: View, code: str, by: str, filters: Filters, marked: str = "", *, clickable: bool = False
) -> None:
    metric = answers.metric(code)
    frame = answers.towns(view.code, code, view.as_of, filters, by).filter(pl.col("denominator") > 0)
    rows = frame.rename({by: "name"}).sort("value").to_dicts()
    _title(view, code, by, rows)
    if not rows:
        markup.empty("筛选范围内没有隐患，不能算这个比率。")
        return
    shown = [_dot(view, code, row, marked) for row in rows]
    spoken = "，".join(dot.words for dot in shown if dot.is_ranked)
    figure = charts.dots(shown, rows[0]["county"])
    charts.draw(figure, f"{code}-{by}", f"{metric.name}：{spoken}", clickable=clickable)


def _title(view: View, code: str, by: str, rows: Sequence[Row]) -> None:
    """Who is furthest behind of those with enough to rank, and who stands apart."""
    metric = answers.metric(code)
    enough = [row for row in rows if row["standing"] != "few"]
    word = {"township": "镇", "institution": "机构"}[by]
    note = metric.note if by == "township" else None
    parts = ("点为实际值，横线为 95% 区间，虚线为全县", sentences.apart(enough), note)
    message = sentences.ranking(metric.name, enough, judging.good_from(view, code), by=word)
    markup.title(message, "；".join(filter(None, parts)))


def _dot(view: View, code: str, row: Row, marked: str) -> charts.Dot:
    text = f"<b>{percent(row['value'])}</b> {fraction(row['numerator'], row['denominator'])}"
    return charts.Dot(
        label=row["name"],
        value=row["value"],
        low=row["low"],
        high=row["high"],
        text=f"{text} ◀" if row["name"] == marked else text,
        colour=_colour(view, code, row),
        hint=STANDINGS[row["standing"]],
        is_ranked=row["standing"] != "few",
    )


def _colour(view: View, code: str, row: Row) -> str:
    if row["standing"] == "few":
        return GENERAL
    judgement = judging.of(view, code, row["value"])
    return JUDGEMENT_COLOURS[judgement] if judgement in {"warn", "alarm"} else ACCENT
