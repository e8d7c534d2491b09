"""Names of units: a few in full, many folded behind the first ones; on paper all of them."""

from collections.abc import Sequence

from dashboard import markup
from dashboard.markup import Html

MOST = 6


def names(values: Sequence[str], most: int = MOST) -> Html:
    """甲院、乙院; of many the first `most` and how many there are, the rest a click away."""
    return links([Html(markup.text(value)) for value in values], most)


def links(values: Sequence[Html], most: int = MOST) -> Html:
    """The same of names that are HTML already."""
    first, rest = "、".join(values[:most]), "、".join(values[most:])
    if not rest:
        return Html(first)
    return Html(
        f'{first}<details class="zb-fold"><summary><span class="more">等 {len(values)} 个，展开其余</span>'
        f'<span class="less">收起</span></summary>{rest}</details>'
    )
