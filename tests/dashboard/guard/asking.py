"""Asks an ASGI app as a browser does, without a server; what stands behind the door answers 200."""

import asyncio
import json
from collections.abc import Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from itsdangerous import URLSafeTimedSerializer
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

T = TypeVar("T")
SECRET = "0123456789abcdef0123456789abcdef"
PAGE = {"accept": "text/html"}


@dataclass
class Answer:
    """What came back: of a websocket 101 where it was let in, 403 where not."""

    status: int
    headers: list[tuple[str, str]]
    body: str = ""

    def header(self, name: str) -> str | None:
        return next((value for known, value in self.headers if known == name), None)


def finish(work: Coroutine[Any, Any, T]) -> T:
    """Run to its end in a thread of its own: Playwright leaves a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


async def behind(scope: Scope, receive: Receive, send: Send) -> None:
    """What stands behind a door."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"behind"})


def ask(
    app: ASGIApp,
    path: str,
    headers: Mapping[str, str] | None = None,
    client: str = "127.0.0.1",
    method: str = "GET",
    kind: str = "http",
) -> Answer:
    """One request; `path` may have a query."""
    before, _, query = path.partition("?")
    named = {"host": "localhost", **(headers or {})}
    scope = {
        "type": kind,
        "method": method,
        "path": before,
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in named.items()],
        "client": (client, 50000),
    }
    sent: list[Message] = []
    finish(_run(app, scope, sent))
    return _answer(sent)


async def _run(app: ASGIApp, scope: dict[str, Any], sent: list[Message]) -> None:
    async def receive() -> Message:
        await asyncio.sleep(3600)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)


def _answer(sent: list[Message]) -> Answer:
    first, *rest = sent
    if first["type"].startswith("websocket"):
        return Answer(101 if first["type"] == "websocket.accept" else 403, [])
    headers = [(name.decode(), value.decode("latin-1")) for name, value in first["headers"]]
    return Answer(first["status"], headers, b"".join(each.get("body", b"") for each in rest).decode())


def cookie(email: str, secret: str = SECRET, **claims: object) -> dict[str, str]:
    """The header of somebody who has logged in."""
    told = {"email": email, "is_logged_in": True, "origin": "http://localhost", **claims}
    signed = URLSafeTimedSerializer(secret, salt=USER_COOKIE_NAME).dumps(json.dumps(told))
    return {"cookie": f"{USER_COOKIE_NAME}={signed}"}
