"""Ask for figures, records and files: metrics, records, export."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import duckdb
import typer

import etl
from dashboard import outside, printing
from dashboard.cli.options import (
    Areas,
    AsOf,
    Compare,
    CountyCode,
    Format,
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
from dashboard.guard import audit
from dashboard.session import DEFAULT_WAREHOUSE
from queries import answers as shaped
from queries import evaluate, records, sources
from queries.catalog import catalog
from queries.compare import change
from queries.filters import Filters
from queries.lake import Lake
from queries.sources import Source
from queries.warehouse import fetch

app = typer.Typer()

DAMAGED = "最近一次发布的数据缺失或已损坏，所以不作答；台账没有受影响。请运行 zhiben doctor，按提示处理。"


NOTHING = {False: "数据仓库里还没有数据", True: "数据湖里还没有这个范围的数据"}


@app.command()
def metrics(
    as_of: AsOf = None,
    compare: Compare = None,
    since: Since = None,
    until: Until = None,
    township: Townships = [],
    institution: Homes = [],
    severity: Severities = [],
    area: Areas = [],
    by: Annotated[list[str], typer.Option(metavar="维度", help="按什么分组，可重复。")] = [],
    metric: Annotated[list[str], typer.Option(metavar="代码", help="哪个指标，可重复；默认全部。")] = [],
    format: Annotated[Format, typer.Option(help="输出格式。")] = Format.TABLE,  # noqa: A002
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    lake: LakeAddress = None,
    county: CountyCode = None,
) -> None:
    """算指标：截至某日、按维度、带筛选。"""
    connection, day = _opened(source(warehouse, lake, county), as_of)
    filters = _filters(since, until, township, institution, severity, area)
    answers: list[dict[str, object]] = []
    for code in _known_metrics(metric):
        allowed = evaluate.dimensions(connection, code)
        if wrong := [name for name in by if name not in allowed]:
            if metric:
                raise printing.misused(
                    f"{code} 不能按 {'、'.join(wrong)} 分组；可以按：{'、'.join(allowed)}。"
                )
            continue
        for name in evaluate.ignored(connection, code, filters):
            printing.say(f"{code}：筛选 {name} 对这个指标不适用，已忽略。")
        frame = (
            evaluate.evaluate(connection, code, day, by, filters)
            if compare is None
            else change(connection, code, day, compare.date(), by, filters)
        )
        answers += shaped.as_records(code, day, frame)
    print(printing.answers(answers, format.value))


@app.command("records")
def list_records(
    kind: Annotated[str, typer.Argument(help="哪一种记录，如 hazards、overdue、duties、refused。")],
    as_of: AsOf = None,
    since: Since = None,
    until: Until = None,
    township: Townships = [],
    institution: Homes = [],
    severity: Severities = [],
    area: Areas = [],
    format: Annotated[Format, typer.Option(help="输出格式。")] = Format.TABLE,  # noqa: A002
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    lake: LakeAddress = None,
    county: CountyCode = None,
) -> None:
    """列出一种记录。"""
    if kind not in records.kinds():
        raise printing.misused(f"没有“{kind}”这种记录；可以是：{'、'.join(records.kinds())}。")
    connection, day = _opened(source(warehouse, lake, county), as_of)
    filters = _filters(since, until, township, institution, severity, area)
    frame = records.records(connection, kind, day, filters)
    print(printing.frame(frame, format.value, records.titles(kind)))


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
    _opened(asked, as_of)
    filters = _filters(since, until, township, institution, severity, area)
    shown = outside.view(asked, as_of and as_of.date(), compare and compare.date(), filters)
    make = notices_by_unit if out.suffix == ".zip" and kind == "notices" else KINDS[kind].make
    out.parent.mkdir(parents=True, exist_ok=True)
    etl.write_bytes(out, make(shown))
    audit.note(audit.at_the_command_line(), "export", out.name, warehouse)
    printing.say(f"已写好 {out}。")


def _opened(asked: Source, as_of: datetime | None) -> tuple[duckdb.DuckDBPyConnection, date]:
    code = sources.current(asked)
    if code is None:
        raise printing.stop(f"{NOTHING[isinstance(asked, Lake)]}，请先运行 zhiben load。")
    if not sources.is_sound(asked, code):
        raise printing.stop(DAMAGED)
    connection = sources.opened(asked, code)
    known_to: date = fetch(connection, "select as_of from build").item()
    return connection, as_of.date() if as_of else known_to


def _known_metrics(codes: list[str]) -> list[str]:
    known = catalog()
    if strange := [code for code in codes if code not in known]:
        raise printing.misused(f"没有指标 {'、'.join(strange)}；有：{'、'.join(known)}。")
    return codes or list(known)


def _filters(
    since: datetime | None,
    until: datetime | None,
    townships: list[str],
    institutions: list[str],
    severities: list[str],
    areas: list[str],
) -> Filters:
    first, last = since and since.date(), until and until.date()
    return Filters(
        since=first,
        until=last,
        townships=tuple(townships),
        institutions=tuple(institutions),
        severities=tuple(severities),
        areas=tuple(areas),
    )
