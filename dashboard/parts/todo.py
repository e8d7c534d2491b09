"""今日必督: what must be acted on today, line by line, each leading to exactly its records."""

from collections.abc import Sequence

from dashboard import markup
from dashboard.acting import Line

SIGNS = {"alarm": "●", "warn": "▲"}


def draw(todo: Sequence[Line], most: int | None = None) -> None:
    shown = todo if most is None else todo[:most]
    markup.put(f'<div class="zb-todo" role="list">{"".join(_item(line) for line in shown)}</div>')


def _item(line: Line) -> str:
    when = f"{SIGNS.get(line.judgement, '○')} {markup.text(line.when)}"
    what = markup.link(f'<span class="what">{markup.text(line.what)}</span>', line.address, line.asks)
    return (
        f'<div role="listitem"><span><span class="when {line.judgement}">{when}</span><br>'
        f'<span class="who">{markup.text(line.due)}</span></span>'
        f'<span>{what}<br><span class="who">{markup.text(line.who)}</span></span></div>'
    )


def summary(todo: Sequence[Line], most: int) -> str:
    """How many lines there are beside those shown."""
    return f"全部 {len(todo)} 条" if len(todo) > most else f"{len(todo)} 条"
