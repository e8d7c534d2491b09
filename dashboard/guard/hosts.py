"""Only by its own name, and pages' connections from its own pages alone.

No other site can have its visitors' browsers call the dashboard by the site's name, nor look by theirs. Of an
origin it does not know Streamlit would ask a server in the internet whether it is this machine's.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.guard.policy import hosts

WORDS = "这个网址不是本看板的，请用管理员给的网址打开。"


class KnownHosts:
    """ASGI middleware: requests by a name not among `policy.hosts`, or from another site, go no further."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or _is_own(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse(WORDS, 400)(scope, receive, send)


def _is_own(scope: Scope) -> bool:
    """Whether a request is by a name of the dashboard, and a connection from a page of that very address."""
    headers = Headers(scope=scope)
    host = headers.get("host", "")
    origin = headers.get("origin") if scope["type"] == "websocket" else None
    return _name(host) in hosts() and (origin is None or origin.partition("://")[2] == host)


def _name(host: str) -> str:
    """The name of a Host header, without the port; nothing where it is no such header."""
    try:
        parts = urlsplit(f"//{host}")
        is_plain = parts.netloc == host and parts.username is None and (parts.port is None or parts.port >= 0)
    except ValueError:
        return ""
    return (parts.hostname or "").rstrip(".") if is_plain else ""
