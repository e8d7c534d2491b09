"""The homes that have had a kind of hazard: what a bar of the share stands for."""

import polars as pl

from dashboard import common, markup, table
from dashboard.picking import Picks, said
from dashboard.words import number

TITLES = {
    "township": "乡镇",
    "institution": "机构",
    "kind": "隐患类别",
    "found": "发现（处）",
    "recurrences": "反复（处）",
    "unrectified": "未整改（处）",
    "last_found_on": "最近发现日期",
    "own_rules": "本机构针对性制度（项）",
}


def draw(picks: Picks) -> None:
    """One row per kind and home, those where it comes back most first."""
    view = picks.narrowed
    rows = common.homes(view.code, view.as_of, view.filters)
    ordered = rows.sort("recurrences", "found", "institution_id", descending=[True, True, False])
    words = said(picks.where) if picks.chosen else "全部"
    units = f"{number(rows['institution'].n_unique())} 家机构"
    beside = "" if _is_of_one_kind(rows) else f" {number(rows.height)} 条"
    markup.title(f"有过这些隐患的在营机构：{words} {units}{beside}", "一家机构的一类隐患一行，反复多的在前")
    table.draw(
        ordered,
        TITLES,
        "common-homes",
        f"共性问题涉及机构_{view.as_of:%Y-%m-%d}",
        "筛选范围内没有机构有过写明类别的隐患。",
    )


def _is_of_one_kind(rows: pl.DataFrame) -> bool:
    return rows["kind"].n_unique() < 2
