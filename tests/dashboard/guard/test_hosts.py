"""The dashboard answers by its own names alone."""

import pytest

from dashboard.guard.hosts import KnownHosts
from dashboard.guard.policy import HOSTS_VARIABLE
from tests.dashboard.guard.asking import ask, behind

APP = KnownHosts(behind)


@pytest.fixture(autouse=True)
def named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOSTS_VARIABLE, "zhiben.county.example,192.0.2.7")


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost:8501",
        "127.0.0.1:8501",
        "[::1]:8501",
        "zhiben.county.example",
        "ZHIBEN.county.example.:443",
        "192.0.2.7:80",
    ],
)
def test_by_its_names_it_answers(host: str) -> None:
    assert ask(APP, "/", {"host": host}).status == 200
    assert ask(APP, "/_stcore/stream", {"host": host}, kind="websocket").status == 101


@pytest.mark.parametrize(
    "host",
    [
        "",
        "elsewhere.example",
        "zhiben.county.example.elsewhere.example",
        "localhost@elsewhere.example",
        "elsewhere.example/localhost",
        "localhost:99999",
        "[::1",
        "localhost:x",
        "a:b@localhost",
        "127.0.0.1.nip.example",
    ],
)
def test_by_others_it_does_not(host: str) -> None:
    assert ask(APP, "/", {"host": host}).status == 400
    assert ask(APP, "/_stcore/stream", {"host": host}, kind="websocket").status == 403
