"""What was drawn up against each kind of hazard, by whom, and which homes still lack a rule of their own."""

from collections import Counter
from collections.abc import Mapping, Sequence

import polars as pl

from dashboard import checklist, clause_table, common, listing, markup, sentences_common, table, units
from dashboard.common_kinds import CHOICE
from dashboard.markup import Html
from dashboard.parts import fold, plain_table
from dashboard.parts.cells import kept
from dashboard.picking import Picks, said
from dashboard.sentences_common import Row
from dashboard.view import View
from dashboard.words import fraction, number, percent

HEADS = (
    "隐患类别",
    "涉及机构",
    "反复率",
    "县局制度",
    "各镇制度",
    "机构制度",
    "反复过的机构",
    "其中自己没有制度的",
    "机构名称",
)
UNITS = ("county", "township", "institution")
MOST_PROBLEMS = 6
MOST_HOMES = 3


def answered(view: View) -> dict[str, list[int]]:
    """The measures that stand against each kind, by their numbers."""
    return dict(_by_kind(view).group_by("kind").agg("measure_id").iter_rows())


def _by_kind(view: View) -> pl.DataFrame:
    return common.rules(view.code, view.as_of, view.filters).drop_nulls("kind")


def by_kind(view: View) -> None:
    """Kind by kind: who shares it, who has a rule against it, where it comes back without one."""
    kinds = common.kinds(view.code, view.as_of, view.filters)
    every = common.rules(view.code, view.as_of, view.filters)
    shared = kinds.filter("is_common")["kind"].to_list()
    markup.title(
        sentences_common.rules(shared, answered(view), every["measure_id"].n_unique()),
        "按制度的“针对问题”所写的隐患类别对应，截至统计日印发的都计，不受时间范围影响；单位：项、家",
    )
    if kinds.is_empty():
        markup.empty("筛选范围内没有写明类别的隐患，没有可对应的类别。")
    else:
        lines = _lines(view, kinds.to_dicts())
        plain_table.draw("各类隐患与针对性制度", HEADS, lines, numbers=range(1, len(HEADS) - 1))
    _others(every)


def _lines(view: View, kinds: Sequence[Row]) -> list[tuple[object, ...]]:
    counts = Counter(_by_kind(view).select("kind", "unit_code").iter_rows())
    back = {row["name"]: row for row in common.recurrence(view.code, view.as_of, view.filters).to_dicts()}
    bare = _without(view)
    return [_line(view, row, counts, back.get(row["kind"]), bare.get(row["kind"], [])) for row in kinds]


def _line(
    view: View,
    row: Row,
    counts: Mapping[tuple[str, str], int],
    back: Row | None,
    bare: Sequence[Html],
) -> tuple[object, ...]:
    own = [counts.get((row["kind"], code), 0) for code in UNITS]
    return (
        _named(view, row, is_bare=row["is_common"] and not any(own)),
        kept(fraction(row["homes"], row["asked"])),
        percent(back["value"]) if back else "—",
        *(number(count) for count in own),
        number(row["recurring"]),
        number(row["without_rule"]),
        Html(f'<div class="asks">{fold.links(bare, MOST_HOMES) or "没有"}</div>'),
    )


def _named(view: View, row: Row, *, is_bare: bool) -> Html:
    """A kind, which chooses itself for the lists below; a common one without any rule is marked."""
    address = view.link("common", **{CHOICE: row["kind"]})
    name = markup.link(markup.text(row["kind"]), address, "看其中的制度、机构和隐患")
    word = ' <b class="warn">▲ 无制度</b>' if is_bare else ""
    shared = ' <span class="muted">共性</span>' if row["is_common"] else ""
    return Html(f'<span class="keep">{name}{shared}{word}</span>')


def _without(view: View) -> dict[str, list[Html]]:
    """By kind the homes where it came back and that have no rule of their own against it, worst first."""
    rows = common.homes(view.code, view.as_of, view.filters).filter(
        pl.col("recurrences") > 0, pl.col("own_rules") == 0
    )
    named: dict[str, list[Html]] = {}
    for row in rows.sort("recurrences", "institution_id", descending=[True, False]).iter_rows(named=True):
        named.setdefault(row["kind"], []).append(units.home(view, row["institution"], row["township"]))
    return named


def _others(every: pl.DataFrame) -> None:
    """Measures against what is no kind of hazard, by what they say they are against."""
    rest = every.filter(pl.col("kind").is_null())
    if rest.is_empty():
        return
    problems = Counter(problem or "没有写明问题" for problem in rest["problem"]).most_common(MOST_PROBLEMS)
    words = "、".join(f"{problem} {count} 项" for problem, count in problems)
    more = "等" if rest["problem"].n_unique() > MOST_PROBLEMS else ""
    markup.note(f"另有 {number(rest.height)} 项针对的不是某一类隐患：{words}{more}。")


def measures(picks: Picks) -> None:
    """The measures themselves: those against the kind, of the town, that was chosen."""
    view = picks.narrowed
    rows = _with_kinds(common.rules(view.code, view.as_of, view.filters))
    words = said({name: value for name, value in picks.where.items() if name in {"kind", "township"}})
    markup.title(f"制度成果：{words or '全部'} {number(rows.height)} 项", "一个单位的一项制度一行")
    table.draw(
        rows,
        {"kinds": "对应隐患类别"} | listing.titles("measures", rows),
        "measures",
        f"制度成果_{view.as_of:%Y-%m-%d}",
        "尚未报送制度成果。" if not picks.chosen else "没有针对所选类别、乡镇的制度成果。",
    )


def _with_kinds(rules: pl.DataFrame) -> pl.DataFrame:
    """One row per measure, with all kinds that it is against."""
    named = rules.group_by("measure_id").agg(pl.col("kind").drop_nulls().str.join("、").alias("kinds"))
    return rules.unique("measure_id", maintain_order=True).join(
        named, on="measure_id", how="left", maintain_order="left"
    )


def tasks(view: View) -> None:
    """What the plan asks in the phases that draw up rules, of how many units, and who falls short."""
    asked = checklist.items(view.code, view.as_of, view.filters)
    rows = asked.filter(pl.col("phase").is_in(common.phases(view.code))).to_dicts()
    short = checklist.short(view.code, view.as_of, view.filters)
    for part in clause_table.by_clause(rows).values():
        clause_table.clause(view, part, short)
    if not rows and common.phases(view.code):
        markup.note("方案要求分析共性问题、健全制度的阶段尚未开始，或筛选范围内没有要求到的单位。")
