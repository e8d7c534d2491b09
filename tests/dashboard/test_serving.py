"""How the server listens: what a page draws goes out at once, and a port that is taken is told in Chinese."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
import uvicorn
from streamlit.runtime.runtime_util import get_max_widget_state_size_bytes
from streamlit.web.server.starlette.starlette_server import _get_uvicorn_config_kwargs

from dashboard import serving
from dashboard.folders import WAREHOUSE_VARIABLE
from tests.dashboard.served import children, command, free_port, wait

LOOKS_AT_ITS_OWN_CONNECTION = """
import gc
import os
import socket
import sys
import time
from pathlib import Path
from threading import Thread

from dashboard import serving

port = int(sys.argv[2])


def call():
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port))
        except OSError:
            time.sleep(0.1)


def peer(each):
    try:
        return each.getpeername()
    except OSError:
        return None


def look():
    caller = call()
    caller.sendall(b"GET /_stcore/health HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\n\\r\\n")
    caller.recv(1)  # before it is answered, the connection may not be set up
    while not (found := [each for each in gc.get_objects() if isinstance(each, socket.socket)
                         and peer(each) == caller.getsockname()]):
        time.sleep(0.1)
    print(found[0].getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY), flush=True)
    os._exit(0)


Thread(target=look).start()
serving.serve(Path(sys.argv[1]), "127.0.0.1", port)
"""


CANNOT_START = """
import sys
import urllib.request
from pathlib import Path

from dashboard import serving


async def no_app(scope, receive, send):
    await send({"type": "lifespan.startup.failed", "message": "no more room"})


serving.APP = no_app
serving.serve(Path(sys.argv[1]), "127.0.0.1", 0)
"""


def test_what_is_drawn_does_not_wait_for_the_browser_to_acknowledge(example: Path) -> None:
    started = [sys.executable, "-c", LOOKS_AT_ITS_OWN_CONNECTION, str(example), str(free_port())]
    done = subprocess.run(started, capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "1"


def test_the_rest_is_as_streamlit_listens() -> None:
    theirs = {**_get_uvicorn_config_kwargs(), "ws_max_size": get_max_widget_state_size_bytes()}
    ours = {name: value for name, value in serving.LISTENING.items() if name.startswith("ws")}
    assert ours == {name: value for name, value in theirs.items() if name.startswith("ws")}


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="no such sockets here")
def test_an_address_of_ipv6_is_open_to_both_kinds() -> None:
    with serving.listening("::", 0) as listener:
        socket.create_connection(("127.0.0.1", listener.getsockname()[1]), timeout=5).close()


def test_a_port_that_is_taken_is_told_before_anything_starts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    started: list[object] = []
    monkeypatch.setenv(WAREHOUSE_VARIABLE, "")
    monkeypatch.setattr(uvicorn.Server, "run", lambda *given, **_: started.append(given))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit) as ended:
            serving.serve(tmp_path, "127.0.0.1", port)
    assert (ended.value.code, started) == (1, [])
    assert f"127.0.0.1 的 {port} 端口用不了" in capsys.readouterr().err


def test_what_keeps_it_from_starting_is_not_laid_on_the_port(tmp_path: Path) -> None:
    started = [sys.executable, "-c", CANNOT_START, str(tmp_path)]
    done = subprocess.run(started, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 1
    assert "no more room" in done.stderr
    assert "端口用不了" not in done.stderr


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_it_is_one_process_that_says_nothing_of_who_looks_and_ends_when_told(
    example: Path, tmp_path: Path, told: signal.Signals
) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    many = {**os.environ, "WEB_CONCURRENCY": "3", "TMPDIR": str(tmp_path)}
    with subprocess.Popen(command(example, port), stderr=subprocess.PIPE, env=many) as server:
        wait(f"{url}/_stcore/health", server)
        urllib.request.urlopen(f"{url}/overdue", timeout=30).close()
        assert not Path("/proc").exists() or children(server.pid) == []
        server.send_signal(told)
        said = server.communicate(timeout=30)[1].decode()
    assert (server.returncode, said.splitlines()) == (0, [f"治本看板：{url}（按 Ctrl+C 停止）"])
    assert list(tmp_path.glob("zhiben-*")) == []
