"""What a page is drawn from: the build, the as-of date, the filters; and the line that says so on top."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dashboard import answers, lagging, markup, registers
from dashboard import filters as shared
from dashboard.places import COUNTIES, TOWNS, Storey
from dashboard.session import Build
from dashboard.words import number, short_day
from queries.filters import Filters

OPEN_HOMES = """
select count(*) as homes from homes_as_of($as_of)
where is_open and (len($towns) = 0 or list_contains($towns, township))
    and (len($counties) = 0 or list_contains($counties, county))
    and (len($homes) = 0 or list_contains($homes, institution))
"""


@dataclass(frozen=True)
class View:
    """One look at one build."""

    build: Build
    as_of: date
    compare: date
    filters: Filters

    @property
    def code(self) -> str:
        return self.build.code

    @property
    def knows_county(self) -> bool:
        """Whether there is a county to be held against: a township sees its own rows alone."""
        return self.build.township is None

    @property
    def counties(self) -> list[str]:
        """The counties looked at, in official order."""
        return [name for name in registers.counties(self.code) if name in (self.filters.counties or (name,))]

    @property
    def towns(self) -> list[str]:
        """The towns looked at, in official order."""
        concerned = registers.towns_of(self.code, self.filters.institutions).values()
        chosen = set(self.filters.townships) or set(concerned)
        return [
            town
            for town in shared.towns_of(self.build, self.filters.counties)
            if not chosen or town in chosen
        ]

    @property
    def storey(self) -> Storey:
        """What is set side by side: the counties where there are several to look at, else the towns."""
        return COUNTIES if len(self.counties) > 1 and not self.filters.townships else TOWNS

    @property
    def by(self) -> Literal["county", "township"]:
        return self.storey.by

    @property
    def places(self) -> list[str]:
        """The places of the storey looked at, in official order."""
        return self.counties if self.by == "county" else self.towns

    @property
    def _usual_compare(self) -> date:
        return self.as_of - timedelta(days=answers.setting(self.code, "compare_days"))

    @property
    def _is_implied(self) -> bool:
        """Whether the county is known by the towns or homes chosen: a link that names those need not."""
        return bool(self.filters.townships or self.filters.institutions)

    def link(self, path: str, **changes: markup.Value) -> str:
        """The address of a page with today's filters, some of them changed."""
        query: dict[str, markup.Value] = {
            "as_of": self.as_of if self.as_of != self.build.as_of else None,
            "since": self.filters.since,
            "until": self.filters.until,
            "compare": self.compare if self.compare != self._usual_compare else None,
            "county": () if self._is_implied else self.filters.counties,
            "township": self.filters.townships,
            "institution": self.filters.institutions,
            "severity": self.filters.severities,
            "area": self.filters.areas,
        }
        return markup.address(path, query | changes)


def today() -> date:
    """The clock, read on the page alone: only to say how old the data are."""
    return date.today()  # noqa: DTZ011 - the reader's own calendar day


def top_line(view: View, unit: str = "") -> None:
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
    days = (today() - view.build.as_of).days
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
