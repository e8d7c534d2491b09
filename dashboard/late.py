"""What is overdue, in figures: how many hazards, how many of them major, where, for how long."""

from dataclasses import dataclass
from datetime import date

from dashboard import answers
from dashboard.keeping import kept
from dashboard.view import View
from queries.filters import Filters

LONGEST = "first({column} order by days_overdue desc, hazard_id)"


@dataclass(frozen=True)
class Late:
    """Overdue hazards and the homes they are in; of the longest one its days, town and home."""

    count: int
    majors: int
    homes: int
    major_homes: int
    days: int | None
    township: str | None
    institution: str | None


def of(view: View) -> Late:
    """What is overdue within the filters."""
    found = answers.tally(
        view.code,
        answers.behind(view.code, "overdue", view.as_of, view.filters),
        count="count(*)",
        majors="count(*) filter (is_major)",
        homes="count(distinct institution_id)",
        major_homes="count(distinct institution_id) filter (is_major)",
        days="max(days_overdue)",
        township=LONGEST.format(column="township"),
        institution=LONGEST.format(column="institution"),
    )
    return Late(**found.row(0, named=True))


def major_places(view: View) -> dict[str, int]:
    """How many major hazards are overdue in which town, or county, the most first."""
    return _major_places(view.code, view.as_of, view.filters, view.by)


@kept
def _major_places(build: str, as_of: date, filters: Filters, by: str) -> dict[str, int]:
    majors = answers.behind(build, "overdue", as_of, filters).where("is_major")
    order = f"hazards desc, {by}_id"
    found = answers.tally(build, majors, (f"{by}_id", by), order, hazards="count(*)")
    return dict(found.select(by, "hazards").iter_rows())
