"""Whether a county's build was made under the lake's plan: else its figures would be other ones there."""

import duckdb
import polars as pl

from queries.install import plan_frames
from queries.parts import Campaign

NAMES = {
    "campaign": "行动名称和起止",
    "phases": "阶段",
    "clauses": "条款",
    "duty_rules": "职责",
    "tasks": "任务",
    "activity_rules": "活动",
    "thresholds": "目标与阈值",
    "settings": "设置",
    "action_rules": "今日必督规则",
}


def differing(con: duckdb.DuckDBPyConnection, database: str, campaign: Campaign) -> list[str]:
    """The parts of the plan, in Chinese, that an attached build has otherwise; who leads there is its own."""
    planned = plan_frames(campaign)
    return [NAMES[table] for table in planned if _differs(con, database, table, planned[table])]


def _differs(con: duckdb.DuckDBPyConnection, database: str, table: str, frame: pl.DataFrame) -> bool:
    columns = ", ".join(name for name in frame.columns if (table, name) != ("campaign", "county"))
    own = f"select {columns} from {database}.{table}"
    if frame.is_empty():
        return bool(con.execute(f"select count(*) from ({own})").fetchall()[0][0])
    con.register("planned", frame)
    planned = f"select {columns} from planned"
    sql = f"(({own}) except all ({planned})) union all (({planned}) except all ({own}))"
    rows = con.execute(f"select count(*) from ({sql})").fetchall()[0][0]
    con.unregister("planned")
    return bool(rows)
