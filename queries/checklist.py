"""逐条查验 (方案五（四）): the plan's tasks and duties clause by clause, and who falls short of each."""

from collections.abc import Sequence
from datetime import date

import duckdb
import polars as pl

from queries.evaluate import NO_FILTERS
from queries.filters import Filters, conditions, parameters
from queries.rows import NO_LIMIT
from queries.warehouse import fetch

COLUMNS = ("county", "township", "institution", "window_from", "window_to")

UNIT = "coalesce(institution_id, township_id, county_id)"

ITEMS = f"""
    select
        asked.clause, clauses.clause_title, item, item_name, quote, is_duty, phase, phase_name, unit_code,
        count(*) filter (is_counted) as asked,
        count(distinct {UNIT}) filter (is_counted) as units,
        count(*) filter (is_counted and is_done) as done,
        count(*) filter (is_counted and is_on_time) as on_time,
        count(*) filter (is_counted and (is_done or is_overdue)) as fallen_due,
        count(*) filter (is_overdue) as overdue,
        if(is_duty, null, count(*) filter (is_done and is_supported)) as supported,
        if(is_duty, null, count(*) filter (is_done and not is_supported)) as unsupported,
        if(is_duty, null, count(*) filter (is_done and is_supported is null)) as unmeasurable,
        count(*) filter (not is_counted) as running,
        count(*) filter (not is_counted and is_done) as running_done,
        count(distinct {UNIT}) filter (shortfall <> 'pending') as lacking,
    from asked
    left join clauses on asked.clause = clauses.clause
    group by
        asked.clause, clause_title, clause_rank, item, item_name, quote, is_duty, phase, phase_name, unit_code
    order by clause_rank nulls last, asked.clause, is_duty, item
"""

SHORT = """
    select
        item, shortfall, unit, county_id, township_id, township, institution_id, institution,
        count(*) as times,
        count(*) over how as units,
    from asked where shortfall is not null
    group by item, shortfall, unit, county_id, township_id, township, institution_id, institution
    window how as (partition by item, shortfall)
    qualify row_number() over (
        how order by county_id, township_id nulls first, institution_id nulls first
    ) <= $most
    order by item, shortfall, county_id, township_id nulls first, institution_id nulls first
"""

CONCERNED = """
    select
        clause,
        bool_or(township_id is null) as is_county,
        count(distinct township_id) filter (institution_id is null) as townships,
        count(distinct institution_id) as institutions,
    from asked where shortfall <> 'pending' and list_contains($items, item)
    group by clause
    order by clause
"""


def items(con: duckdb.DuckDBPyConnection, as_of: date, filters: Filters = NO_FILTERS) -> pl.DataFrame:
    """One row per task and duty asked of anybody by a day, in the order of the plan's clauses.

    [clause, clause_title, item, item_name, quote, is_duty, phase, phase_name, unit_code, asked, units, done,
    on_time, fallen_due, overdue, supported, unsupported, unmeasurable, running, running_done, lacking].
    asked: units, or units × closed periods of a duty; on_time: done by its day, of `fallen_due`, the done and
    the overdue; the three of support: of the tasks done, null for a duty, which is read off the records
    themselves; running: a duty's running period apart; lacking: units that fall short, pending ones apart.
    Tasks ignore the window, as phase_progress does.
    """
    return _ask(con, ITEMS, as_of, filters)


def short(
    con: duckdb.DuckDBPyConnection, as_of: date, filters: Filters = NO_FILTERS, most: int = NO_LIMIT
) -> pl.DataFrame:
    """Who falls short of which item, county by county, first the bureau, then by town; `most` each way.

    [item, shortfall, unit, county_id, township_id, township, institution_id, institution, times, units].
    shortfall: overdue, pending (not done, its day still to come), unsupported (done, not borne out by the
    records), late (done after its day), missed (a duty: so many `times`, closed periods); units: how many do
    so.
    """
    return _ask(con, SHORT, as_of, filters, most=most)


def concerned(
    con: duckdb.DuckDBPyConnection, as_of: date, items: Sequence[str], filters: Filters = NO_FILTERS
) -> pl.DataFrame:
    """Of some items, one row per clause that anybody falls short of, pending apart.

    [clause, is_county, townships, institutions]: whether the county, how many towns and homes.
    """
    return _ask(con, CONCERNED, as_of, filters, items=list(items))


def _ask(
    con: duckdb.DuckDBPyConnection, question: str, as_of: date, filters: Filters, **given: object
) -> pl.DataFrame:
    sql = f"with asked as ({_part('not is_duty', filters)} union all {_part('is_duty', filters)}) {question}"
    return fetch(con, sql, {"as_of": as_of, **given, **parameters(filters, sql)})


def _part(which: str, filters: Filters) -> str:
    """The tasks, which are a stock, or the duties, each under the filters that apply to them."""
    kept = conditions(COLUMNS, filters, has_window=which == "is_duty")
    return f"select *, from checklist_as_of($as_of) where {' and '.join([which, *kept])}"
