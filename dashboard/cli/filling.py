"""Bring ledgers in: example, load, templates, mapping."""

import json
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

import etl
from dashboard import printing
from dashboard.cli.commands import Application
from dashboard.cli.options import CountyCode, LakeAddress, Warehouse
from dashboard.folders import DEFAULT_WAREHOUSE, ROOT
from dashboard.guard import audit
from etl import lake as lakes
from queries.address import lake_at
from queries.lake import LakeError
from queries.warehouse import known_build, read_notes

app = Application()

CLOCK_BEHIND = (
    "本机日期 {today} 早于现用数据的截至日期 {known_to}，没有加载，已有的数据没有受影响。"
    "请校准本机的日期，或用 --as-of 写明台账已知到哪一天。"
)

Day = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="日期", help="台账已知到哪一天，默认今天。"),
]


class ReportFormat(StrEnum):
    TEXT = "text"
    JSON = "json"


class Scale(StrEnum):
    COUNTY = "county"
    PROVINCE = "province"
    NATION = "nation"


@app.command()
def example(
    out: Annotated[Path, typer.Option(help="写到哪个文件夹。", metavar="文件夹")],
    scale: Annotated[Scale, typer.Option(help="规模：县、省、全国。")] = Scale.COUNTY,
    as_of: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], metavar="日期", help="台账写到哪一天。")
    ] = datetime(2026, 11, 23),  # noqa: DTZ001
    seed: Annotated[int, typer.Option(help="随机种子；相同则生成相同的数据。", metavar="数字")] = 1,
) -> None:
    """生成示例台账（虚构数据）。"""
    paths = etl.write_example(out, scale.value, as_of.date(), seed)
    printing.say(f"已在 {out} 生成 {len(paths)} 个示例文件（虚构数据）。")


@app.command()
def load(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="台账文件或文件夹，默认 data/ledgers。", metavar="文件")
    ] = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    mapping: Annotated[
        list[Path] | None, typer.Option(help="对照表文件（TOML），可重复。", metavar="文件")
    ] = None,
    as_of: Day = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不发布。")] = False,
    format: Annotated[ReportFormat, typer.Option(help="报告格式。")] = ReportFormat.TEXT,  # noqa: A002
    refused: Annotated[Path | None, typer.Option(help="把未计入的行另存为 Excel。", metavar="文件")] = None,
    returned: Annotated[
        Path | None, typer.Option(help="把要改的原表存到这里，只标出要改的格子。", metavar="文件夹")
    ] = None,
    lake: LakeAddress = None,
    county: CountyCode = None,
) -> None:
    """读入台账，建成新的数据仓库并发布；写了 --lake 的，再发布到数据湖。"""
    if lake is not None and county is None and not dry_run:
        raise printing.misused("发布到数据湖要用 --county 写明本县的行政区划代码。")
    day = as_of.date() if as_of else _today(warehouse)
    sources = paths or [ROOT / "data" / "ledgers"]
    report = etl.load(sources, warehouse, day, mappings=mapping or [], dry_run=dry_run, refused=refused)
    print(
        json.dumps(report.as_dict(), ensure_ascii=False, indent=1)
        if format == "json"
        else etl.summary(report)
    )
    if not dry_run:
        taken = report.counts()["taken"]
        audit.note(audit.at_the_command_line(), "load", f"构建 {report.build}，计入 {taken} 行", warehouse)
    if returned is not None:
        written = etl.return_all(sources, report, returned)
        printing.say(f"已在 {returned} 写好 {len(written)} 份退回表。")
    if not report.counts()["taken"]:
        raise typer.Exit(1)
    if lake is not None and county is not None and not dry_run:
        _publish(warehouse, lake, county)


def _publish(warehouse: Path, lake: str, county: int) -> None:
    """Publish to the lake what the county's own warehouse shows, which stays whatever goes wrong there."""
    try:
        is_new = lakes.push(lake_at(lake), county, warehouse)
    except LakeError as problem:
        raise printing.stop(f"本县的数据仓库已更新，数据湖没有：{problem}改好后再运行一次即可。") from problem
    audit.note(audit.at_the_command_line(), "publish", f"发布到数据湖，县区 {county}", warehouse)
    printing.say("已发布到数据湖。" if is_new else "数据湖里已是这份数据。")


def _today(warehouse: Path) -> date:
    """The office's own calendar day; stops where the clock must be wrong, as what is served is later."""
    today = date.today()  # noqa: DTZ011
    known_to = (read_notes(warehouse, known_build(warehouse) or "") or {}).get("as_of") or ""
    if known_to > today.isoformat():
        raise printing.stop(CLOCK_BEHIND.format(today=today, known_to=known_to))
    return today


@app.command()
def templates(out: Annotated[Path, typer.Option(help="写到哪个文件夹。", metavar="文件夹")]) -> None:
    """生成九种台账的空白模板。"""
    printing.say(f"已在 {out} 写好 {len(etl.write_templates(out))} 份模板。")


@app.command("mapping")
def propose(
    file: Annotated[Path, typer.Argument(help="表头认不出的工作簿。", metavar="文件")],
) -> None:
    """为认不出的表格拟一份对照表，拿不准的都有标记；改好后用 load --mapping。"""
    print(etl.propose_mapping(file))
