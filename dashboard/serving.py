"""Start the dashboard's server; build the example first where nothing has been loaded."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import etl
from dashboard.session import ROOT, WAREHOUSE_VARIABLE
from queries.warehouse import current_build

EXAMPLE = ROOT / "data" / "example"
EXAMPLE_AS_OF = date(2026, 11, 23)


def example_warehouse(say: Callable[[str], None]) -> Path:
    """The example's warehouse, built from invented ledgers on first use."""
    folder = EXAMPLE / "warehouse"
    if current_build(folder) is None:
        say("还没有台账数据，正在生成示例数据（虚构，约需几秒）……")
        etl.write_example(EXAMPLE / "ledgers", "county", EXAMPLE_AS_OF, 1)
        etl.load([EXAMPLE / "ledgers"], folder, EXAMPLE_AS_OF)
    say("当前为示例数据。把台账放进 data/ledgers 后运行 zhiben load，即可换成真实数据。")
    return folder


def serve(warehouse: Path, host: str, port: int) -> int:
    """Run Streamlit until it is stopped; returns its exit code."""
    print(f"治本看板：http://{host}:{port}", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboard" / "entry" / "server.py")]
    options = ["--server.address", host, "--server.port", str(port)]
    environment = os.environ | {WAREHOUSE_VARIABLE: str(warehouse.resolve())}
    try:
        return subprocess.run([*command, *options], cwd=ROOT, env=environment, check=False).returncode  # noqa: S603
    except KeyboardInterrupt:
        return 0
