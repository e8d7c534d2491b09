"""The homes that a list of homes begins with: overdue major hazards first, then the most overdue."""

from datetime import date

import duckdb
import polars as pl

from queries.evaluate import NO_FILTERS, figure
from queries.filters import Filters
from queries.records import listed
from queries.rows import Rows, given, read

HOMES = """
    with late as (
        select institution_id, count(*) as overdue, count(*) filter (is_major) as overdue_majors,
        from ({late}) group by institution_id
    ),
    rated as (
        select institution_id, count(*) filter (numerator) / count(*) as rate, from ({rated})
        group by institution_id
    )
    select known.*,
        coalesce(late.overdue_majors, 0) > 0 as has_overdue_major,
        coalesce(late.overdue, 0) as overdue,
        rated.rate,
        count(*) over () as homes,
    from ({known}) as known
    left join late using (institution_id)
    left join rated using (institution_id)
"""
ORDER = "has_overdue_major desc, overdue desc, rate nulls last, institution_id"


def homes(
    con: duckdb.DuckDBPyConnection,
    as_of: date,
    filters: Filters = NO_FILTERS,
    words: tuple[str, ...] = (),
    most: int | None = None,
) -> pl.DataFrame:
    """The homes of the register, worst first: [*institutions_as_of, has_overdue_major, overdue, rate, homes].

    words: each stands in the name or the town of a home that is kept; most: so many at most, of `homes`.
    """
    known = listed(con, "institutions", as_of, filters).holding(words, ("institution", "township"))
    late, rated = (figure(con, code, (), filters).population() for code in ("overdue", "rectification_rate"))
    sql = HOMES.format(known=known.sql, late=late, rated=rated)
    values = dict(known.given) | dict(given(filters, sql, as_of=as_of))
    return read(con, Rows(sql, (), ORDER, tuple(values.items())), most=most)
