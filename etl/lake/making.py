"""A lake made, or made fit for a newer program."""

from pathlib import Path

import duckdb

from etl.lake.tables import create_tables
from etl.lake.writing import in_one_commit, now, writing
from queries.campaign import PLAN, read_campaign
from queries.lake import ATTACHED, Lake, LakeError

OTHER_PLAN = (
    "这个数据湖已按另一份方案（campaign.toml）建好，没有改动：请用建湖时的方案；"
    "方案确实改了，另建一个湖（见部署说明）。"
)


def init(lake: Lake, data: str, plan: Path = PLAN) -> bool:
    """Make a lake whose files lie in a folder (or under an s3:// address), under a plan; False: it was there.

    Its plan is that of every county that loads into it, but for who leads the campaign there: [campaign]
    county names the office that reads the lake. Raises LakeError where it cannot be made, or where it was
    made under another plan; DefinitionError where the plan cannot be read.
    """
    campaign, text = read_campaign(plan), plan.read_text(encoding="utf-8")
    with writing(lake, f"data_path '{_folder(data)}'") as con:

        def make() -> bool:
            create_tables(con, campaign)
            known = con.execute(f"select text from {ATTACHED}.plans order by rowid desc limit 1").fetchone()
            if known is not None and known[0] != text:
                raise LakeError(OTHER_PLAN)
            if known is None:
                _lay(con, text)
            return known is None

        return in_one_commit(con, make)


def _lay(con: duckdb.DuckDBPyConnection, text: str) -> None:
    con.execute(f"insert into {ATTACHED}.plans values ($text, $at)", {"text": text, "at": now()})


def _folder(data: str) -> str:
    """A folder's full path, which every office must reach by the same name; an address as it is."""
    where = data if "://" in data else f"{Path(data).resolve()}/"
    return where.replace("'", "''")
