"""A rate by any dimension as bars from zero, each with its n/N, those that fall short coloured and first."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from dashboard import answers, charts, judging, markup, sentences
from dashboard.picking import UNKNOWN, Picks
from dashboard.places import TOWNS
from dashboard.tokens import ACCENT, GENERAL, JUDGEMENT_COLOURS, JUDGEMENT_SIGNS
from dashboard.view import View
from dashboard.words import fraction, percent
from queries.catalog import DIMENSIONS

Row = Mapping[str, Any]


def draw(picks: Picks, code: str, by: str, *, in_order: bool = False, note: str = "") -> None:
    """A click narrows the rest of the page. `in_order`: the dimension's own order instead of worst first."""
    view = picks.beside(by)
    metric = answers.metric(code)
    frame = answers.figures(view.code, (code,), view.as_of, (by,), view.filters)
    known = frame.filter(pl.col("denominator") > 0).rename({by: "name"})
    rows = known.with_columns(pl.col("name").fill_null(UNKNOWN)).to_dicts()
    few = answers.setting(view.code, "few")
    enough = [row for row in rows if row["denominator"] >= few]
    level = judging.good_from(view, code)
    word = TOWNS.word if by == TOWNS.by else DIMENSIONS[by]
    parts = (f"按{DIMENSIONS[by]}", f"分母少于 {few:g} 的灰色，不排名", note)
    markup.title(sentences.ranking(metric.name, enough, level, by=word), "；".join(filter(None, parts)))
    if not rows:
        markup.empty("筛选范围内没有可算的记录。")
        return
    ordered = rows if in_order else sorted(rows, key=lambda row: (row["denominator"] < few, row["value"]))
    charts.draw(_figure(view, code, ordered, few), f"{code}-{by}", _spoken(code, ordered), clickable=True)


def _figure(view: View, code: str, rows: Sequence[Row], few: float) -> charts.Figure:
    return charts.bars(
        [row["name"] for row in rows],
        [row["value"] for row in rows],
        [_text(view, code, row, few) for row in rows],
        [_colour(view, code, row, few) for row in rows],
    )


def _text(view: View, code: str, row: Row, few: float) -> str:
    """▲ 88.3%  595/674: a sign says what the colour says."""
    sign = JUDGEMENT_SIGNS.get(_judged(view, code, row, few) or "", "")
    part = fraction(row["numerator"], row["denominator"])
    return f"{sign} {percent(row['value'])}  {part}".lstrip()


def _spoken(code: str, rows: Sequence[Row]) -> str:
    return f"{answers.metric(code).name}：" + "，".join(
        f"{row['name']} {percent(row['value'])}" for row in rows
    )


def _judged(view: View, code: str, row: Row, few: float) -> str | None:
    """What falls short, of those with enough to judge."""
    judgement = judging.of(view, code, row["value"]) if row["denominator"] >= few else None
    return None if judgement == "good" else judgement


def _colour(view: View, code: str, row: Row, few: float) -> str:
    if row["denominator"] < few:
        return GENERAL
    return JUDGEMENT_COLOURS.get(_judged(view, code, row, few) or "", ACCENT)
