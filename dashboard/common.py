"""共性问题: the answers the page is drawn from, kept per build, and which kinds have a rule against them."""

from datetime import date

import polars as pl

from dashboard import answers
from dashboard.keeping import kept
from dashboard.parts.cards import Card
from dashboard.session import connection
from dashboard.show import VAGUE
from dashboard.view import View
from dashboard.words import NOTHING, number, percent
from queries import common
from queries.filters import Filters
from queries.rows import Rows

MEASURES = "measures"
"""The evidence of the tasks that ask for rules and mechanisms (queries.parts.Evidence)."""


def homes(view: View) -> Rows:
    """Which open homes have had which kind of hazard: the columns of queries.common.homes."""
    return common.homes(view.as_of, view.filters, VAGUE)


@kept
def kinds(build: str, as_of: date, filters: Filters = Filters()) -> pl.DataFrame:
    """The kinds of hazard, the most shared first: the columns of queries.common.kinds."""
    return common.kinds(connection(build), as_of, filters, VAGUE)


@kept
def rules(build: str, as_of: date, filters: Filters = Filters()) -> Rows:
    """The measures and the kinds they are against: the columns of queries.common.rules."""
    return common.rules(connection(build), as_of, filters, VAGUE)


@kept
def recurrence(build: str, as_of: date, filters: Filters = Filters()) -> pl.DataFrame:
    """What comes back, of the kinds named: [name, numerator, denominator, value], the worst first."""
    found = answers.figures(build, ("recurrence_rate",), as_of, ("kind",), filters).drop_nulls("kind")
    named = found.filter(~pl.col("kind").is_in(VAGUE)).rename({"kind": "name"})
    return named.sort("value", "denominator", "name", descending=[True, True, False]).drop("metric")


@kept
def unnamed(build: str, as_of: date, filters: Filters = Filters()) -> tuple[int, int]:
    """How many hazards name no kind, and how many there are."""
    found = answers.figures(build, ("hazards_found",), as_of, ("kind",), filters)
    vague = found.filter(pl.col("kind").is_null() | pl.col("kind").is_in(VAGUE))
    return int(vague["value"].sum()), int(found["value"].sum())


@kept
def causes(build: str, as_of: date, filters: Filters = Filters()) -> list[tuple[str, int]]:
    """The causes written down and of how many hazards each, most frequent first."""
    found = answers.figures(build, ("hazards_found",), as_of, ("cause",), filters).drop_nulls("cause")
    named = found.filter(~pl.col("cause").is_in(VAGUE), pl.col("value") > 0)
    ordered = named.sort("value", "cause", descending=[True, False])
    return ordered.select("cause", pl.col("value").cast(pl.Int64)).rows()


@kept
def phases(build: str) -> list[str]:
    """The phases in which rules and mechanisms are drawn up, by what bears their tasks out."""
    sql = "select distinct phase from tasks where evidence = $evidence order by phase"
    return answers.ask(build, sql, evidence=MEASURES)["phase"].to_list()


def kinds_card(view: View) -> Card:
    """How many kinds are common, and how many there were on the day compared with."""
    now = kinds(view.code, view.as_of, view.filters)
    if now.is_empty():
        return Card("共性隐患", NOTHING, "没有写明类别的隐患", "", explain=rule(view))
    count = now.filter("is_common").height
    before = kinds(view.code, view.compare, view.filters).filter("is_common").height
    return Card(
        "共性隐患",
        f"{count} 类",
        f"写明的 {now.height} 类中",
        _moved(count - before, "类"),
        explain=rule(view),
    )


def measures(view: View, day: date) -> int:
    """How many measures stand on a day."""
    found = rules(view.code, day, view.filters)
    return int(answers.tally(view.code, found, measures="count(distinct measure_id)").item())


def rules_card(view: View) -> Card:
    """How many measures stand, and how many more than on the day compared with."""
    now, before = measures(view, view.as_of), measures(view, view.compare)
    explain = "截至统计日已印发的制度、措施、标准和长效机制，一个单位的一项计一项；不受时间范围影响"
    value = f"{number(now)} 项" if now else "尚未报送"
    return Card("制度成果", value, "县局、各镇和各机构合计", _moved(now - before, "项"), explain=explain)


def _moved(change: int, unit: str) -> str:
    return f"{change:+,} {unit}".replace("-", "−") if change else "持平"


def rule(view: View) -> str:
    """When a kind is common, in words."""
    level = answers.setting(view.code, "common_share")
    return f"统计期内 {level:.0%} 以上在营机构都有过的一类隐患为共性隐患（本产品口径）"


def worst(view: View) -> dict[str, object] | None:
    """The kind that comes back most, of those with enough to compare; None where there is none."""
    few = answers.setting(view.code, "few")
    rows = recurrence(view.code, view.as_of, view.filters).filter(pl.col("denominator") >= few)
    return rows.row(0, named=True) if rows.height else None


def told(view: View) -> str:
    """The rule, and how many hazards name no kind."""
    vague, found = unnamed(view.code, view.as_of, view.filters)
    rest = (
        f"；另有 {number(vague)} 处隐患类别写作“{VAGUE[0]}”或没有填写"
        f"（占 {percent(vague / found, 0)}），归不到哪一类"
        if vague
        else ""
    )
    return f"{rule(view)}{rest}。"
