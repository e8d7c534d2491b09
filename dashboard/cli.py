"""The command `zhiben` (contract.md): load ledgers, ask for figures, serve the dashboard.

stdout holds only the answer; messages are Chinese, JSON keys English. Exit codes: 0 done, 1 nothing
could be done, 2 wrong usage.
"""

import json
import sys
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import duckdb
import typer
from typer import rich_utils

import etl
from dashboard import outside, printing, serving
from dashboard.export.kinds import KINDS, notices_by_unit
from dashboard.guard import audit, starting
from dashboard.session import DEFAULT_WAREHOUSE, ROOT
from queries import answers as shaped
from queries import evaluate, records
from queries.catalog import catalog
from queries.compare import change
from queries.filters import Filters
from queries.warehouse import current_build, fetch, open_build

rich_utils.OPTIONS_PANEL_TITLE = "选项"
rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
rich_utils.COMMANDS_PANEL_TITLE = "命令"
rich_utils.ERRORS_PANEL_TITLE = "用法有误"

app = typer.Typer(
    help="治本看板：养老机构安全生产治本攻坚三年行动督导看板。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

OF_ANOTHER_VERSION = "这份数据是另一版本的程序发布的，数据没有受影响。请重新运行 zhiben load 后再试。"


class Format(StrEnum):
    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class ReportFormat(StrEnum):
    TEXT = "text"
    JSON = "json"


class Scale(StrEnum):
    COUNTY = "county"
    PROVINCE = "province"
    NATION = "nation"


NoLogin = Annotated[bool, typer.Option("--no-login", help="不登录也让别的机器打开：连得上的人都能看、能改。")]
RolesFile = Annotated[
    Path | None, typer.Option(help="谁能看什么的名单，默认是数据仓库旁边的 roles.toml。", metavar="文件")
]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="日期")]
Warehouse = Annotated[Path, typer.Option(help="数据仓库所在文件夹。", metavar="文件夹")]
AsOf = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="日期", help="统计截止日期，默认当前数据的截止日期。"),
]
Processes = Annotated[
    int, typer.Option(help="几个服务进程，各占一个端口；前面要有反向代理。", min=1, max=9, metavar="个数")
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


@app.command()
def run(
    host: Annotated[str, typer.Option(help="监听地址。")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="监听端口。")] = 8501,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    no_login: NoLogin = False,
    roles: RolesFile = None,
) -> None:
    """打开看板；还没有数据时先生成示例数据。"""
    _open_to(host, warehouse, roles, no_login)
    is_bare = current_build(warehouse) is None and warehouse == DEFAULT_WAREHOUSE
    example = serving.example_warehouse(printing.say) if is_bare else None
    serving.renew(warehouse, printing.say)
    serving.serve(warehouse, host, port, example)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="监听地址。")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="监听端口。")] = 8501,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    no_login: NoLogin = False,
    roles: RolesFile = None,
    processes: Processes = 1,
) -> None:
    """只打开看板。"""
    _open_to(host, warehouse, roles, no_login)
    serving.renew(warehouse, printing.say)
    serving.serve(warehouse, host, port, count=processes)


@app.command()
def example(
    out: Annotated[Path, typer.Option(help="写到哪个文件夹。", metavar="文件夹")],
    scale: Annotated[Scale, typer.Option(help="规模：县、省、全国。")] = Scale.COUNTY,
    as_of: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], metavar="日期")] = datetime(2026, 11, 23),  # noqa: DTZ001
    seed: Annotated[int, typer.Option(help="随机种子；相同则生成相同的数据。")] = 1,
) -> None:
    """生成示例台账（虚构数据）。"""
    paths = etl.write_example(out, scale.value, as_of.date(), seed)
    printing.say(f"已在 {out} 生成 {len(paths)} 个示例文件（虚构数据）。")


