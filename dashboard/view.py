"""What a page is drawn from: the build, the as-of date, the filters."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dashboard import answers, markup, registers
from dashboard import filters as shared
from dashboard.places import COUNTIES, TOWNS, Storey
from dashboard.session import Build
from queries.filters import Filters


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
