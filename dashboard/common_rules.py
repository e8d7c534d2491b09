"""What was drawn up against each kind of hazard, by whom, and which homes still lack a rule of their own."""

from collections.abc import Mapping, Sequence

from dashboard import answers, checklist, clause_table, common, listing, markup, sentences_common, units
from dashboard.common_kinds import CHOICE
from dashboard.markup import Html
from dashboard.parts import fold, plain_table
from dashboard.parts.cells import kept
from dashboard.picking import Picks, said
from dashboard.sentences_common import Answered, Row
from dashboard.view import View
from dashboard.words import fraction, number, percent
from queries.rows import Rows

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


def answered(view: View) -> Answered:
    """Which kinds have measures against them, and how many stand against the common ones."""
    named = _by_kind(view)
    kinds = common.kinds(view.code, view.as_of, view.filters)
    shared = kinds.filter("is_common")["kind"].to_list()
    against = named.where("list_contains($shared, kind)", shared=shared)
    return Answered(
        frozenset(answers.tally(view.code, named, ("kind",))["kind"]),
        answers.tally(view.code, against, measures="count(distinct measure_id)").item(),
    )


def _by_kind(view: View) -> Rows:
    return common.rules(view.code, view.as_of, view.filters).where("kind is not null")


def by_kind(view: View) -> None:
    """Kind by kind: who shares it, who has a rule against it, where it comes back without one."""
    kinds = common.kinds(view.code, view.as_of, view.filters)
    shared = kinds.filter("is_common")["kind"].to_list()
    markup.title(
        sentences_common.rules(shared, answered(view), common.measures(view, view.as_of)),
        "按制度的“针对问题”所写的隐患类别对应，截至统计日印发的都计，不受时间范围影响；单位：项、家",
    )
    if kinds.is_empty():
        markup.empty("筛选范围内没有写明类别的隐患，没有可对应的类别。")
    else:
        lines = _lines(view, kinds.to_dicts())
        plain_table.draw("各类隐患与针对性制度", HEADS, lines, numbers=range(1, len(HEADS) - 1))
    _others(view)


def _lines(view: View, kinds: Sequence[Row]) -> list[tuple[object, ...]]:
    found = answers.tally(view.code, _by_kind(view), ("kind", "unit_code"), measures="count(*)")
    counts = {(kind, unit): count for kind, unit, count in found.iter_rows()}
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
        Html(f'<div class="asks">{fold.links(bare, MOST_HOMES, row["without_rule"]) or "没有"}</div>'),
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
    bare = common.homes(view).where("recurrences > 0 and own_rules = 0")
    homes = "list(struct_pack(institution, township) order by recurrences desc, institution_id)"
    found = answers.tally(view.code, bare, ("kind",), homes=f"{homes}[:{fold.MOST_LISTED}]")
    return {
        kind: [units.home(view, home["institution"], home["township"]) for home in homes]
        for kind, homes in found.iter_rows()
    }


def _others(view: View) -> None:
    """Measures against what is no kind of hazard, by what they say they are against."""
    rest = common.rules(view.code, view.as_of, view.filters).where("kind is null")
    named = rest.with_column("what", "coalesce(problem, '没有写明问题')")
    found = answers.tally(
        view.code,
        named,
        ("what",),
        "measures desc, min(issued_on), what",
        MOST_PROBLEMS,
        measures="count(*)",
        total="sum(count(*)) over ()",
        problems="count(*) over ()",
    ).to_dicts()
    if not found:
        return
    words = "、".join(f"{row['what']} {row['measures']} 项" for row in found)
    more = "等" if found[0]["problems"] > MOST_PROBLEMS else ""
    markup.note(f"另有 {number(int(found[0]['total']))} 项针对的不是某一类隐患：{words}{more}。")


def measures(picks: Picks) -> None:
    """The measures themselves: those against the kind, of the town, that was chosen."""
    view = picks.narrowed
    rows = _with_kinds(common.rules(view.code, view.as_of, view.filters))
    words = said({name: value for name, value in picks.where.items() if name in {"kind", "township"}})
    count = number(answers.count(view.code, rows))
    markup.title(f"制度成果：{words or '全部'} {count} 项", "一个单位的一项制度一行")
    listing.draw(
        view,
        rows,
        {"kinds": "对应隐患类别"} | listing.titles("measures", rows.columns),
        "measures",
        "制度成果",
        "尚未报送制度成果。" if not picks.chosen else "没有针对所选类别、乡镇的制度成果。",
    )


def _with_kinds(rules: Rows) -> Rows:
    """One row per measure, with all kinds that it is against."""
    once = "qualify row_number() over (partition by measure_id order by kind) = 1"
    sql = f"""
        select *, string_agg(kind, '、') over (partition by measure_id order by kind
            rows between unbounded preceding and unbounded following) as kinds,
        from ({rules.sql}) {once}
    """
    return Rows(sql, (*rules.columns, "kinds"), "issued_on, measure_id", rules.given)


def tasks(view: View) -> None:
    """What the plan asks in the phases that draw up rules, of how many units, and who falls short."""
    asked = checklist.items(view.code, view.as_of, view.filters)
    phases = common.phases(view.code)
    rows = [row for row in asked.to_dicts() if row["phase"] in phases]
    failing = checklist.shortfalls(view, rows)
    for part in clause_table.by_clause(rows).values():
        clause_table.clause(view, part, failing)
    if not rows and phases:
        markup.note("方案要求分析共性问题、健全制度的阶段尚未开始，或筛选范围内没有要求到的单位。")
