"""Who is who in the tests of who may see what."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.folders import WAREHOUSE_VARIABLE
from dashboard.guard import audit, here
from dashboard.guard.policy import ACCESS_VARIABLE, ROLES_VARIABLE

ROLES = """
[[roles]]
role = "leader"
emails = ["leader@county.example"]

[[roles]]
role = "office"
emails = ["office@county.example"]
groups = ["养老服务和儿童福利科"]

[[roles]]
role = "township"
township = "大箕镇"
emails = ["daji@county.example"]

[[roles]]
role = "township"
township = "南岭镇"
emails = ["nanling@county.example"]
"""
LEADER, OFFICE, DAJI, NANLING = (f"{name}@county.example" for name in ("leader", "office", "daji", "nanling"))
UNKNOWN = "unknown@elsewhere.example"

SignIn = Callable[[str], None]


@pytest.fixture(autouse=True)
def own_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A warehouse of the test's own, and so a log; nobody was refused anything before."""
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(tmp_path / "warehouse"))
    monkeypatch.setattr(audit, "_refused", {})
    monkeypatch.setattr(audit, "_strangers", audit.Hour())
    return audit.folder(tmp_path / "warehouse")


@pytest.fixture
def roles(tmp_path: Path) -> Path:
    path = tmp_path / "roles.toml"
    path.write_text(ROLES, encoding="utf-8")
    return path


@pytest.fixture
def sign_in(roles: Path, monkeypatch: pytest.MonkeyPatch) -> SignIn:
    """From now on the pages are looked at by whom the provider calls by this e-mail."""
    monkeypatch.setenv(ACCESS_VARIABLE, "login")
    monkeypatch.setenv(ROLES_VARIABLE, str(roles))

    def signed_in(email: str) -> None:
        monkeypatch.setattr(here, "told", lambda: {"is_logged_in": bool(email), "email": email})

    return signed_in
