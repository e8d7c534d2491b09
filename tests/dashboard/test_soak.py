"""Over hundreds of reruns, thousands in the long form, the server's memory stays flat."""

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from dashboard import app
from tests.dashboard.served import command, free_port, running
from tests.dashboard.visitor import Visitor, visit

IS_LONG = bool(os.environ.get("ZHIBEN_TEST_ALL"))
VISITORS = 5
ROUNDS = 30 if IS_LONG else 2
"""Of every page on both days by all visitors: about 5,000 reruns, or about 340."""
DAYS = ("2026/11/23", "2026/10/31")
MOST_MORE = 24
"""Megabytes between half way and the end. Were a page's figures held by each rerun, some 40 kB, it would be
100 in the long form; the short form catches tables held. Caches and allocators fill in the first half."""
STARTED = """
import uvicorn
from streamlit import config

from dashboard import cli

uvicorn.Server.run = lambda *given, **named: print(config.get_option("runner.postScriptGC"))
cli.main()
"""

is_linux = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads memory from /proc")


def pages() -> list[str]:
    paths = [path for entries in app.GROUPS.values() for _, path in entries]
    return ["" if path == "overview" else path for path in paths]


def resident(pid: int) -> float:
    """The memory a process holds, in megabytes."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def go_round(visitors: Sequence[Visitor], url: str) -> None:
    """Every visitor looks at every page on both days, each at another one; somebody comes, looks and goes."""
    paths = pages()
    for turn in range(len(paths) * len(DAYS)):
        for place, visitor in enumerate(visitors):
            page = paths[(turn + place) % len(paths)]
            drawn = visitor.look(page, as_of=DAYS[turn // len(paths)])
            assert not drawn.errors(), f"{page}: {drawn.errors()}"
        if turn % VISITORS == 0:
            with visit(url) as passer_by:
                passer_by.look()


def rounds(visitors: Sequence[Visitor], url: str, pid: int) -> float:
    """Half of the rounds; returns the memory then held."""
    for _ in range(ROUNDS // 2):
        go_round(visitors, url)
    return resident(pid)


@is_linux
def test_memory_stays_flat_over_many_reruns(example: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with running(command(example, port), f"{url}/_stcore/health") as server, ExitStack() as stack:
        visitors = [stack.enter_context(visit(url)) for _ in range(VISITORS)]
        for visitor in visitors:
            visitor.look()
        half, end = (rounds(visitors, url, server.pid) for _ in range(2))
    assert end - half < MOST_MORE, f"{half:.0f} MB half way, {end:.0f} MB at the end"


def test_no_full_collection_follows_a_run_wherever_the_server_is_started(tmp_path: Path) -> None:
    started = [sys.executable, "-c", STARTED, *command(tmp_path / "warehouse", free_port())[1:]]
    done = subprocess.run(started, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "False", done.stderr
