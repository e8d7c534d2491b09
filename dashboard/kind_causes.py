"""Kinds of hazard × their causes, as a matrix whose cells can be clicked."""

from collections.abc import Sequence
from textwrap import wrap

import polars as pl

from dashboard import answers, charts, markup, sentences_common
from dashboard.charts import Head, Tile
from dashboard.picking import UNKNOWN, Picks
from dashboard.sentences_common import Row
from dashboard.show import VAGUE
from dashboard.tokens import AMOUNTS, shade
from dashboard.view import View
from dashboard.words import fraction, number, percent

LETTERS_A_LINE, NARROWEST = 6, 80
DARKEST = 0.6
"""A cause of at least this share of a kind is drawn darkest."""


def draw(picks: Picks) -> None:
    """How many hazards of each kind have which cause, the darker the larger its share of the kind."""
    view = picks.beside("kind", "cause")
    found = _found(view)
    said = found.filter(~pl.col("cause").is_in(VAGUE)).to_dicts()
    message = sentences_common.causes(said, answers.setting(view.code, "few"))
    markup.title(message, "类别×成因，单位：处；颜色越深占本类越多；点一格看其中的记录")
    if found.is_empty():
        markup.empty("筛选范围内没有写明类别的隐患。")
        return
    rows, causes = _by_weight(found, "kind"), _by_weight(found, "cause")
    heads = [Head(cause, cause, "<br>".join(wrap(cause, LETTERS_A_LINE))) for cause in causes]
    cells = {(row["kind"], row["cause"]): row for row in found.to_dicts()}
    tiles = [[_tile(kind, cause, cells.get((kind, cause))) for cause in causes] for kind in rows]
    charts.draw(
        charts.matrix(rows, heads, tiles, NARROWEST),
        "hazards_found-kind-cause",
        f"隐患类别×成因：{message}",
        clickable=True,
    )


def _found(view: View) -> pl.DataFrame:
    """[kind, cause, found, total]: hazards of a kind that have a cause, and all of the kind."""
    counted = answers.figures(view.code, ("hazards_found",), view.as_of, ("kind", "cause"), view.filters)
    return (
        counted.drop_nulls("kind")
        .filter(~pl.col("kind").is_in(VAGUE), pl.col("value") > 0)
        .select("kind", pl.col("cause").fill_null(UNKNOWN), found="value")
        .with_columns(total=pl.col("found").sum().over("kind"))
    )


def _by_weight(found: pl.DataFrame, column: str) -> Sequence[str]:
    """The most frequent words first, those that say nothing last."""
    counts = found.group_by(column).agg(pl.col("found").sum())
    vague = pl.col(column).is_in(VAGUE)
    return counts.sort(vague, "found", column, descending=[False, True, False])[column].to_list()


def _tile(kind: str, cause: str, cell: Row | None) -> Tile:
    if cell is None:
        return Tile("0", f"{kind} {cause}：0 处", shade(AMOUNTS, 0))
    share = cell["found"] / cell["total"]
    part = fraction(cell["found"], cell["total"])
    said = f"{kind} {cause}：{number(cell['found'])} 处，占本类 {percent(share, 0)}（{part}）"
    return Tile(number(cell["found"]), said, shade(AMOUNTS, share / DARKEST))
