"""To whom the dashboard is open, as `zhiben serve` decided it for this process and its children."""

import ipaddress
import os
from pathlib import Path
from typing import Literal, get_args

Access = Literal["machine", "login", "everybody"]
"""machine: whoever sits at this one, without login; login: those of roles.toml; everybody: by --no-login."""

ACCESS_VARIABLE = "ZHIBEN_ACCESS"
ROLES_VARIABLE = "ZHIBEN_ROLES"
HOSTS_VARIABLE = "ZHIBEN_HOSTS"
LOOPBACK = ("localhost", "127.0.0.1", "::1")


def access() -> Access:
    """To whom; where nobody decided, or nothing known, to this machine alone."""
    said = os.environ.get(ACCESS_VARIABLE)
    return next((known for known in get_args(Access) if known == said), "machine")


def roles_path() -> Path:
    """Where roles.toml lies."""
    return Path(os.environ[ROLES_VARIABLE])


def hosts() -> frozenset[str]:
    """The names by which the dashboard may be called, in small letters; this machine always may."""
    named = os.environ.get(HOSTS_VARIABLE, "").split(",")
    return frozenset([*LOOPBACK, *(name for name in named if name)])


def is_loopback(host: str) -> bool:
    """Whether an address can be reached from this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
