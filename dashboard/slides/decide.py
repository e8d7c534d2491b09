"""What to decide today: 今日必督, line by line."""

from collections.abc import Iterator

from dashboard import acting, answers, sentences_slides
from dashboard.slides import paging, said
from dashboard.slides.parts import Entry, Slide, Table
from dashboard.tokens import INK, JUDGEMENT_COLOURS
from dashboard.view import View

HEADS = ("缓急", "期限", "事项", "谁来办", "要求")
WIDTHS = (1.2, 1.45, 3.0, 3.2, 3.2)
MOST = 6
MOST_OF_COUNTIES = 12
"""Where counties stand side by side their own meetings go through the rest."""


def slides(view: View) -> Iterator[Slide]:
    todo = acting.todo(view)
    order = acting.order(answers.action_rules(view.code)).rstrip("。")
    lines = todo.lines[:MOST_OF_COUNTIES] if view.by == "county" else todo.lines
    listed = f"；只列前 {len(lines)} 项" if todo.count > len(lines) else ""
    source = said.source(view, f"{order}{listed}")
    title = sentences_slides.decide(todo)
    table = Table(HEADS, [_row(line) for line in lines], WIDTHS, (), "今天没有必须督办的事项。")
    for part, shown in paging.tables(table, MOST, title, source):
        yield Slide("decide", f"{title}{part}", [shown], source)


def _row(line: acting.Line) -> list[Entry]:
    ink = JUDGEMENT_COLOURS.get(line.judgement, INK)
    return [
        Entry(line.when, ink=ink, is_bold=True),
        Entry(line.due),
        Entry(line.what, is_bold=True),
        Entry(line.who),
        Entry(line.asks),
    ]
