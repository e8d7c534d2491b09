"""The dashboard behind a login, and the identity provider to log in at: both on loopback, each a process."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

from tests.dashboard.guard.asking import SECRET
from tests.dashboard.served import command, free_port, running


@contextmanager
def provider() -> Iterator[str]:
    """An identity provider that takes any name for its e-mail; yields its address."""
    port = free_port()
    started = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    url = f"http://127.0.0.1:{port}"
    with running(started, f"{url}/.well-known/openid-configuration"):
        yield url


@contextmanager
def guarded(warehouse: Path, roles: Path, provider_url: str) -> Iterator[str]:
    """The dashboard for those of roles.toml; yields its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    settings = {
        "ZHIBEN_AUTH_REDIRECT_URI": f"{url}/oauth2callback",
        "ZHIBEN_AUTH_COOKIE_SECRET": SECRET,
        "ZHIBEN_AUTH_CLIENT_ID": "zhiben",
        "ZHIBEN_AUTH_CLIENT_SECRET": "secret",
        "ZHIBEN_AUTH_SERVER_METADATA_URL": f"{provider_url}/.well-known/openid-configuration",
    }
    started = [*command(warehouse, port), "--roles", str(roles)]
    with running(started, f"{url}/_stcore/health", {**os.environ, **settings}):
        yield url


def log_in(page: Page, url: str, email: str) -> None:
    """Open a page of the dashboard, and log in as it asks: one comes to that page then."""
    page.goto(url)
    page.get_by_role("link", name="登录").click()
    page.locator('input[name="sub"]').fill(email)
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(url)
