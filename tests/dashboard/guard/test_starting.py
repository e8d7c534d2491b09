"""Secure by default: what is open to others needs a login, and half a login does not start."""

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard.cli import app
from dashboard.guard import login, starting
from dashboard.guard.policy import access, hosts, roles_path
from dashboard.guard.starting import StartError, decide

SETTINGS = {
    "redirect_uri": "https://zhiben.county.example/oauth2callback",
    "cookie_secret": "0123456789abcdef0123456789abcdef",
    "client_id": "zhiben",
    "client_secret": "secret",
    "server_metadata_url": "https://login.county.example/.well-known/openid-configuration",
}
VARIABLES = (
    "ZHIBEN_ACCESS",
    "ZHIBEN_ROLES",
    "ZHIBEN_HOSTS",
    *(f"{login.PREFIX}{key.upper()}" for key in login.KEYS),
)
LOOPBACK = ["127.0.0.1", "localhost", "::1", "127.8.9.1"]
OTHERS = ["0.0.0.0", "::", "192.0.2.7", "zhiben.county.example", ""]


@pytest.fixture(autouse=True)
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No login is set, and what is decided is forgotten after the test."""
    for name in VARIABLES:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    path = tmp_path / "secrets.toml"
    monkeypatch.setattr(login, "SECRETS", path)
    return path


def write(path: Path, **settings: str) -> None:
    lines = [f'{key} = "{value}"' for key, value in settings.items()]
    path.write_text("\n".join(["[auth]", *lines]), encoding="utf-8")


def decided(host: str, roles: Path, *, has_no_login: bool = False) -> str:
    """Decide; returns what was said."""
    said: list[str] = []
    decide(host, roles, said.append, has_no_login=has_no_login)
    return "".join(said)


@pytest.mark.parametrize("host", LOOPBACK)
def test_this_machine_alone_needs_no_login(roles: Path, host: str) -> None:
    assert decided(host, roles) == ""
    assert access() == "machine"


@pytest.mark.parametrize("host", OTHERS)
def test_another_address_needs_a_login(roles: Path, host: str) -> None:
    with pytest.raises(StartError, match=r"须先配置登录.*或明确加 --no-login") as refusal:
        decided(host, roles)
    assert "\n" not in str(refusal.value)
    assert "ZHIBEN_ACCESS" not in os.environ


@pytest.mark.parametrize("host", [*OTHERS, *LOOPBACK])
def test_or_to_be_told_so_and_then_warns(roles: Path, host: str) -> None:
    assert "都能看到全部数据" in decided(host, roles, has_no_login=True)
    assert access() == "everybody"


def test_what_is_open_to_all_still_goes_by_its_own_name(roles: Path) -> None:
    decided("192.0.2.7", roles, has_no_login=True)
    assert "192.0.2.7" in hosts()
    assert "elsewhere.example" not in hosts()


def test_the_environment_names_the_proxy_before_it(roles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIBEN_HOSTS", "Zhiben.county.example, 192.0.2.8")
    decided("127.0.0.1", roles, has_no_login=True)
    assert {"zhiben.county.example", "192.0.2.8", "127.0.0.1"} <= hosts()


@pytest.mark.parametrize("host", [*LOOPBACK, *OTHERS])
def test_a_login_that_is_set_holds_on_every_address(secrets: Path, roles: Path, host: str) -> None:
    write(secrets, **SETTINGS)
    assert decided(host, roles) == ""
    assert (access(), roles_path()) == ("login", roles.resolve())
    assert "zhiben.county.example" in hosts()


def test_the_environment_goes_before_the_file(secrets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(secrets, **SETTINGS)
    monkeypatch.setenv("ZHIBEN_AUTH_CLIENT_ID", "other")
    assert login.settings() == SETTINGS | {"client_id": "other"}


def test_the_environment_alone_is_enough(roles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for key, value in SETTINGS.items():
        monkeypatch.setenv(f"{login.PREFIX}{key.upper()}", value)
    decided("0.0.0.0", roles)
    assert access() == "login"


@pytest.mark.parametrize("lacking", login.KEYS)
@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_half_a_login_does_not_start_and_says_what_is_missing(
    secrets: Path, roles: Path, host: str, lacking: str
) -> None:
    write(secrets, **{key: value for key, value in SETTINGS.items() if key != lacking})
    with pytest.raises(StartError, match=f"登录没有配置完整.*缺 {lacking}") as refusal:
        decided(host, roles)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("redirect_uri", "https://zhiben.county.example/", "redirect_uri 应为"),
        ("redirect_uri", "zhiben.county.example/oauth2callback", "redirect_uri 应为"),
        ("cookie_secret", "short", "至少 32 个字符"),
    ],
)
def test_a_wrong_setting_is_named(secrets: Path, roles: Path, key: str, value: str, said: str) -> None:
    write(secrets, **SETTINGS | {key: value})
    with pytest.raises(StartError, match=said):
        decided("127.0.0.1", roles)


def test_a_login_without_a_list_does_not_start(secrets: Path, tmp_path: Path) -> None:
    write(secrets, **SETTINGS)
    with pytest.raises(StartError, match=r"没有名单 .*none\.toml"):
        decided("127.0.0.1", tmp_path / "none.toml")


def test_secrets_that_cannot_be_read_do_not_start(secrets: Path, roles: Path) -> None:
    secrets.write_text("[auth", encoding="utf-8")
    with pytest.raises(StartError, match=r"secrets\.toml 无法读取"):
        decided("127.0.0.1", roles)


def test_a_login_without_encryption_warns(secrets: Path, roles: Path) -> None:
    write(secrets, **SETTINGS | {"redirect_uri": "http://zhiben.county.example/oauth2callback"})
    assert decided("0.0.0.0", roles) == starting.NOT_ENCRYPTED


@pytest.mark.parametrize("command", ["serve", "run"])
def test_the_command_line_refuses_in_one_line(tmp_path: Path, command: str) -> None:
    told = CliRunner().invoke(app, [command, "--host", "0.0.0.0", "--warehouse", str(tmp_path / "warehouse")])
    assert told.exit_code == 1
    assert "未启动：监听 0.0.0.0 会让别的机器也能打开" in told.stderr.replace("\n", "")
