"""Puts the plan's tables and the macros into a new build, and asks the audits about it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from queries.catalog import METRICS, catalog, read_header
from queries.parts import Campaign
from queries.warehouse import fetch

FOLDER = Path(__file__).parent
AS_OF = FOLDER / "as_of"
AUDITS = FOLDER / "audits"
WORKED_OUT = FOLDER / "worked_out"
"""What is worked out of the facts once they are all there."""


@dataclass(frozen=True)
class Violation:
    """An audit that found something: its name, what it says in Chinese, how many rows it returned."""

    audit: str
    says: str
    rows: int


def install(con: duckdb.DuckDBPyConnection, campaign: Campaign) -> None:
    """Create the plan's tables and constants, the calendar of periods and every macro, all commented.

    Needs the fact tables of etl/schema.sql, to whose counties it adds the plan's own; call it once per build,
    and `derive` once they are filled.
    """
    lay_plan(con, campaign)
    _insert(con, "counties", own_county(campaign))
    _run(con, "worked_out.sql")
    define(con)


def lay_plan(con: duckdb.DuckDBPyConnection, campaign: Campaign) -> None:
    """Create what of a build is the plan's: its tables, its constants, the calendar of its periods."""
    _run(con, "campaign.sql")
    for table, frame in plan_frames(campaign).items():
        _insert(con, table, frame)
    _create_constants(con, campaign)
    _run(con, "calendar.sql")


def define(con: duckdb.DuckDBPyConnection) -> None:
    """Create every macro, and what is noted of them; the plan and all tables of facts are there."""
    _run(con, "towns.sql")
    _create_macros(con)
    _note_columns(con)


def _run(con: duckdb.DuckDBPyConnection, name: str) -> None:
    con.execute((FOLDER / name).read_text(encoding="utf-8"))


def derive(con: duckdb.DuckDBPyConnection) -> None:
    """Work out what of the facts holds on every day, once they are all there; again where they changed."""
    for path in sorted(WORKED_OUT.glob("*.sql")):
        con.execute(path.read_text(encoding="utf-8"))


def violated_audits(con: duckdb.DuckDBPyConnection, as_of: date) -> list[Violation]:
    """Ask every audit and return those that found rows; empty for a sound build.

    `as_of` is the day the build is known up to.
    """
    found = [_audit(con, path, as_of) for path in sorted(AUDITS.glob("*.sql"))]
    return [violation for violation in found if violation.rows > 0]


def _audit(con: duckdb.DuckDBPyConnection, path: Path, as_of: date) -> Violation:
    sql = path.read_text(encoding="utf-8")
    params = {"as_of": as_of} if "$as_of" in sql else {}
    says = str(read_header(path)["says"])
    return Violation(path.stem, says, fetch(con, sql, params).height)


def own_county(campaign: Campaign) -> pl.DataFrame:
    """The one county of a warehouse of its own: [county_id, county, bureau]."""
    plan = campaign.outline
    return pl.DataFrame({"county_id": [1], "county": [plan.area], "bureau": [plan.county]})


def plan_frames(campaign: Campaign) -> dict[str, pl.DataFrame]:
    return {
        "campaign": _frame([campaign.outline]),
        "phases": _frame(campaign.phases),
        "clauses": _frame(campaign.clauses).with_row_index("clause_rank"),
        "duty_rules": _frame(campaign.duties).with_row_index("duty_rank"),
        "tasks": _frame(campaign.tasks),
        "activity_rules": _frame(campaign.activities).with_row_index("activity_rank"),
        "thresholds": _frame(campaign.thresholds),
        "settings": _frame([campaign.settings]),
        "action_rules": _frame(campaign.actions),
    }


def _frame(parts: Sequence[Any]) -> pl.DataFrame:
    return pl.DataFrame([asdict(part) for part in parts], infer_schema_length=None)


def _insert(con: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    if frame.is_empty():
        return
    con.register("plan_frame", frame)
    con.execute(f"insert into {table} by name select * from plan_frame")
    con.unregister("plan_frame")


def _create_constants(con: duckdb.DuckDBPyConnection, campaign: Campaign) -> None:
    """Make a macro without arguments of what the plan says once: a query need not read a table for it."""
    said = {"settings": campaign.settings, "campaign": campaign.outline}
    comments = "select column_name, comment from duckdb_columns() where table_name = ?"
    for table, part in said.items():
        prefix = "campaign_" if table == "campaign" else ""
        for column, comment in con.execute(comments, [table]).fetchall():
            name = prefix + column
            con.execute(f"create macro {name}() as {_literal(getattr(part, column))}")
            con.execute(f"comment on macro {name} is {_quoted(comment)}")


def _literal(value: object) -> str:
    if isinstance(value, date):
        return f"date '{value.isoformat()}'"
    return _quoted(value) if isinstance(value, str) else str(value)


def _create_macros(con: duckdb.DuckDBPyConnection) -> None:
    paths = {path.stem: path for path in (*AS_OF.glob("*.sql"), *METRICS.glob("*.sql"))}
    for name in _in_order_of_use(paths):
        con.execute(paths[name].read_text(encoding="utf-8"))
        con.execute(f"comment on macro table {name} is {_quoted(_comment(paths[name]))}")


def _in_order_of_use(paths: dict[str, Path]) -> Iterable[str]:
    uses = {name: _called(path) & paths.keys() - {name} for name, path in paths.items()}
    return TopologicalSorter(dict(sorted(uses.items()))).static_order()


def _called(path: Path) -> set[str]:
    return set(re.findall(r"(\w+)\(", path.read_text(encoding="utf-8")))


def _comment(path: Path) -> str:
    if path.parent == METRICS:
        metric = catalog()[path.stem]
        return f"{metric.name}：{metric.explain}"
    return str(read_header(path)["says"])


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _note_columns(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "create table metric_columns (metric varchar, column_name varchar, primary key (metric, column_name))"
    )
    con.execute("comment on table metric_columns is '指标的列：一个指标的一列一行'")
    con.execute("comment on column metric_columns.metric is '指标代码'")
    con.execute("comment on column metric_columns.column_name is '列'")
    for metric in catalog():
        described = f"select '{metric}', column_name from (describe from {metric}(date '2000-01-01'))"
        con.execute(f"insert into metric_columns {described}")
