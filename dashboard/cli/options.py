"""Options that several commands share."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from queries.address import lake_at
from queries.sources import Source


class Format(StrEnum):
    TABLE = "table"
    JSON = "json"
    CSV = "csv"


Warehouse = Annotated[Path, typer.Option(help="数据仓库所在文件夹。", metavar="文件夹")]
LakeAddress = Annotated[
    str | None,
    typer.Option(
        "--lake",
        help="用多个县共用的数据湖：目录数据库（PostgreSQL）的地址；口令放 ~/.pgpass。",
        metavar="地址",
        envvar="ZHIBEN_LAKE",
    ),
]
CountyCode = Annotated[
    int | None,
    typer.Option("--county", help="数据湖里的哪个县：六位行政区划代码。", metavar="代码"),
]
AsOf = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="日期", help="统计截止日期，默认当前数据的截止日期。"),
]
Compare = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"], metavar="日期", help="与这一天相比（如上次会议），另给当时的数和变化。"
    ),
]
Since = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="日期", help="只看这一天起发生的。")
]
Until = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="日期", help="只看到这一天为止发生的。")
]
Townships = Annotated[list[str], typer.Option("--township", metavar="乡镇", help="只看这个乡镇，可重复。")]
Homes = Annotated[list[str], typer.Option("--institution", metavar="机构", help="只看这家机构，可重复。")]
Severities = Annotated[
    list[str], typer.Option("--severity", metavar="等级", help="只看这个隐患等级，可重复。")
]
Areas = Annotated[list[str], typer.Option("--area", metavar="环节", help="只看这个环节，可重复。")]


def source(warehouse: Path, lake: str | None, county: int | None) -> Source:
    """What a command is asked about: the lake, or a county of it, where one is named; else the warehouse."""
    return warehouse if lake is None else lake_at(lake, county)
