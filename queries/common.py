"""共性问题 (方案五（三）): which kinds of hazard homes share, who has had them, what rules answer to them."""

from collections.abc import Sequence
from datetime import date

import duckdb
import polars as pl

from queries.evaluate import NO_FILTERS
from queries.filters import Filters, conditions, parameters
from queries.plan import settings
from queries.records import listed
from queries.rows import Rows, given, group
from queries.warehouse import fetch

HAZARDS = (
    "county",
    "township",
    "institution",
    "area",
    "kind",
    "severity",
    "source",
    "cause",
    "month",
    "quarter",
)
WITHIN = ("township", "institution")
PLACES = ("county", *WITHIN)

NAMED = """
    named as (
        select distinct kind, from hazards
        where found_on <= $as_of and kind is not null and not list_contains($unnamed, kind)
    )
"""

HOME_COLUMNS = (
    "kind",
    "township_id",
    "township",
    "institution_id",
    "institution",
    "found",
    "recurrences",
    "unrectified",
    "last_found_on",
    "own_rules",
)

HOMES = """
    with {named},
    own as (
        select named.kind, measures.institution_id, count(*)::integer as own_rules,
        from measures_as_of($as_of) as measures
        inner join named on contains(measures.problem, named.kind)
        group by named.kind, measures.institution_id
    ),
    had as (
        select
            kind, township_id, township, institution_id, institution,
            count(*)::integer as found,
            (count(*) filter (is_recurrence))::integer as recurrences,
            (count(*) filter (not is_rectified))::integer as unrectified,
            max(found_on) as last_found_on,
        from hazards_as_of($as_of)
        inner join named using (kind)
        where institution_id in (select institution_id from homes_as_of($as_of) where is_open)
            and {kept}
        group by all
    )
    select had.*, coalesce(own.own_rules, 0) as own_rules,
    from had left join own on had.kind = own.kind and had.institution_id = own.institution_id
"""

OPEN = "select count(*) as n, from homes_as_of($as_of) where is_open {kept}"

RULES = """
    with {named}
    select measures.*, named.kind,
    from measures_as_of($as_of) as measures
    left join named on contains(measures.problem, named.kind)
    {kept}
"""


APPLY = """(({within}) or unit_code = 'county'
    and county_id in (select county_id from units_as_of($as_of) where {within}))"""


def homes(
    as_of: date,
    filters: Filters = NO_FILTERS,
    unnamed: Sequence[str] = (),
) -> Rows:
    """One row per kind of hazard and home open on as_of that has had one, by kind, then in official order.

    [kind, township_id, township, institution_id, institution, found, recurrences, unrectified, last_found_on,
    own_rules]. own_rules: the home's own measures against the kind, issued by as_of; `unnamed`: words of kind
    that name none.
    """
    kept = conditions(HAZARDS, filters, has_window=True)
    sql = HOMES.format(named=NAMED, kept=" and ".join(kept))
    order = "kind, township_id, institution_id"
    return Rows(sql, HOME_COLUMNS, order, given(filters, sql, as_of=as_of, unnamed=tuple(unnamed)))


def kinds(
    con: duckdb.DuckDBPyConnection,
    as_of: date,
    filters: Filters = NO_FILTERS,
    unnamed: Sequence[str] = (),
) -> pl.DataFrame:
    """One row per kind of hazard that an open home has had, the most shared first.

    [kind, homes, asked, share, is_common, recurring, without_rule]. homes: those open on as_of that have had
    one within the window, of `asked` open ones; is_common: share ≥ common_share of campaign.toml; recurring:
    homes where it came back after it was put right; without_rule: of these, those that have issued no
    measure of their own against it.
    """
    had = homes(as_of, filters, unnamed)
    kept = "".join(f" and {each}" for each in conditions(PLACES, filters, has_window=False))
    sql = OPEN.format(kept=kept)
    asked = fetch(con, sql, {"as_of": as_of, **parameters(filters, sql)}).item()
    counted = group(
        con,
        had,
        ("kind",),
        homes="count(*)",
        found="sum(found)::bigint",
        recurring="count(*) filter (recurrences > 0)",
        without_rule="count(*) filter (recurrences > 0 and own_rules = 0)",
    )
    share = (pl.col("homes") / pl.col("asked")).alias("share")
    return (
        counted.with_columns(asked=pl.lit(asked, dtype=pl.Int64))
        .with_columns(share, (share >= settings(con).common_share).alias("is_common"))
        .sort("homes", "found", "kind", descending=[True, True, False])
        .select("kind", "homes", "asked", "share", "is_common", "recurring", "without_rule")
    )


def rules(
    con: duckdb.DuckDBPyConnection,
    as_of: date,
    filters: Filters = NO_FILTERS,
    unnamed: Sequence[str] = (),
) -> Rows:
    """One row per measure issued by as_of and kind that its 针对问题 names: [*measures_as_of, kind].

    kind is null where it names none. A stock: the window is ignored. A county's own apply to its every town
    and home, so they stay whichever of these are chosen.
    """
    within = " and ".join(conditions(WITHIN, filters, has_window=False))
    apply = [APPLY.format(within=within)] if within else []
    where = " and ".join([*conditions(("county", "kind"), filters, has_window=False), *apply])
    sql = RULES.format(named=NAMED, kept=f"where {where}" if where else "")
    columns = (*listed(con, "measures", as_of).columns, "kind")
    values = given(filters, sql, as_of=as_of, unnamed=tuple(unnamed))
    return Rows(sql, columns, "issued_on, measure_id, kind", values)
