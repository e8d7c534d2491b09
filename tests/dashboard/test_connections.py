"""200 connections opened and dropped: the server answers all the while, and nothing of them stays behind."""

import os
import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.sync.client import ClientConnection

from tests.dashboard.served import command, free_port, running
from tests.dashboard.visitor import visit

CONNECTIONS = 200
PATIENCE = 60
SHORT = {"STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": "2"}
"""Seconds for which who was cut off may come back to his session."""

REQUEST = b"GET /?township=%E5%A4%A7 HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: a=b"
UPLOAD = b"PUT /_stcore/upload_file/a/b HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\nhalf"
UPGRADE = (
    b"GET /_stcore/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Protocol: streamlit\r\n\r\n"
)
NO_REQUEST = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"
"""How a browser begins that believes it is talking to an https address."""

SPARE = 6
"""Open files or threads, more or less: of who looked just now (three files each), or waiting for work."""

AT_ONCE = struct.pack("ii", 1, 0)
is_linux = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="reads open files from /proc")


@dataclass(frozen=True)
class Server:
    port: int
    pid: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def used(self) -> tuple[int, int]:
        """Open files and threads."""
        here = Path(f"/proc/{self.pid}")
        return len(list((here / "fd").iterdir())), len(list((here / "task").iterdir()))

    def settles_at(self, files: int, threads: int) -> bool:
        """Whether it comes back to so much while people look: what is over is then cleared away."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            assert is_answering(self)
            now = self.used()
            if now[0] <= files + SPARE and now[1] <= threads + SPARE:
                return True
            time.sleep(1)
        return False


@pytest.fixture(scope="module")
def server(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("server") / "log"
    port = free_port()
    health = f"http://127.0.0.1:{port}/_stcore/health"
    with running(command(example, port), health, {**os.environ, **SHORT}, log=log) as process:
        yield Server(port, process.pid, log)


def sent(content: bytes) -> Callable[[Server], socket.socket]:
    """Opens a connection, sends so much, and waits for no answer."""

    def opened(server: Server) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", server.port), PATIENCE)
        # dropped at once, as by a cable pulled out
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        connection.sendall(content)
        return connection

    return opened


PLAIN = [sent(content) for content in (b"", NO_REQUEST, REQUEST, UPLOAD, UPGRADE, UPGRADE + b"\x82")]


def asking(stack: ExitStack, server: Server) -> ClientConnection:
    """A visitor who asks for a page and is gone before it is drawn."""
    visitor = stack.enter_context(visit(server.url))
    asked = BackMsg()
    asked.rerun_script.page_name = "hazards"
    visitor.socket.send(asked.SerializeToString())
    return visitor.socket


def is_answering(server: Server) -> bool:
    with urlopen(server.url, timeout=PATIENCE) as page, visit(server.url) as visitor:
        return page.status == 200 and not visitor.look().errors()


@is_linux
def test_connections_dropped_at_any_point_leave_nothing_behind(server: Server) -> None:
    for _ in range(2):
        assert is_answering(server)
    before = server.used()
    for start in range(0, CONNECTIONS, 20):
        with ExitStack() as stack:
            visitors = [asking(stack, server) for _ in range(8)]
            kinds = PLAIN * 2
            for place in range(12):
                stack.enter_context(kinds[(start + place) % len(kinds)](server))
            for place, visitor in enumerate(visitors):
                if place % 2:
                    visitor.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
                visitor.close_socket()  # without a word: who says good-bye first reads what he was sent
        if start % 100 == 0:
            assert is_answering(server)
    assert server.settles_at(*before), f"{before} before, {server.used()} after"
    assert "Traceback" not in server.log.read_text(encoding="utf-8")
