"""The cookie by which somebody who has logged in is known again, for 12 hours."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.requests import HTTPConnection
from starlette.types import Scope
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

LIFE_SECONDS = 12 * 60 * 60


@dataclass(frozen=True)
class Session:
    """What the provider told of somebody when he logged in, and for how many seconds that still holds."""

    claims: Mapping[str, Any]
    seconds_left: float


def session(scope: Scope) -> Session | None:
    """The session a request belongs to; None without a cookie, and for one that is forged or too old."""
    return read(HTTPConnection(scope).cookies)


def read(cookies: Mapping[str, str]) -> Session | None:
    """The session that cookies hold, signed as Streamlit signs them."""
    signed_at: list[float] = []

    def opened(name: str) -> bytes | None:
        signer = URLSafeTimedSerializer(get_cookie_secret(), salt=name)
        try:
            value, at = signer.loads(cookies[name], max_age=LIFE_SECONDS, return_timestamp=True)
        except (KeyError, BadData):
            return None
        signed_at.append(at.timestamp())
        return str(value).encode()

    value = get_cookie_with_chunks(opened, USER_COOKIE_NAME)
    claims = _claims(value)
    return Session(claims, min(signed_at) + LIFE_SECONDS - time.time()) if claims else None


def is_forged(scope: Scope) -> bool:
    """Whether a request has a cookie that this dashboard never signed, or that was changed since."""
    held = HTTPConnection(scope).cookies.get(USER_COOKIE_NAME)
    try:
        URLSafeTimedSerializer(get_cookie_secret(), salt=USER_COOKIE_NAME).loads(held or "")
    except BadData:
        return held is not None
    return False


def _claims(value: bytes | None) -> Mapping[str, Any] | None:
    try:
        told = json.loads(value) if value else None
    except ValueError:
        return None
    return told if isinstance(told, dict) else None
