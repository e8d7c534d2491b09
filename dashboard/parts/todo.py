"""今日必督: what must be acted on today, line by line, each leading to exactly its records."""

from collections.abc import Sequence

from dashboard import markup
from dashboard.acting import Line, Todo
from dashboard.words import number

SIGNS = {"alarm": "●", "warn": "▲"}


def draw(lines: Sequence[Line]) -> None:
    markup.put(f'<div class="zb-todo" role="list">{"".join(_item(line) for line in lines)}</div>')


def _item(line: Line) -> str:
    when = f"{SIGNS.get(line.judgement, '○')} {markup.text(line.when)}"
    what = markup.link(f'<span class="what">{markup.text(line.what)}</span>', line.address, line.asks)
    return (
        f'<div role="listitem"><span><span class="when {line.judgement}">{when}</span><br>'
        f'<span class="who">{markup.text(line.due)}</span></span>'
        f'<span>{what}<br><span class="who">{markup.text(line.who)}</span></span></div>'
    )


def summary(todo: Todo, most: int) -> str:
    """How many lines there are beside those shown."""
    return f"全部 {number(todo.count)} 条" if todo.count > most else f"{todo.count} 条"
