"""情况通报: progress, the towns in order with caution, what is overdue by name, what is asked."""

from collections.abc import Iterator, Mapping
from typing import Any

from dashboard import answers, duty_grid, headline, lagging, late, most, sentences, town_figures
from dashboard.export.word.blocks import Blank, Block, Heading, Table, Text, Title, line, text
from dashboard.parts.cards import Card
from dashboard.parts.town_matrix import Cell
from dashboard.view import View
from dashboard.words import chinese_day, day, dotted_day, number, period
from queries.rows import Rows

Row = Mapping[str, Any]
HEADLINE = ("rectification_rate", "on_time_rate", "overdue", "clear_institutions")
DUTIES = (("self_check", "closed"), ("staff_training", "closed"), ("evacuation_drill", "running"))
HAZARD_HEADS = ("序号", "乡镇", "机构", "隐患", "期限", "逾期（天）", "责任人", "督办人")
HAZARD_WIDTHS = (9, 17, 31, 43, 21, 13, 14, 14)
GROUPS = ("重大", "一般")


def content(view: View) -> list[Block]:
    """The bulletin of a view, from its salutation to the notes on how it was counted."""
    return [
        Title(f"关于{answers.outline(view.code).short_name}\n进展情况的通报"),
        line(f"{view.storey.addressed}："),
        _opening(view),
        Heading("一、总体进展"),
        *_progress(view),
        Heading(f"二、各{view.storey.word}情况"),
        *_towns(view),
        Heading("三、逾期未整改隐患"),
        *_overdue(view),
        Heading("四、职责落实"),
        *_duties(view),
        Heading("五、下一步要求"),
        *_demands(view),
        line(view.build.county, align="right"),
        line(Blank("印发日期"), align="right"),
        *_notes(view),
    ]


def _opening(view: View) -> Text:
    campaign = answers.outline(view.code)
    return text(
        f"按照《{campaign.name}》实施方案（{campaign.document}），现将截至{chinese_day(view.as_of)}"
        f"{_scope(view)}的进展情况通报如下。{lagging.sentence(view)}"
    )


def _scope(view: View) -> str:
    chosen = (*view.filters.townships, *view.filters.institutions)
    return "、".join(chosen or view.filters.counties) or view.storey.whole


def _progress(view: View) -> Iterator[Block]:
    cards = headline.cards(view, [headline.card(view, code) for code in HEADLINE])
    yield text("；".join(_spoken(card) for card in cards) + f"（变化与 {day(view.compare)} 相比）。")
    phases = answers.phase_tasks(view.code, view.as_of, view.filters).filter("is_begun").to_dicts()
    done = "；".join(
        f"{row['phase_name']}阶段任务完成 {number(row['done'])}/{number(row['asked'])} 项" for row in phases
    )
    gap = sentences.phase_gap(phases)
    yield text(f"{done}{'；' + gap if gap else ''}。")


def _spoken(card: Card) -> str:
    """整改率 96.7%（3,792/3,923），−0.5 个百分点."""
    part = f"（{card.beneath}）" if card.beneath else ""
    return f"{card.name} {card.value}{part}" + (f"，{card.change}" if card.change else "")


def _towns(view: View) -> Iterator[Block]:
    heads, rows, count = town_figures.table(view)
    listed = most.said(count, view.storey.counted)
    worst = sentences.ranking("整改率", town_figures.rates(view), None, by=view.storey.word)
    yield text(f"{worst}。按落后、关注的项数和整改率排列" + (f"（{listed}）：" if listed else "："))
    yield Table(
        (view.storey.name, *(head for head, _ in heads)),
        [(row.name, *(_figure(cell) for cell in row.cells)) for row in rows],
        (18, *(17 for _ in heads)),
        range(1, len(heads) + 1),
    )
    few = answers.setting(view.code, "few")
    note = answers.metric("rectification_rate").note
    small = f"机构数少的{view.storey.word}，一家就是三四成，应看括号里的分子分母"
    yield text(f"注意：分母少于 {few:g} 的不排名；{small}{f'；{note}' if note else ''}。")


def _figure(cell: Cell) -> str:
    if cell.text is None:
        return "—"
    return f"{cell.text}\n{cell.fraction}" if cell.fraction else cell.text


def _overdue(view: View) -> Iterator[Block]:
    rows = answers.behind(view.code, "overdue", view.as_of, view.filters)
    yield text(f"{sentences.overdue(late.of(view))}。")
    for name, which in zip(GROUPS, ("is_major", "not is_major"), strict=True):
        part = rows.where(which).ordered("days_overdue desc, township_id, hazard_id")
        ordered = answers.taken(view.code, part)
        if ordered.is_empty():
            continue
        yield Heading(f"{name}隐患（{number(ordered.height)} 处）", 2)
        yield Table(
            HAZARD_HEADS,
            [_hazard(place, row) for place, row in enumerate(ordered.to_dicts(), 1)],
            HAZARD_WIDTHS,
            (0, 5),
        )


def _hazard(place: int, row: Row) -> tuple[object, ...]:
    return (
        place,
        row["township"],
        row["institution"],
        row["description"],
        dotted_day(row["due_on"]),
        number(row["days_overdue"]),
        row["responsible_person"],
        row["tracker"],
    )


def _duties(view: View) -> Iterator[Block]:
    rows = answers.listed(view.code, "duties", view.as_of, view.filters)
    for duty, name in answers.names(view.code, "duty").items():
        own = rows.where("duty = $duty", duty=duty)
        periods = duty_grid.by_period(view, own)
        if periods:
            yield text(f"{sentences.duty(name, periods, view.as_of)}。{_owing(view, own)}")


def _owing(view: View, rows: Rows) -> str:
    """Who still owes the running period, all by name."""
    owed = rows.where("is_running and not is_met").ordered("township_id, institution_id, period_from")
    homes = answers.taken(view.code, owed, ("institution", "period"))
    if homes.is_empty():
        return ""
    names = "、".join(homes["institution"].unique(maintain_order=True))
    return f"{period(homes['period'][-1])}尚未落实的：{names}。"


def _demands(view: View) -> Iterator[Block]:
    """What the rules of 今日必督 ask where something is listed under them; a leader decides the rest."""
    listed = answers.listed(view.code, "actions", view.as_of, view.filters)
    counts = dict(answers.tally(view.code, listed, ("action",), items="count(*)").iter_rows())
    rules = [rule for code, rule in answers.action_rules(view.code).items() if counts.get(code)]
    marks = "一二三四五六七八九十"
    for place, rule in enumerate(rules):
        count = number(counts[rule["action"]])
        yield text(f"（{marks[place]}）{rule['action_name']} {count} 项：{rule['asks']}（{rule['actor']}）。")
    yield text(Blank("请领导审定并补充要求、时限和责任人"))


def _notes(view: View) -> Iterator[Block]:
    shown = [answers.metric(code) for code in HEADLINE]
    words = "；".join(f"{metric.name}：{metric.explain}" for metric in shown)
    refused = f"；另有 {number(view.build.rows_refused)} 行台账未计入" if view.build.rows_refused else ""
    sample = "本件用示例数据生成，内容均为虚构。" if view.build.is_example else ""
    yield line(f"数据说明：{words}{refused}。{sample}")
