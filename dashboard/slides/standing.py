"""Where the county stands: cover, the headline figures, the phases, the towns."""

from collections.abc import Iterator, Mapping
from typing import Any

from dashboard import answers, glance, lagging, sentences
from dashboard.parts import phase_strip
from dashboard.slides import said
from dashboard.slides.parts import Cover, Entry, Figures, Gantt, Slide, Stretch, Table
from dashboard.tokens import INK, JUDGEMENT_COLOURS, JUDGEMENT_SIGNS
from dashboard.view import View
from dashboard.words import chinese_day, percent

HEADS = ("阶段", "起止", "任务", "完成", "判断")


def cover(view: View) -> Iterator[Slide]:
    campaign = answers.outline(view.code)
    lines = [
        view.build.county,
        f"{said.scope(view)}，截至{chinese_day(view.as_of)}",
        f"变化与 {view.compare.isoformat()} 相比",
        *([words] if (words := lagging.words(view)) else []),
        *(["示例数据，内容均为虚构"] if view.build.is_example else []),
    ]
    notes = [f"{campaign.name}（{campaign.document}）"]
    yield Slide("cover", f"{campaign.name}\n进展情况", [Cover(lines)], notes=notes)


def figures(view: View) -> Iterator[Slide]:
    cards = glance.cards(view)
    words = f"变化与 {view.compare.isoformat()} 相比"
    notes = said.notes(view, *glance.CODES)
    yield Slide("standing", glance.message(view), [Figures(cards)], said.source(view, words), notes)


def phases(view: View) -> Iterator[Slide]:
    frame = answers.phase_tasks(view.code, view.as_of, view.filters)
    rows = frame.to_dicts()
    plan = answers.outline(view.code)
    gantt = Gantt([_stretch(row) for row in rows], plan.from_on, plan.to_on, view.as_of)
    table = Table(HEADS, [_phase(row) for row in rows], (1.4, 2.2, 1.2, 1, 2.4), (2, 3))
    source = said.source(view, "深色为已完成任务的比例；竖线为统计截止日")
    notes = said.notes(view, "phase_progress", "phase_time_gone", "tasks_overdue", "task_support")
    yield Slide("phases", sentences.phases(rows), [gantt, table], source, notes, is_stacked=True)


def _stretch(row: Mapping[str, Any]) -> Stretch:
    done = phase_strip.share(row) if row["is_begun"] else None
    return Stretch(row["phase_name"], row["from_on"], row["to_on"], done)


def _phase(row: Mapping[str, Any]) -> list[Entry]:
    words, judgement = phase_strip.judged(row)
    sign = JUDGEMENT_SIGNS.get(judgement or "", "")
    ink = JUDGEMENT_COLOURS.get(judgement or "", INK)
    begun = row["is_begun"]
    return [
        Entry(row["phase_name"], is_bold=True),
        Entry(f"{row['from_on']:%Y-%m} 至 {row['to_on']:%Y-%m}"),
        Entry(f"{row['done']}/{row['asked']} 项" if begun else "未开始"),
        Entry(percent(phase_strip.share(row)) if begun else "—", is_bold=True),
        Entry(f"{sign} {words}".strip() or "—", ink=ink, is_bold=True),
    ]
