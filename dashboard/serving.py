"""Start the dashboard's server; build the example first where nothing has been loaded."""

import os
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from shutil import rmtree

from streamlit.web import cli as streamlit

import etl
from dashboard import printing
from dashboard.guard import audit
from dashboard.running import processes
from dashboard.session import EXAMPLE_VARIABLE, ROOT, WAREHOUSE_VARIABLE
from queries.warehouse import current_build

SERVER = ROOT / "dashboard" / "entry" / "server.py"
EXAMPLE = ROOT / "data" / "example"
EXAMPLE_AS_OF = date(2026, 11, 23)
SEVERAL = (
    "治本看板：{count} 个服务进程，在 {host} 的 {first} 至 {last} 端口（按 Ctrl+C 停止）。"
    "前面要有反向代理，见 deploy/README.md。"
)


def example_warehouse(say: Callable[[str], None]) -> Path:
    """The example's warehouse, built from invented ledgers on first use and whenever the program changed."""
    folder = EXAMPLE / "warehouse"
    if current_build(folder) is None or not etl.is_up_to_date(folder):
        say("还没有台账数据，正在生成示例数据（虚构，约需几秒）……")
        rmtree(EXAMPLE / "ledgers", ignore_errors=True)
        etl.write_example(EXAMPLE / "ledgers", "county", EXAMPLE_AS_OF, 1)
        etl.load([EXAMPLE / "ledgers"], folder, EXAMPLE_AS_OF)
    say("当前为示例数据。在“数据导入”页交来台账，或放进 data/ledgers 后运行 zhiben load，即换成真实数据。")
    return folder


def office(warehouse: Path) -> etl.Office:
    """The office a warehouse belongs to: its ledgers lie beside it."""
    return etl.Office(warehouse.with_name("ledgers"), warehouse)


def renew(warehouse: Path, say: Callable[[str], None]) -> None:
    """After an update of the program, build the served ledgers anew, or say that it is to be done."""
    if etl.is_up_to_date(warehouse):
        return
    say("程序已更新，正在用已收的台账重新建库……")
    try:
        is_renewed = etl.renew(office(warehouse))
    except etl.LoadError as problem:
        say(str(problem))
        is_renewed = False
    if is_renewed:
        audit.note(audit.at_the_command_line(), "publish", "程序更新，用已收的台账重新建库", warehouse)
    else:
        say("没能自动重建：请重新运行 zhiben load，否则有的页面可能画不出来。")


def serve(warehouse: Path, host: str, port: int, example: Path | None = None, count: int = 1) -> None:
    """Run the dashboard until it is stopped; shows `example` while the warehouse is empty.

    `count`: in so many processes, at as many ports from `port` on.
    """
    os.environ[WAREHOUSE_VARIABLE] = str(warehouse.resolve())
    if example is not None:
        os.environ[EXAMPLE_VARIABLE] = str(example.resolve())
    os.chdir(ROOT)  # where Streamlit looks for .streamlit/config.toml
    if count == 1:
        printing.say(f"治本看板：http://{host}:{port}（按 Ctrl+C 停止）")
        _run(host, port, 1)
    else:
        printing.say(SEVERAL.format(count=count, host=host, first=port, last=port + count - 1))
        processes.keep_running(partial(_run, host, port), count, printing.say)


def _run(host: str, first_port: int, seat: int) -> None:
    """Serve in this process, the seat-th from 1."""
    options = ["--server.address", host, "--server.port", str(first_port + seat - 1)]
    streamlit.main(["run", str(SERVER), *options], standalone_mode=False)
