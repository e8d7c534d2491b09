"""The dashboard's server, started as `zhiben serve` starts it, on a port of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 60


@contextmanager
def serve(warehouse: Path) -> Iterator[str]:
    """Serve a warehouse on loopback; yields the address, without a slash at its end."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with running(command(warehouse, port), f"{url}/_stcore/health"):
        yield url


def command(warehouse: Path, port: int) -> list[str]:
    zhiben = Path(sys.executable).with_name("zhiben")
    return [str(zhiben), "serve", "--port", str(port), "--warehouse", str(warehouse)]


@contextmanager
def running(
    command: Sequence[str],
    health: str,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    log: Path = Path(os.devnull),
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server from the moment that `health` answers; `folder`: where it runs, default here."""
    with (
        log.open("wb") as told,
        subprocess.Popen(command, stdout=told, stderr=told, env=environment, cwd=folder) as server,
    ):
        try:
            wait(health, server)
            yield server
        finally:
            server.terminate()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def children(process: int) -> list[int]:
    """The processes that one began, in whichever of its threads; as Linux tells, and no other system."""
    told = (task / "children" for task in Path(f"/proc/{process}/task").iterdir())
    return [int(child) for file in told for child in file.read_text(encoding="ascii").split()]


def wait(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=1).close()
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"the server did not start: exit code {server.poll()}")
