"""What every answer tells the browser: nobody frames the pages, and they run the program's scripts alone."""

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.file_util import get_static_dir

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def policy(pages: Iterable[str]) -> str:
    """The Content-Security-Policy: the scripts that stand in these pages are known by their hashes.

    blob: is how Streamlit starts a component's own script; styles are set on the elements themselves.
    """
    inline = [script for page in pages for script in INLINE.findall(page)]
    hashes = (f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in inline)
    rules = {
        "default-src": "'self'",
        "script-src": f"'self' blob: {' '.join(hashes)}",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def streamlits_page() -> str:
    """The one HTML page that Streamlit serves."""
    return (Path(get_static_dir()) / "index.html").read_text(encoding="utf-8")


class SafeHeaders:
    """ASGI middleware: adds the headers to every answer. `pages`: the HTML that holds scripts of its own."""

    def __init__(self, app: ASGIApp, pages: Iterable[str]) -> None:
        self.app = app
        self.headers = {
            "Content-Security-Policy": policy(pages),
            "Cross-Origin-Opener-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
            "Referrer-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self.headers)
            await send(message)

        await self.app(scope, receive, sending)
