"""Names of units: a few in full, many folded behind the first ones; on paper all of them."""

from collections.abc import Sequence

from dashboard import markup
from dashboard.markup import Html
from dashboard.words import number

MOST = 6
MOST_LISTED = 200
"""Nobody reads more names in a cell; the list below, or the file, has them all."""


def names(values: Sequence[str], most: int = MOST, count: int | None = None) -> Html:
    """甲院、乙院; of many the first `most` and how many there are, the rest a click away.

    `count`: of how many the values are the first; default they are all.
    """
    return links([Html(markup.text(value)) for value in values], most, count)


def links(values: Sequence[Html], most: int = MOST, count: int | None = None) -> Html:
    """The same of names that are HTML already."""
    total = len(values) if count is None else count
    first, rest = "、".join(values[:most]), "、".join(values[most:MOST_LISTED])
    if not rest:
        return Html(first)
    left = total - min(len(values), MOST_LISTED)
    tail = f"……另有 {number(left)} 个未列" if left else ""
    return Html(
        f'{first}<details class="zb-fold"><summary><span class="more">等 {number(total)} 个，展开其余</span>'
        f'<span class="less">收起</span></summary>{rest}{tail}</details>'
    )
