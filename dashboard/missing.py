"""Who misses a rate over institutions or units, all by name, town by town."""

from collections.abc import Mapping

from dashboard import answers, markup, most, registers, units
from dashboard.markup import Html
from dashboard.parts import fold, plain_table
from dashboard.view import View
from dashboard.words import number

COUNTY = "县级"


def draw(view: View, code: str, none: str) -> None:
    """`none`: what to say where nobody misses it."""
    metric = answers.metric(code)
    found = answers.missing(view.code, code, view.as_of, (view.by,), view.filters, fold.MOST_LISTED)
    if found.is_empty():
        markup.title(none)
        return
    homes = registers.towns_of(view.code, tuple(found["name"].unique(maintain_order=True)))
    towns = [(town, part) for (town,), part in found.group_by(view.by, maintain_order=True)]
    units_missing = sum(part["units"][0] for _, part in towns)
    message = f"{number(units_missing)} 个单位未达到“{metric.name}”"
    markup.title(message, f"{metric.explain}；按{view.storey.name}列出")
    lines = []
    for town, part in most.cut(towns, lambda pair: pair[1]["units"][0]):
        listed = [_named(view, row, homes) for row in part.iter_rows(named=True)]
        lines.append((town or COUNTY, part["units"][0], fold.links(listed, count=part["units"][0])))
    plain_table.draw(f"未达到{metric.name}的单位", (view.storey.name, "个数", "单位"), lines, numbers=(1,))
    most.note(len(towns), view.storey.counted)


def _named(view: View, row: dict[str, object], homes: Mapping[str, str]) -> Html:
    """A home leads to its page; one that misses several periods or activities says how often."""
    name = str(row["name"])
    times = f"（{row['misses']} 次）" if isinstance(row["misses"], int) and row["misses"] > 1 else ""
    shown = units.home(view, name, homes[name]) if name in homes else Html(markup.text(name))
    return Html(f"{shown}{times}")
