"""The door: who gets in, who gets how far, and what the others are told."""

from pathlib import Path

import pytest
from itsdangerous.timed import TimestampSigner
from starlette.types import Message, Receive, Scope, Send

from dashboard.guard import cookies, door
from dashboard.guard.door import Door
from dashboard.guard.policy import ACCESS_VARIABLE, ROLES_VARIABLE
from tests.dashboard.guard.asking import PAGE, SECRET, ask, behind, cookie
from tests.dashboard.guard.conftest import DAJI, LEADER, OFFICE, UNKNOWN

DOOR = Door(behind)
CLOSED = [
    "/media/0123.xlsx",
    "/app/static/x.png",
    "/static/js/index.js",
    "/_stcore/metrics",
    "/_stcore/host-config",
    "/_stcore/health/",
    "/_stcore/script-health-check",
    "/_stcore/upload_file/a/b",
    "/_stcore/bidi-components/x/y.js",
    "/_stcore/agent/openapi.json",
    "/component/x/y.js",
    "/frame.js",
    "/",
    "/hazards",
    "/LOGIN",
    "/login/../media/0123.xlsx",
    "//login",
]


@pytest.fixture
def login(roles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ACCESS_VARIABLE, "login")
    monkeypatch.setenv(ROLES_VARIABLE, str(roles))
    monkeypatch.setattr(cookies, "get_cookie_secret", lambda: SECRET)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ACCESS_VARIABLE, raising=False)


