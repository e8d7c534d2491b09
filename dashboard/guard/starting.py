"""To whom a dashboard about to start shall be open: the safe way, unless another is asked for in words."""

import ipaddress
import os
import socket
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from dashboard.guard import login
from dashboard.guard.policy import ACCESS_VARIABLE, HOSTS_VARIABLE, ROLES_VARIABLE, Access, is_loopback
from dashboard.guard.roles import read_roles
from queries.checked import DefinitionError

OPEN_TO_ALL = (
    "注意：没有登录（--no-login）。凡是能连上 {host} 的人都能看到全部数据，也能交来、撤回台账，退回发布。"
)
NOT_ENCRYPTED = "注意：redirect_uri 不是 https，登录凭据在网上是明文。请在前面加一个带证书的反向代理。"


class StartError(Exception):
    """The dashboard must not start so; the message is one line of Chinese."""


def decide(host: str, roles: Path, say: Callable[[str], None], *, has_no_login: bool) -> None:
    """Settle in the environment to whom the dashboard that starts now is open. Raises StartError.

    A login that is set holds on every address, as a proxy may stand before this machine's own.
    """
    try:
        auth = {} if has_no_login else login.settings()
    except login.LoginError as problem:
        raise StartError(f"未启动：{problem}") from problem
    if auth:
        _hold(auth, roles, say)
    elif has_no_login:
        say(OPEN_TO_ALL.format(host=host))
        _settle("everybody", _names(host))
    elif is_loopback(host):
        _settle("machine", [])
    else:
        raise StartError(
            f"未启动：监听 {host} 会让别的机器也能打开，须先配置登录"
            f"（{login.SECRETS.name} 的 [auth] 和 {roles.name}），或明确加 --no-login。"
        )


def _hold(auth: login.Settings, roles: Path, say: Callable[[str], None]) -> None:
    """Open to those who log in, if all that takes is there."""
    wrong = [*login.problems(auth), *_wrong_roles(roles)]
    if wrong:
        raise StartError(f"未启动，登录没有配置完整：{'；'.join(wrong)}。")
    if not login.is_encrypted(auth) and not is_loopback(_host_of(auth)):
        say(NOT_ENCRYPTED)
    os.environ[ROLES_VARIABLE] = str(roles.resolve())
    _settle("login", [_host_of(auth)])


def _host_of(auth: login.Settings) -> str:
    return urlsplit(str(auth["redirect_uri"])).hostname or ""


def _wrong_roles(roles: Path) -> Iterator[str]:
    try:
        read_roles(roles)
    except DefinitionError as problem:
        yield str(problem)


def _names(host: str) -> Sequence[str]:
    """What a machine that listens on an address, or on all, is called."""
    try:
        is_every = ipaddress.ip_address(host).is_unspecified
    except ValueError:
        is_every = not host
    if not is_every:
        return [host]
    own = socket.gethostname()
    return [own, socket.getfqdn(), *(str(found[4][0]) for found in socket.getaddrinfo(own, None))]


def _settle(access: Access, hosts: Sequence[str]) -> None:
    """Names that the environment adds stay: those by which a proxy is called."""
    named = [*hosts, *os.environ.get(HOSTS_VARIABLE, "").split(",")]
    os.environ[ACCESS_VARIABLE] = access
    os.environ[HOSTS_VARIABLE] = ",".join(dict.fromkeys(name.strip().lower() for name in named if name))
