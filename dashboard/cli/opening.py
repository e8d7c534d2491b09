"""Open the dashboard: run, serve."""

from pathlib import Path
from typing import Annotated

import typer

from dashboard import printing, serving
from dashboard.cli.commands import Application
from dashboard.cli.options import CountyCode, LakeAddress, Warehouse, source
from dashboard.folders import DEFAULT_WAREHOUSE
from dashboard.guard import starting
from dashboard.running import processes
from queries.warehouse import is_empty

app = Application()

NoLogin = Annotated[bool, typer.Option("--no-login", help="不登录也让别的机器打开：连得上的人都能看、能改。")]
RolesFile = Annotated[
    Path | None, typer.Option(help="谁能看什么的名单，默认是数据仓库旁边的 roles.toml。", metavar="文件")
]
Processes = Annotated[
    int,
    typer.Option(
        "--processes",
        help="几个服务进程，各占一个端口；前面要有反向代理。",
        min=1,
        max=processes.MOST,
        metavar="个数",
    ),
]


@app.command()
def run(
    host: Annotated[str, typer.Option(help="监听地址。", metavar="地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="监听端口。", metavar="端口")] = 8501,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    no_login: NoLogin = False,
    roles: RolesFile = None,
) -> None:
    """打开看板；还没有数据时先生成示例数据。"""
    _make_ready(host, warehouse, roles, no_login)
    is_bare = is_empty(warehouse) and warehouse == DEFAULT_WAREHOUSE
    example = serving.example_warehouse(printing.say) if is_bare else None
    serving.serve(warehouse, host, port, example)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="监听地址。", metavar="地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="监听端口。", metavar="端口")] = 8501,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    no_login: NoLogin = False,
    roles: RolesFile = None,
    count: Processes = 1,
    lake: LakeAddress = None,
    county: CountyCode = None,
) -> None:
    """只打开看板。"""
    _make_ready(host, warehouse, roles, no_login)
    serving.serve(source(warehouse, lake, county), host, port, count=count)


def _make_ready(host: str, warehouse: Path, roles: Path | None, has_no_login: bool) -> None:
    """Decide who may come in, and build the ledgers anew after an update; stops where it may not start."""
    listed = roles or warehouse.with_name("roles.toml")
    try:
        starting.decide(host, listed, printing.say, has_no_login=has_no_login)
    except starting.StartError as problem:
        raise printing.stop(str(problem)) from problem
    serving.renew(warehouse, printing.say)
