"""Names of units: a few in full, many folded behind the first ones; on paper all of them."""

from collections.abc import Sequence

from dashboard import markup
from dashboard.markup import Html

MOST = 6


def names(values: Sequence[str], most: int = MOST) -> Html:
    """甲院、乙院; of many the first `most` and how many there are, the rest a click away."""
    every = markup.text("、".join(values))
    if len(values) <= most:
        return Html(every)
    few = markup.text(f"{'、'.join(values[:most])}等 {len(values)} 个")
    return Html(
        f'<details class="zb-fold"><summary><span class="few">{few}　</span>'
        f'<span class="more">展开全部</span><span class="less">收起</span></summary>{every}</details>'
    )
