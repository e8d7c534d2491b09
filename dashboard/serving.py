"""Start the dashboard's server; build the example first where nothing has been loaded."""

import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from shutil import rmtree
from typing import Any

import uvicorn
from streamlit.web import bootstrap
from streamlit.web import cli as streamlit

import etl
from dashboard import printing, session
from dashboard.folders import ROOT
from dashboard.guard import audit
from dashboard.running import processes
from dashboard.session import EXAMPLE_VARIABLE
from queries.sources import Source
from queries.warehouse import current_build

APP = "dashboard.entry.server:app"
EXAMPLE = ROOT / "data" / "example"
EXAMPLE_AS_OF = date(2026, 11, 23)
LISTENING: dict[str, Any] = {
    "ws": "websockets-sansio",
    "ws_ping_interval": 30,
    "ws_ping_timeout": 30,
    "ws_max_size": 25_000_000,
    "ws_per_message_deflate": False,
    "workers": 1,
    "log_level": "warning",
    "access_log": False,
}
"""As `streamlit run` listens, in one process; a message as large as Streamlit takes one from a page."""

TAKEN = "未启动：{host} 的 {port} 端口用不了，可能已被占用，或不是本机的地址。"
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


def renew(warehouse: Path, say: Callable[[str], None]) -> None:
    """After an update of the program, build the served ledgers anew, or say that it is to be done."""
    if etl.is_up_to_date(warehouse):
        return
    say("程序已更新，正在用已收的台账重新建库……")
    try:
        is_renewed = etl.renew(etl.Office.of(warehouse))
    except etl.LoadError as problem:
        say(str(problem))
        is_renewed = False
    if is_renewed:
        audit.note(audit.at_the_command_line(), "publish", "程序更新，用已收的台账重新建库", warehouse)
    else:
        say("没能自动重建：请重新运行 zhiben load，否则有的页面可能画不出来。")


def serve(source: Source, host: str, port: int, example: Path | None = None, count: int = 1) -> None:
    """Run the dashboard until it is stopped; shows `example` while the warehouse is empty.

    `count`: in so many processes, at as many ports from `port` on.
    """
    session.follow(source)
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
    """Serve in this process, the seat-th from 1; the port is taken first, as all else takes seconds."""
    port = first_port + seat - 1
    try:
        listener = listening(host, port)
    except OSError as problem:
        printing.say(TAKEN.format(host=host, port=port))
        raise SystemExit(1) from problem
    _heed_the_environment()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # as by Ctrl+C: it tidies up, systemd is content
    server = uvicorn.Server(uvicorn.Config(APP, **LISTENING))
    with listener, suppress(KeyboardInterrupt, SystemExit):  # what keeps it from starting it says itself
        server.run(sockets=[listener])
    if not server.started:
        raise SystemExit(1)


def _heed_the_environment() -> None:
    """Take settings of Streamlit's from its variables (STREAMLIT_…) as `streamlit run` does."""
    given = streamlit.main_run.make_context("run", []).params
    settings = {name: value for name, value in given.items() if name not in {"target", "args"}}
    bootstrap.load_config_options(settings)


def listening(host: str, port: int) -> socket.socket:
    """A socket that takes connections, of both kinds where the address is one of IPv6. Raises OSError.

    It names its protocol, as `streamlit run` does not: to connections that do, asyncio sends at once. On the
    others what a page draws waits for the browser to acknowledge the message before, for 40 ms and more.
    """
    is_six = ":" in host
    family = socket.AF_INET6 if is_six else socket.AF_INET
    made = socket.create_server(
        (host, port), family=family, dualstack_ipv6=is_six and socket.has_dualstack_ipv6()
    )
    return socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP, made.detach())
