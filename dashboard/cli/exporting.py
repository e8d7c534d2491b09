"""Write what goes into the meeting: export."""

from pathlib import Path
from typing import Annotated

import typer

import etl
from dashboard import outside, printing
from dashboard.cli.commands import Application
from dashboard.cli.opened import filters_of, published
from dashboard.cli.options import (
    Areas,
    AsOf,
    Compare,
    CountyCode,
    Homes,
    LakeAddress,
    Severities,
    Since,
    Townships,
    Until,
    Warehouse,
    source,
)
from dashboard.export.kinds import KINDS, notices_by_unit
from dashboard.folders import DEFAULT_WAREHOUSE
from dashboard.guard import audit

app = Application()


@app.command()
def export(
    kind: Annotated[str, typer.Argument(help=f"哪一种材料：{'、'.join(KINDS)}。", metavar="种类")],
    out: Annotated[
        Path, typer.Option(help="写到哪个文件；督办通知单写 .zip 则一个单位一份。", metavar="文件")
    ],
    as_of: AsOf = None,
    compare: Compare = None,
    since: Since = None,
    until: Until = None,
    township: Townships = [],
    institution: Homes = [],
    severity: Severities = [],
    area: Areas = [],
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    lake: LakeAddress = None,
    county: CountyCode = None,
) -> None:
    """写出会议材料：情况通报、督办通知单、数据总表……"""
    if kind not in KINDS:
        raise printing.misused(f"没有“{kind}”这种材料；可以是：{'、'.join(KINDS)}。")
    asked = source(warehouse, lake, county)
    published(asked)
    filters = filters_of(since, until, township, institution, severity, area)
    shown = outside.view(asked, as_of and as_of.date(), compare and compare.date(), filters)
    make = notices_by_unit if out.suffix == ".zip" and kind == "notices" else KINDS[kind].make
    out.parent.mkdir(parents=True, exist_ok=True)
    etl.write_bytes(out, make(shown))
    audit.note(audit.at_the_command_line(), "export", out.name, warehouse)
    printing.say(f"已写好 {out}。")
