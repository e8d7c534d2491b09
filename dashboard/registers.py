"""The registers of a build, kept: its counties and up to when each is known, its towns and its homes."""

from datetime import date

from dashboard.keeping import kept
from dashboard.session import connection
from queries import plan
from queries.rows import NO_LIMIT
from queries.warehouse import fetch

HOMES = """
select institution, township, from institutions inner join townships using (township_id)
where len($towns) = 0 or list_contains($towns, township)
order by institution_id limit $most
"""
NAMED = """
select institution, township, from institutions inner join townships using (township_id)
where list_contains($names, institution)
"""
COUNTY_OF = "select township, county, from towns order by township_id"
KNOWN_TO = """
select counties.county, coalesce(known_to, build.as_of) as known_to, from counties cross join build
order by county_id
"""


@kept
def townships(build: str) -> list[str]:
    """All towns in official order."""
    return plan.townships(connection(build))["township"].to_list()


@kept
def county_of(build: str) -> dict[str, str]:
    """The county of each town, in official order."""
    return dict(fetch(connection(build), COUNTY_OF).iter_rows())


def counties(build: str) -> list[str]:
    """All counties in official order; one, unless many are gathered in a lake."""
    return [*dict.fromkeys(county_of(build).values())]


def are_several(build: str) -> bool:
    """Whether there are several counties: where there is one, nothing speaks of counties."""
    return len(counties(build)) > 1


@kept
def homes(build: str, towns: tuple[str, ...] = (), most: int | None = None) -> dict[str, str]:
    """The institutions of some towns (default all) with their towns, in official order of the towns."""
    return dict(fetch(connection(build), HOMES, {"towns": towns, "most": most or NO_LIMIT}).iter_rows())


@kept
def towns_of(build: str, names: tuple[str, ...]) -> dict[str, str]:
    """The towns of the institutions named, as far as they are known."""
    return dict(fetch(connection(build), NAMED, {"names": names}).iter_rows())


@kept
def known_to(build: str) -> dict[str, date]:
    """Up to which day each county's ledgers are known, in official order."""
    return dict(fetch(connection(build), KNOWN_TO).iter_rows())
