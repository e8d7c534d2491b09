"""The login's settings: [auth] of .streamlit/secrets.toml, each of which the environment may replace."""

import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

SECRETS = Path(__file__).resolve().parents[2] / ".streamlit" / "secrets.toml"
KEYS = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
"""What st.login asks for."""

PREFIX = "ZHIBEN_AUTH_"
"""ZHIBEN_AUTH_CLIENT_ID and its kin go before the file."""

CALLBACK = "/oauth2callback"
SHORTEST_SECRET = 32
Settings = Mapping[str, Any]


class LoginError(Exception):
    """The settings cannot be read; the message is Chinese."""


def settings() -> Settings:
    """What is set of the login; empty where nothing is. Raises LoginError."""
    try:
        told = tomllib.loads(SECRETS.read_text(encoding="utf-8")) if SECRETS.exists() else {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise LoginError(f"{SECRETS.name} 无法读取：{problem}") from problem
    named = {key: os.environ.get(f"{PREFIX}{key.upper()}") for key in KEYS}
    return {**told.get("auth", {}), **{key: value for key, value in named.items() if value}}


def problems(login: Settings) -> Iterator[str]:
    """What is missing or wrong, in Chinese; nothing where somebody can log in."""
    missing = [key for key in KEYS if not login.get(key)]
    if missing:
        yield f"[auth] 缺 {'、'.join(missing)}"
    address, secret = login.get("redirect_uri"), login.get("cookie_secret")
    if address and not _leads_back(str(address)):
        yield f"[auth] 的 redirect_uri 应为 https://域名{CALLBACK}"
    if secret and len(str(secret)) < SHORTEST_SECRET:
        yield f"[auth] 的 cookie_secret 至少 {SHORTEST_SECRET} 个字符"


def _leads_back(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.path == CALLBACK


def is_encrypted(login: Settings) -> bool:
    """Whether people come by https, so that their cookies need never go without."""
    return urlsplit(str(login.get("redirect_uri"))).scheme == "https"
