"""Rewrites the one HTML page Streamlit serves: its language, its title, its fixed words, where its server is.

Streamlit's page looks for its server below the address it was opened at, so /hazards would first ask
/hazards/_stcore/health in vain, and log an error; told the address, it asks once.
"""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.running import processes

ADDRESS = (
    f"<script>window.__streamlit = {{BACKEND_BASE_URL: location.origin + '{processes.address()}', "
    "HOST_CONFIG_BASE_URL: location.origin + '/', MAIN_PAGE_BASE_URL: location.origin + '/'}</script>"
)
WORDS_PATH = "/frame.js"
"""Where frame.js is served: it puts Streamlit's fixed English into Chinese."""

WORDS = f'<script src="{WORDS_PATH}"></script>'
REPLACEMENTS = {
    b'<html lang="en">': b'<html lang="zh-CN">',
    b"<title>Streamlit</title>": f"<title>治本看板</title>{ADDRESS}{WORDS}".encode(),
}


class ChineseFrame:
    """ASGI middleware: HTML answers pass whole through REPLACEMENTS, all others untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await self.app(_uncompressed(scope), receive, _Rewriter(send))


def _uncompressed(scope: Scope) -> Scope:
    """A request for a page, without the offer to take it compressed: it is small, and is to be read here."""
    if b"text/html" not in dict(scope["headers"]).get(b"accept", b""):
        return scope
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]}


class _Rewriter:
    """Holds an HTML answer back until it is whole, then sends it rewritten with its new length."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_plain_html(message):
            self.start = message
        elif self.start is None:
            await self.send(message)
        else:
            await self._gather(message, self.start)

    async def _gather(self, message: Message, start: Message) -> None:
        self.body += message.get("body", b"")
        if message.get("more_body"):
            return
        for old, new in REPLACEMENTS.items():
            self.body = self.body.replace(old, new)
        MutableHeaders(raw=start["headers"])["content-length"] = str(len(self.body))
        await self.send(start)
        await self.send({"type": "http.response.body", "body": self.body})


def _is_plain_html(message: Message) -> bool:
    headers = MutableHeaders(raw=message["headers"])
    return headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers
