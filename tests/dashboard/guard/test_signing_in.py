"""The end of a login: the way on, and how long the cookies live."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.datastructures import Headers
from starlette.types import Message, Scope

from dashboard.guard import cookies
from dashboard.guard.door import Door
from dashboard.guard.login import CALLBACK
from dashboard.guard.policy import ACCESS_VARIABLE, ROLES_VARIABLE
from dashboard.guard.signing_in import NEXT, finishing
from tests.dashboard.guard.asking import PAGE, SECRET, ask, behind, cookie, finish
from tests.dashboard.guard.conftest import LEADER

REDIRECT = "ZHIBEN_AUTH_REDIRECT_URI"


@pytest.fixture(autouse=True)
def login(roles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ACCESS_VARIABLE, "login")
    monkeypatch.setenv(ROLES_VARIABLE, str(roles))
    monkeypatch.setenv(REDIRECT, "http://localhost/oauth2callback")
    monkeypatch.setattr(cookies, "get_cookie_secret", lambda: SECRET)


def remembered(path: str) -> str:
    """The cookie that whoever asks for a page is given on the way to the login."""
    return (ask(Door(behind), path, PAGE).header("set-cookie") or "").partition(";")[0]


def finished(remembering: str, given: str) -> Headers:
    """The answer to a provider's call back that sets `given`."""
    scope: Scope = {"type": "http", "path": CALLBACK, "headers": [(b"cookie", remembering.encode("latin-1"))]}
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    set_cookies = [
        (b"set-cookie", f"{given}; HttpOnly; Max-Age=2592000; Path=/".encode()),
        (b"set-cookie", b"other=1; Max-Age=2592000"),
    ]
    start = {"type": "http.response.start", "status": 302, "headers": [(b"location", b"/"), *set_cookies]}

    async def ended() -> None:
        await finishing(scope, send)(start)

    finish(ended())
    return Headers(raw=sent[0]["headers"])


SIGNED_IN = cookie(LEADER)["cookie"]


@pytest.mark.parametrize(
    "path", ["/hazards", "/hazards?severity=%E9%87%8D%E5%A4%A7&area=a%26b", "/?as_of=2026-01-01"]
)
def test_where_one_was_going_is_where_one_goes_on(path: str) -> None:
    assert finished(remembered(path), SIGNED_IN)["location"] == path


def test_the_memory_is_gone_then() -> None:
    kept = finished(remembered("/hazards"), SIGNED_IN).getlist("set-cookie")
    assert re.match(f'{NEXT}="";.*Max-Age=0', kept[-1])


@pytest.mark.parametrize(
    "going",
    [
        "",
        "https://elsewhere.example",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "javascript:x",
        "/a\r\nb: c",
    ],
)
def test_a_forged_memory_leads_nowhere_else(going: str) -> None:
    assert finished(f"{NEXT}={quote(going, safe='')}", SIGNED_IN)["location"] == "/"


@pytest.mark.parametrize(
    "given", ['_streamlit_user=""', "_streamlit_user=forged", cookie(LEADER, "f" * 32)["cookie"]]
)
def test_who_did_not_log_in_goes_nowhere(given: str) -> None:
    assert finished(remembered("/hazards"), given)["location"] == "/"


def test_the_browser_keeps_the_cookie_for_twelve_hours() -> None:
    own, other, _ = finished("", SIGNED_IN).getlist("set-cookie")
    assert "Max-Age=43200" in own
    assert "Secure" not in own
    assert other == "other=1; Max-Age=2592000"


def test_where_people_come_by_https_the_cookie_never_goes_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(REDIRECT, "https://zhiben.example/oauth2callback")
    assert finished("", SIGNED_IN).getlist("set-cookie")[0].endswith("; Secure")
