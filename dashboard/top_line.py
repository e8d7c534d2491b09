"""The line on top of every page: whose figures, as of when, how old, over how many homes."""

from dashboard import answers, lagging, markup
from dashboard import filters as shared
from dashboard import view as views
from dashboard.view import View
from dashboard.words import number, short_day

OPEN_HOMES = """
select count(*) as homes from homes_as_of($as_of)
where is_open and (len($towns) = 0 or list_contains($towns, township))
    and (len($counties) = 0 or list_contains($counties, county))
    and (len($homes) = 0 or list_contains($homes, institution))
"""


def draw(view: View, unit: str = "") -> None:
    """Whose figures, as of when, how old, over how many homes, and what is not counted."""
    filters = view.filters
    open_homes = answers.ask(
        view.code,
        OPEN_HOMES,
        as_of=view.as_of,
        counties=filters.counties,
        towns=filters.townships,
        homes=filters.institutions,
    ).item()
    parts = [
        '<span class="sample">示例数据</span>' if view.build.is_example else "",
        f"<span>{markup.text(view.build.county)}</span>",
        f"<span>统计截止 <b>{view.as_of.isoformat()}</b></span>",
        _age(view),
        f"<span>{number(open_homes)} 家在营机构</span>",
        f"<span>{markup.text(unit)}</span>" if unit else "",
        f"<span>变化与 <b>{short_day(view.compare, view.as_of)}</b> 相比</span>",
        _filtered(view),
        _lagging(view),
        _refused(view),
    ]
    markup.put(f'<div class="zb-top">{"".join(parts)}</div>')


def _age(view: View) -> str:
    days = (views.today() - view.build.as_of).days
    words = "更新于今天" if days <= 0 else f"{days} 天前的数据"
    kind = "stale" if days > answers.setting(view.code, "stale_days") else "fresh"
    return f'<span class="{kind}">{words}</span>'


def _lagging(view: View) -> str:
    words = lagging.words(view)
    return f'<span class="stale">{markup.link(words, view.link("quality"))}</span>' if words else ""


def _filtered(view: View) -> str:
    words = shared.described(view.build, view.as_of, view.filters)
    return f"<span>只看：{markup.text(words)}</span>" if words else ""


def _refused(view: View) -> str:
    count = view.build.rows_refused
    return markup.link(f"另有 {number(count)} 行未计入", view.link("quality")) if count else ""
