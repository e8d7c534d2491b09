"""今日必督 by lines: alike items grouped, in the order of the rules of campaign.toml."""

from datetime import date

import duckdb
import polars as pl

from queries.evaluate import NO_FILTERS
from queries.filters import Filters
from queries.records import listed
from queries.rows import NO_LIMIT
from queries.warehouse import fetch

BY_HOME = ("overdue_major", "unreported_major", "major_due_soon")
"""Rules on major hazards: one line a home. Towns that do not report have a line each, all else is grouped."""

LINES = """
    with known as ({items}),
    alike as (
        -- a hazard under two rules stands once, under the first
        select *,
            list_contains($by_home, action) as is_of_a_home,
            struct_pack(
                action,
                home := case when list_contains($by_home, action) then institution_id end,
                town := case when action = 'silent_township' then township_id end,
                duty, period, task
            ) as line,
            hazard_id is not null and bool_or(action = 'unreported_major') over same as is_unreported,
        from known
        window same as (partition by hazard_id)
        qualify hazard_id is null or row_number() over (same order by position) = 1
    ),
    by_town as (
        select line, township, count(*) as items, min(position) as position, from alike group by all
    ),
    spread as (
        select
            line, count(*) as towns,
            list(struct_pack(township, items) order by items desc, position)[:3] as most,
        from by_town group by all
    ),
    lines as (
        select
            line,
            min(position) as position,
            arg_min(
                struct_pack(action_name, asks, actor, clause, township, institution, subject, days), position
            ) as first,
            count(*) as items,
            max(days) as days,
            min(due_on) as due_on,
            count(distinct due_on) as due_days,
            bool_or(is_unreported) as is_unreported,
            list(person order by position) filter (is_of_a_home and person is not null) as people,
            list(tracker order by position) filter (is_of_a_home and tracker is not null) as trackers,
        from alike group by all
    )
    select
        line.action, unnest(lines.first), line.duty, line.period, line.task,
        lines.items, lines.days as longest, lines.due_on, lines.due_days,
        lines.is_unreported, lines.people, lines.trackers, spread.towns, spread.most,
        (count(*) over ())::integer as lines,
        (count(*) filter (list_contains($alarming, line.action)) over ())::integer as alarms,
    from lines inner join spread using (line)
    order by lines.position
    limit $most_lines
"""


def lines(
    con: duckdb.DuckDBPyConnection,
    as_of: date,
    filters: Filters = NO_FILTERS,
    most: int | None = None,
    alarming: tuple[str, ...] = (),
) -> pl.DataFrame:
    """One row per line, those that come first, at most so many.

    [action, action_name, asks, actor, clause, township, institution, subject, days, duty, period, task,
    items, longest, due_on, due_days, is_unreported, people, trackers, towns, most, lines, alarms]. The
    texts, places and days are the first item's; longest: days of the item longest overdue; due_on: the first;
    most: the three towns with most items; lines: how many lines there are, alarms: of these under the rules
    named `alarming`.
    """
    items = listed(con, "actions", as_of, filters)
    asked = {"by_home": BY_HOME, "alarming": alarming, "most_lines": most or NO_LIMIT}
    return fetch(con, LINES.format(items=items.sql), dict(items.given) | asked)