@pytest.mark.usefixtures("login")
class TestWithLogin:
    @pytest.mark.parametrize("path", sorted(door.ANYBODYS))
    def test_the_login_and_the_health_are_open(self, path: str) -> None:
        assert ask(DOOR, path).status == 200

    @pytest.mark.parametrize("path", CLOSED)
    @pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS"])
    def test_all_else_is_closed_without_a_cookie(self, path: str, method: str) -> None:
        answer = ask(DOOR, path, method=method)
        assert (answer.status, answer.body) == (401, "请先登录。")

    def test_the_pages_connection_is_closed_without_a_cookie(self) -> None:
        assert ask(DOOR, "/_stcore/stream", kind="websocket").status == 403

    @pytest.mark.parametrize("path", ["/", "/hazards?severity=%E9%87%8D%E5%A4%A7", "/media/x"])
    def test_whoever_asks_for_a_page_is_led_to_the_login(self, path: str) -> None:
        answer = ask(DOOR, path, PAGE)
        assert (answer.status, answer.header("location")) == (303, "/login")

    @pytest.mark.parametrize("email", [LEADER, OFFICE, DAJI])
    @pytest.mark.parametrize("path", ["/", "/media/0123.xlsx", "/static/js/index.js"])
    def test_whoever_has_logged_in_gets_in(self, path: str, email: str) -> None:
        assert ask(DOOR, path, cookie(email)).status == 200
        assert ask(DOOR, "/_stcore/stream", cookie(email), kind="websocket").status == 101

    @pytest.mark.parametrize("path", ["/", "/media/0123.xlsx", "/_stcore/metrics"])
    def test_whoever_is_unknown_is_refused_in_chinese(self, path: str) -> None:
        answer = ask(DOOR, path, cookie(UNKNOWN) | PAGE)
        assert answer.status == 403
        assert "不在可以看本系统的名单里" in answer.body
        assert "behind" not in answer.body
        assert ask(DOOR, "/_stcore/stream", cookie(UNKNOWN), kind="websocket").status == 403

    def test_what_the_provider_says_of_somebody_is_shown_as_text(self) -> None:
        answer = ask(DOOR, "/", cookie("<script>alert(1)</script>"))
        assert "<script>" not in answer.body
        assert "&lt;script&gt;" in answer.body

    @pytest.mark.parametrize(
        "header",
        [
            {"cookie": "_streamlit_user=x"},
            {"cookie": "_streamlit_user=a.b.c"},
            {"cookie": "_streamlit_user="},
            {"cookie": "_streamlit_user=\xff\xfe"},
            {"cookie": ";;;=;"},
            cookie(LEADER, secret="f" * 32),
            cookie(LEADER, is_logged_in=False),
        ],
    )
    def test_a_forged_cookie_is_none(self, header: dict[str, str]) -> None:
        assert ask(DOOR, "/media/0123.xlsx", header).status in {401, 403}
        assert ask(DOOR, "/_stcore/stream", header, kind="websocket").status == 403

    def test_a_cookie_of_another_name_is_none(self) -> None:
        """The tokens' cookie is signed with the same secret, for another use."""
        stolen = {"cookie": cookie(LEADER)["cookie"].replace("_streamlit_user=", "_streamlit_user_tokens=")}
        assert ask(DOOR, "/", stolen).status == 401

    @pytest.mark.parametrize(("seconds", "status"), [(-12 * 3600 + 60, 200), (-12 * 3600 - 60, 401)])
    def test_a_cookie_lives_twelve_hours(
        self, monkeypatch: pytest.MonkeyPatch, seconds: int, status: int
    ) -> None:
        now = TimestampSigner("x").get_timestamp()
        with monkeypatch.context() as then:
            then.setattr(TimestampSigner, "get_timestamp", lambda _: now + seconds)
            header = cookie(LEADER)
        assert ask(DOOR, "/", header).status == status

    def test_a_page_left_open_ends_with_the_cookie(self, monkeypatch: pytest.MonkeyPatch) -> None:
        heard: list[Message] = []

        async def page(_: Scope, receive: Receive, send: Send) -> None:
            await send({"type": "websocket.accept"})
            heard.append(await receive())

        monkeypatch.setattr(cookies, "LIFE_SECONDS", 1)
        assert ask(Door(page), "/_stcore/stream", cookie(LEADER), kind="websocket").status == 101
        assert heard == [{"type": "websocket.disconnect", "code": 1008}]

    @pytest.mark.parametrize(("email", "status"), [(LEADER, 403), (DAJI, 403), (OFFICE, 200)])
    def test_the_office_alone_hands_in_files_and_sees_the_servers_figures(
        self, email: str, status: int
    ) -> None:
        assert ask(DOOR, "/_stcore/upload_file/a/b", cookie(email), method="PUT").status == status
        assert ask(DOOR, "/_stcore/metrics", cookie(email)).status == status

    def test_somebody_taken_off_the_list_is_refused_at_once(self, roles: Path) -> None:
        header = cookie(DAJI)
        assert ask(DOOR, "/", header).status == 200
        roles.write_text(roles.read_text(encoding="utf-8").replace(DAJI, "gone@county.example"), "utf-8")
        assert ask(DOOR, "/", header).status == 403


@pytest.mark.usefixtures("machine")
class TestWithoutLogin:
    @pytest.mark.parametrize("path", ["/", "/media/0123.xlsx", "/_stcore/metrics"])
    @pytest.mark.parametrize("client", ["127.0.0.1", "::1"])
    def test_this_machine_gets_in(self, path: str, client: str) -> None:
        assert ask(DOOR, path, client=client).status == 200

    @pytest.mark.parametrize("client", ["192.0.2.7", "2001:db8::7"])
    def test_no_other_machine_gets_in(self, client: str) -> None:
        assert ask(DOOR, "/", client=client).status == 403
        assert ask(DOOR, "/_stcore/stream", client=client, kind="websocket").status == 403

    @pytest.mark.parametrize(
        "header",
        ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"],
    )
    def test_nor_one_behind_a_proxy_on_this_machine(self, header: str) -> None:
        answer = ask(DOOR, "/", {header: "192.0.2.7"})
        assert (answer.status, answer.body) == (403, door.THIS_MACHINE_ALONE)


def test_by_no_login_everybody_gets_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ACCESS_VARIABLE, "everybody")
    assert ask(DOOR, "/", client="192.0.2.7").status == 200
