"""The homes that have had a kind of hazard: what a bar of the share stands for."""

from dashboard import answers, common, listing, markup
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
    rows = common.homes(view).ordered("recurrences desc, found desc, institution_id, kind")
    told = answers.tally(
        view.code,
        rows,
        homes="count(distinct institution_id)",
        kinds="count(distinct kind)",
        lines="count(*)",
    )
    homes, kinds, lines = told.row(0)
    words = said(picks.where) if picks.chosen else "全部"
    beside = "" if kinds < 2 else f" {number(lines)} 条"
    title = f"有过这些隐患的在营机构：{words} {number(homes)} 家机构{beside}"
    markup.title(title, "一家机构的一类隐患一行，反复多的在前")
    empty = "筛选范围内没有机构有过写明类别的隐患。"
    listing.draw(view, rows, TITLES, "common-homes", "共性问题涉及机构", empty)
