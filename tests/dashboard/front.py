"""Two server processes behind nginx, configured by the very file in deploy/, on ports of their own."""

import os
import shutil
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import sample

from tests.dashboard.served import children, command, running, wait

SITE = Path("deploy/nginx.conf")
SEATS = 2
TENS = range(2000, 3200)
"""Ports 20,000 to 31,999, below those the system hands out: the first of ten is nginx's, then the seats'."""

AROUND = """
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def nginx() -> str | None:
    """Debian puts it where only root's path leads."""
    return shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")


@dataclass(frozen=True)
class Front:
    """The address people open; the ports and the first process behind it."""

    url: str
    seats: list[int]
    pid: int

    def children(self) -> list[int]:
        """The server processes."""
        return [pid for pid in children(self.pid) if b"spawn_main" in _command_line(pid)]

    def kill(self, seat: int) -> None:
        """End the process of a seat as a crash would."""
        os.kill(next(pid for pid in self.children() if _listens(pid, self.seats[seat - 1])), signal.SIGKILL)


@contextmanager
def front(warehouse: Path, folder: Path) -> Iterator[Front]:
    tens = _free_tens()
    seats = [tens * 10 + seat for seat in range(1, SEATS + 1)]
    site = SITE.read_text(encoding="utf-8").replace("127.0.0.1:850", f"127.0.0.1:{tens}")
    (folder / "site.conf").write_text(site.replace("listen 80;", f"listen 127.0.0.1:{tens}0;"))
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(user + AROUND.format(folder=folder))
    proxy = [nginx() or "nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    several = [*command(warehouse, seats[0]), "--no-login", "--processes", str(SEATS)]
    url = f"http://127.0.0.1:{tens}0"
    with running(several, health(seats[0])) as server:
        wait(health(seats[-1]), server)
        with running(proxy, f"{url}/_stcore/health"):
            yield Front(url, seats, server.pid)


def health(port: int) -> str:
    return f"http://127.0.0.1:{port}/_stcore/health"


def _free_tens() -> int:
    known = sample(TENS, len(TENS))
    return next(tens for tens in known if all(_is_free(tens * 10 + place) for place in range(SEATS + 1)))


def _is_free(port: int) -> bool:
    with socket.socket() as listener:
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _command_line(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def _listens(pid: int, port: int) -> bool:
    lines = Path(f"/proc/{pid}/net/tcp").read_text(encoding="utf-8").splitlines()[1:]
    sockets = {f"socket:[{line.split()[9]}]" for line in lines if line.split()[1].endswith(f":{port:04X}")}
    return any(str(link.readlink()) in sockets for link in Path(f"/proc/{pid}/fd").iterdir())


is_possible = sys.platform == "linux" and nginx() is not None
