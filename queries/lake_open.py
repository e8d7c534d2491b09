"""A lake opened for reading, as a build is: the same tables, the same macros, whatever lies behind them."""

from dataclasses import replace

import duckdb
import polars as pl

from queries.campaign import parse_campaign
from queries.install import define, lay_plan
from queries.lake import ATTACHED, KEYS, PER_COUNTY, Lake, Moment, Published, attach, columns_of, rows_of
from queries.parts import Campaign
from queries.snapshots import MOST_HAZARDS

REGISTERS = {
    "townships": ("township", "found.county_id"),
    "institutions": ("institution", f"found.township_id // {PER_COUNTY}"),
}
"""Small tables whose names are unique in one county, and how a row tells its county: copied, not looked at
again, as a name that two counties share gets its county's name put before it."""

REGISTER = """
    create table {table} as
    with found as ({rows})
    select found.* replace (
        if(count(*) over (partition by found.{name}) > 1, counties.county || found.{name}, found.{name})
        as {name}
    ),
    from found inner join counties on {county} = counties.county_id
    order by 1
"""


def is_small(moment: Moment) -> bool:
    """Whether what the counties published is no more than days are kept of (snapshots.py)."""
    return sum(each.hazards for each in moment.counties) <= MOST_HAZARDS


def define_lake(con: duckdb.DuckDBPyConnection, lake: Lake, moment: Moment, *, is_copied: bool) -> None:
    """Give an empty connection what a build's has, in terms of a lake at one moment; locks nothing.

    Each table is a view of what the counties published last, or a copy: then neither the catalogue nor the
    files are asked again.
    """
    attach(con, lake, "read_only", f"snapshot_version {moment.snapshot}")
    counties = moment.counties
    campaign = _campaign(lake, moment)
    lay_plan(con, campaign)
    _insert(con, "build", _build(moment, campaign))
    _insert(con, "counties", _counties(counties))
    loads = [each.load_id for each in counties]
    kind = "table" if is_copied else "view"
    for table, columns in _tables(con).items():
        rows = rows_of(table, columns, loads)
        if table in REGISTERS:
            name, county = REGISTERS[table]
            con.execute(REGISTER.format(table=table, rows=rows, name=name, county=county))
        else:
            con.execute(f"create {kind} {table} as {rows}")
    define(con)


def _campaign(lake: Lake, moment: Moment) -> Campaign:
    """The lake's plan; a county read alone is its own bureau's."""
    campaign = parse_campaign(moment.plan, "数据湖的方案")
    if lake.county is None or not moment.counties:
        return campaign
    bureau = moment.counties[0].bureau
    return replace(campaign, outline=replace(campaign.outline, county=bureau))


def _tables(con: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """The lake's tables of records and their columns, but for what the lake alone has."""
    told = columns_of(con, ATTACHED)
    records = {table: columns for table, columns in told.items() if {*KEYS} <= columns.keys()}
    return {table: [each for each in columns if each not in KEYS] for table, columns in records.items()}


def _build(moment: Moment, campaign: Campaign) -> pl.DataFrame:
    """One row, as of the latest day that any county's ledgers are known up to."""
    days = [each.as_of for each in moment.counties] or [campaign.outline.from_on]
    return pl.DataFrame(
        {
            "build": [moment.code],
            "as_of": [max(days)],
            "county": [campaign.outline.county],
            "is_example": [any(each.is_example for each in moment.counties)],
        }
    )


def _counties(counties: tuple[Published, ...]) -> pl.DataFrame:
    rows = [(each.county_id, str(each.county_id), each.county, each.bureau, each.as_of) for each in counties]
    schema = {
        "county_id": pl.Int64,
        "code": pl.String,
        "county": pl.String,
        "bureau": pl.String,
        "known_to": pl.Date,
    }
    return pl.DataFrame(rows, schema, orient="row")


def _insert(con: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    con.register("incoming", frame)
    con.execute(f"create table {table} as select * from incoming")
    con.unregister("incoming")
