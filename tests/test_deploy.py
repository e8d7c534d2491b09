"""What deploy/ tells a bureau to install works: units, https in front, and without a network."""

import json
import os
import re
import shutil
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.dashboard import front
from tests.dashboard.served import free_port

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
UNITS = sorted(path.name for path in DEPLOY.iterdir() if path.suffix in {".service", ".timer"})
INSTALLED = "/opt/zhiben"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_the_units_are_what_systemd_understands(tmp_path: Path) -> None:
    bin_ = Path(sys.executable).parent
    for name in UNITS:
        text = (DEPLOY / name).read_text(encoding="utf-8").replace(f"{INSTALLED}/.venv/bin", str(bin_))
        (tmp_path / name).write_text(text.replace("User=zhiben", "User=root"), encoding="utf-8")
    asked = ["systemd-analyze", "verify", *(str(tmp_path / name) for name in UNITS)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


class Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.headers["X-Forwarded-Proto"].encode())

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def answering() -> Iterator[int]:
    """Somebody behind the proxy, who says how he was reached."""
    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def certificate(folder: Path) -> Path:
    asked = (
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    )
    files = ["-keyout", f"{folder}/zhiben.key", "-out", f"{folder}/zhiben.crt"]
    subprocess.run(["openssl", *asked.split(), *files], capture_output=True, check=True)
    return folder / "zhiben.crt"


@contextmanager
def in_front(folder: Path, site: str) -> Iterator[None]:
    (folder / "site.conf").write_text(site, encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(user + front.AROUND.format(folder=folder))
    proxy = [str(front.nginx()), "-p", str(folder), "-c", f"{folder}/nginx.conf"]
    subprocess.run(proxy, check=True)
    yield
    subprocess.run([*proxy, "-s", "quit"], check=True)


@pytest.mark.skipif(not (front.is_possible and shutil.which("openssl")), reason="needs nginx and openssl")
def test_the_proxy_speaks_https_and_says_so_to_the_browser_and_the_program(tmp_path: Path) -> None:
    own, port = certificate(tmp_path), free_port()
    secure = (DEPLOY / "zhiben-tls.inc").read_text(encoding="utf-8")
    secure = secure.replace("/etc/ssl/zhiben", str(tmp_path)).replace("443", f"127.0.0.1:{port}")
    (tmp_path / "zhiben-tls.inc").write_text(secure, encoding="utf-8")
    site = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    site = site.replace("listen 80;", f"include {tmp_path}/zhiben-tls.inc;")
    known = ssl.create_default_context(cafile=str(own))
    with answering() as seat:
        reached = re.sub(r"127\.0\.0\.1:850[12]", f"127.0.0.1:{seat}", site)
        with (
            in_front(tmp_path, reached),
            urllib.request.urlopen(f"https://localhost:{port}/", context=known, timeout=10) as answer,
        ):
            assert answer.read() == b"https"
            assert "max-age" in answer.headers["Strict-Transport-Security"]


NO_NETWORK = ["unshare", "--map-root-user", "--net"]


@pytest.mark.skipif(not os.environ.get("ZHIBEN_TEST_ALL"), reason="downloads every package")
def test_a_folder_of_wheels_is_enough_without_a_network(tmp_path: Path) -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    python = f"PYTHON={sys.executable}"
    subprocess.run(["make", "wheels", python], cwd=tmp_path, check=True)
    isolated = NO_NETWORK if shutil.which("unshare") else []
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
    offline = {**kept, "PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "wheels"}

    def there(*words: str) -> str:
        done = subprocess.run(
            [*isolated, *words], cwd=tmp_path, env=offline, capture_output=True, text=True, check=True
        )
        return done.stdout

    there("make", "install", python)
    there(".venv/bin/zhiben", "example", "--out", "data/ledgers")
    there(".venv/bin/zhiben", "load", "--as-of", "2026-11-23")
    asked = there(".venv/bin/zhiben", "metrics", "--metric", "hazards_found", "--format", "json")
    assert json.loads(asked)[0]["value"] > 0