@app.command()
def load(
    paths: Annotated[list[Path] | None, typer.Argument(help="台账文件或文件夹，默认 data/ledgers。")] = None,
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
) -> None:
    """读入台账，建成新的数据仓库并发布。"""
    day = as_of.date() if as_of else date.today()  # noqa: DTZ011 - the office's own calendar day
    sources = paths or [ROOT / "data" / "ledgers"]
    try:
        report = etl.load(sources, warehouse, day, mappings=mapping or [], dry_run=dry_run, refused=refused)
    except (etl.LoadError, etl.MappingError, OSError) as problem:
        raise printing.stop(str(problem)) from problem
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


@app.command()
def templates(out: Annotated[Path, typer.Option(help="写到哪个文件夹。", metavar="文件夹")]) -> None:
    """生成九种台账的空白模板。"""
    printing.say(f"已在 {out} 写好 {len(etl.write_templates(out))} 份模板。")


@app.command("mapping")
def propose(
    file: Annotated[Path, typer.Argument(help="表头认不出的工作簿。", metavar="文件")],
) -> None:
    """为认不出的表格拟一份对照表，拿不准的都有标记；改好后用 load --mapping。"""
    try:
        print(etl.propose_mapping(file))
    except (etl.LoadError, etl.MappingError, OSError) as problem:
        raise printing.stop(str(problem)) from problem


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
) -> None:
    """算指标：截至某日、按维度、带筛选。"""
    connection, day = _opened(warehouse, as_of)
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
) -> None:
    """列出一种记录。"""
    if kind not in records.kinds():
        raise printing.misused(f"没有“{kind}”这种记录；可以是：{'、'.join(records.kinds())}。")
    connection, day = _opened(warehouse, as_of)
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
) -> None:
    """写出会议材料：情况通报、督办通知单、数据总表……"""
    if kind not in KINDS:
        raise printing.misused(f"没有“{kind}”这种材料；可以是：{'、'.join(KINDS)}。")
    _opened(warehouse, as_of)
    filters = _filters(since, until, township, institution, severity, area)
    shown = outside.view(warehouse, as_of and as_of.date(), compare and compare.date(), filters)
    make = notices_by_unit if out.suffix == ".zip" and kind == "notices" else KINDS[kind].make
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(make(shown))
    audit.note(audit.at_the_command_line(), "export", out.name, warehouse)
    printing.say(f"已写好 {out}。")


@app.command()
def history(warehouse: Warehouse = DEFAULT_WAREHOUSE) -> None:
    """列出已发布的各次构建，最新的在前。"""
    print(printing.builds(etl.history(warehouse)))


@app.command()
def rollback(
    build: Annotated[str | None, typer.Argument(help="回到哪一次；默认上一次。")] = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
) -> None:
    """回到以前的一次构建。"""
    try:
        target = etl.rollback(warehouse, build)
    except etl.LoadError as problem:
        raise printing.stop(str(problem)) from problem
    audit.note(audit.at_the_command_line(), "rollback", f"构建 {target}", warehouse)
    printing.say(f"现在用的是 {target}。")


def _open_to(host: str, warehouse: Path, roles: Path | None, has_no_login: bool) -> None:
    listed = roles or warehouse.with_name("roles.toml")
    try:
        starting.decide(host, listed, printing.say, has_no_login=has_no_login)
    except starting.StartError as problem:
        raise printing.stop(str(problem)) from problem


def _opened(warehouse: Path, as_of: datetime | None) -> tuple[duckdb.DuckDBPyConnection, date]:
    code = current_build(warehouse)
    if code is None:
        raise printing.stop(f"{warehouse} 里还没有数据，请先运行 zhiben load。")
    connection = open_build(warehouse, code)
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
    return Filters(first, last, tuple(townships), tuple(institutions), tuple(severities), tuple(areas))


def main() -> None:
    """The entry point: Chinese on every terminal, whatever its code page."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        app()
    except (duckdb.BinderException, duckdb.CatalogException) as lacking:  # this program's builds lack nothing
        printing.say(OF_ANOTHER_VERSION)
        raise SystemExit(1) from lacking
