"""Kinds of hazard: how many homes have had each, and how often each comes back after it was put right."""

from collections.abc import Sequence

from dashboard import answers, charts, common, markup, sentences_common
from dashboard.picking import Picks
from dashboard.sentences_common import Row
from dashboard.tokens import ACCENT, GENERAL
from dashboard.words import fraction, percent

CHOICE = "hazards_found-kind"
"""A kind chosen in one of the two charts is chosen in both."""


def spread(picks: Picks) -> None:
    """The share of open homes that have had each kind, beside the share from which it is common."""
    view = picks.beside("kind")
    rows = common.kinds(view.code, view.as_of, view.filters).to_dicts()
    level = answers.setting(view.code, "common_share")
    markup.title(
        sentences_common.spread(rows),
        f"统计期内有过这类隐患的在营机构占比；虚线为 {level:.0%}，达到的为共性隐患；单位：%、家",
    )
    if not rows:
        markup.empty("筛选范围内没有写明类别的隐患。放宽左侧筛选再看。")
        return
    texts = [f"{percent(row['share'])}  {fraction(row['homes'], row['asked'])}" for row in rows]
    figure = charts.bars(
        [row["kind"] for row in rows],
        [row["share"] for row in rows],
        texts,
        [ACCENT if row["is_common"] else GENERAL for row in rows],
        level,
    )
    _draw(figure, CHOICE, "有过各类隐患的在营机构占比", [row["kind"] for row in rows], texts)


def recurrence(picks: Picks) -> None:
    """Of the hazards of each kind, the share that came back; too few are drawn grey."""
    view = picks.beside("kind")
    rows: Sequence[Row] = common.recurrence(view.code, view.as_of, view.filters).to_dicts()
    few = answers.setting(view.code, "few")
    days = answers.setting(view.code, "recurrence_days")
    markup.title(
        sentences_common.recurrence(rows, few),
        f"整改后 {days:g} 天内同机构、同环节、同类别又发现的占比；少于 {few:g} 处的灰色，不排名；单位：%、处",
    )
    if not rows:
        markup.empty("筛选范围内没有写明类别的隐患。")
        return
    ordered = sorted(rows, key=lambda row: row["denominator"] < few)
    labels = [row["name"] for row in ordered]
    texts = [f"{percent(row['value'])}  {fraction(row['numerator'], row['denominator'])}" for row in ordered]
    colours = [GENERAL if row["denominator"] < few else ACCENT for row in ordered]
    figure = charts.bars(labels, [row["value"] for row in ordered], texts, colours)
    _draw(figure, "recurrence_rate-kind", "各类隐患的反复率", labels, texts)


def _draw(figure: charts.Figure, key: str, what: str, labels: Sequence[str], texts: Sequence[str]) -> None:
    spoken = f"{what}：" + "，".join(f"{label} {text}" for label, text in zip(labels, texts, strict=True))
    charts.draw(figure, key, spoken, clickable=True, choice=CHOICE)
