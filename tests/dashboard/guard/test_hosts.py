"""The dashboard answers by its own names alone."""

import pytest
from streamlit import net_util
from streamlit.web.server.starlette.starlette_websocket import _is_origin_allowed

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


@pytest.mark.parametrize("origin", ["http://localhost:8501", "https://localhost:8501"])
def test_its_own_pages_are_connected(origin: str) -> None:
    headers = {"host": "localhost:8501", "origin": origin}
    assert ask(APP, "/_stcore/stream", headers, kind="websocket").status == 101


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "null",
        "localhost:8501",
        "http://localhost",
        "http://localhost:9000",
        "http://zhiben.county.example",
        "https://elsewhere.example",
        "https://localhost:8501@elsewhere.example",
        "https://localhost:8501.elsewhere.example",
        "https://elsewhere.example/://localhost:8501",
    ],
)
def test_no_page_of_another_site_is(origin: str) -> None:
    """Nor one of another port of this machine. A link from anywhere leads to the page."""
    headers = {"host": "localhost:8501", "origin": origin}
    assert ask(APP, "/_stcore/stream", headers, kind="websocket").status == 403
    assert ask(APP, "/", headers).status == 200


def test_of_what_is_let_in_streamlit_does_not_ask_the_internet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(net_util, "get_external_ip", lambda: pytest.fail("it asks the internet who it is"))
    assert _is_origin_allowed("https://zhiben.county.example", "zhiben.county.example")
