"""The door before every request: without having logged in nobody gets further than the login and the health.

Streamlit itself asks only within the page's script who looks; exports, static files and figures of the server
it gives to anybody who knows where they lie.
"""

import asyncio

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.guard import audit, cookies, signing_in
from dashboard.guard.here import known
from dashboard.guard.login import CALLBACK
from dashboard.guard.policy import access, is_loopback
from dashboard.guard.roles import Person, RefusedError, called

HEALTH = "/_stcore/health"
ANYBODYS = {HEALTH, signing_in.PAGE, signing_in.START, "/auth/login", "/auth/logout", CALLBACK}
FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")
"""What a proxy adds: then whoever asks does not sit at this machine."""

THIS_MACHINE_ALONE = "本看板只供运行它的这台电脑使用。要给别的机器用，请管理员配置登录。"
FORGED = "登录凭据是伪造的，或已损坏"
NO_UPLOADS = "只有县民政局经办可以交来文件。"
NO_FIGURES = "只有县民政局经办可以看服务器的运行情况。"
OFFICES_OWN = {"/_stcore/upload_file": NO_UPLOADS, "/_stcore/metrics": NO_FIGURES}
"""Where whoever is not of the office gets no further, and what he is told."""


class Door:
    """ASGI middleware, by `policy.access`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or access() == "everybody":
            await self.app(scope, receive, send)
        elif access() == "machine":
            await self._let_in(_not_here(scope), scope, receive, send)
        elif scope["path"] in ANYBODYS:
            await self.app(scope, receive, signing_in.finishing(scope, send))
        else:
            await self._ask(scope, receive, send)

    async def _ask(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in whoever the cookie says is on the list, for as long as it holds."""
        session = cookies.session(scope)
        if session is None:
            if cookies.is_forged(scope):
                audit.turned_away(_client(scope), FORGED)
            await self._let_in(signing_in.asked_for(scope), scope, receive, send)
            return
        try:
            turned = _not_his(scope, known(session.claims))
        except RefusedError as problem:
            audit.refused(called(session.claims), str(problem))
            turned = signing_in.refused(str(problem))
        if scope["type"] == "websocket":
            receive = _ending(receive, send, session.seconds_left)
        await self._let_in(turned, scope, receive, send)

    async def _let_in(self, turned: Response | None, scope: Scope, receive: Receive, send: Send) -> None:
        if turned is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await turned(scope, receive, send)


def _not_here(scope: Scope) -> Response | None:
    """The refusal of whoever does not come from this very machine, with nothing between."""
    if is_loopback(_client(scope)) and not any(name in Headers(scope=scope) for name in FORWARDED):
        return None
    audit.turned_away(_client(scope), THIS_MACHINE_ALONE)
    return PlainTextResponse(THIS_MACHINE_ALONE, 403)


def _not_his(scope: Scope, person: Person) -> Response | None:
    words = next((words for path, words in OFFICES_OWN.items() if scope["path"].startswith(path)), None)
    if words is None or person.is_office:
        return None
    audit.refused(person.name, words)
    return PlainTextResponse(words, 403)


def _client(scope: Scope) -> str:
    client = HTTPConnection(scope).client
    return client.host if client else "未知"


def _ending(receive: Receive, send: Send, seconds: float) -> Receive:
    """A page that stays open ends when the cookie does: its connection is closed, and a new one is asked."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds

    async def receiving() -> Message:
        try:
            async with asyncio.timeout_at(end):
                return await receive()
        except TimeoutError:
            await send({"type": "websocket.close", "code": 1008})
            return {"type": "websocket.disconnect", "code": 1008}

    return receiving
