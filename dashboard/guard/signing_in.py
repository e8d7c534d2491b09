"""Logging in: the page that asks for it, the way by st.login's provider, and on to where one was going."""

import re
from collections.abc import Sequence
from html import escape
from http.cookies import SimpleCookie
from urllib.parse import quote, unquote

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Message, Scope, Send
from streamlit.user_info import generate_login_redirect_url
from streamlit.web.server.starlette.starlette_server_config import (
    AUTH_COOKIE_MAX_AGE_SECONDS,
    TOKENS_COOKIE_NAME,
    USER_COOKIE_NAME,
)

from dashboard.guard import audit, login
from dashboard.guard.cookies import LIFE_SECONDS, Session, read
from dashboard.guard.here import known
from dashboard.guard.leaving import LOGOUT
from dashboard.guard.roles import RefusedError, called

PAGE, START = "/login", "/login/start"
NEXT = "zhiben_next"
"""The cookie that remembers, while somebody logs in, which page he had asked for."""

NEXT_SECONDS = 600
LONGEST_NEXT = 2000
PROVIDER = "default"
PATH = re.compile(r"/(?![/\\\\])[!-~]*")
"""A path on this server, as a browser writes it: no other host, nothing but plain marks."""

OWN_COOKIES = (USER_COOKIE_NAME, TOKENS_COOKIE_NAME)
HTML = """<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>治本看板</title><link rel="icon" href="data:,">
<style>
body {{ margin: 0; color: #1b1f24; background: #fff;
    font: 16px/1.6 "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", sans-serif }}
main {{ max-width: 480px; margin: 16vh auto 0; padding: 0 24px }}
h1 {{ font-size: 24px }}
a {{ display: inline-block; padding: 8px 24px; color: #fff; background: #1f5a96; text-decoration: none }}
</style></head>
<body><main><h1>{title}</h1><p>{words}</p><p><a href="{target}">{label}</a></p></main></body>
</html>"""


def asked_for(scope: Scope) -> Response:
    """What somebody gets who has not logged in: the way to do so where he asked for a page, else a word."""
    is_page = scope["type"] == "http" and scope["method"] == "GET"
    if not is_page or "text/html" not in Headers(scope=scope).get("accept", ""):
        return PlainTextResponse("请先登录。", 401)
    answer = RedirectResponse(PAGE, 303)
    query = scope["query_string"].decode("latin-1")
    going = f"{quote(scope['path'])}?{query}" if query else quote(scope["path"])
    if len(going) <= LONGEST_NEXT and PATH.fullmatch(going):
        answer.set_cookie(NEXT, quote(going, safe=""), max_age=NEXT_SECONDS, httponly=True, samesite="lax")
    return answer


async def page(_: Request) -> Response:
    return _shown("治本看板", "请用单位账号登录后查看。", START, "登录", 200)


async def start(_: Request) -> Response:
    """Lead to the provider, as st.login does."""
    return RedirectResponse(generate_login_redirect_url(PROVIDER), 303)


ROUTES = [Route(PAGE, page), Route(START, start)]


def refused(words: str) -> Response:
    """What somebody gets who has logged in and may see nothing."""
    return _shown("不能查看", words, LOGOUT, "退出登录，换一个账号", 403)


def _shown(title: str, words: str, target: str, label: str, status: int) -> Response:
    filled = HTML.format(title=escape(title), words=escape(words), target=escape(target), label=escape(label))
    return HTMLResponse(filled, status, {"Cache-Control": "no-store"})


def finishing(scope: Scope, send: Send) -> Send:
    """The end of a login: the cookies live 12 hours, by https alone where people come by it."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            told = headers.getlist("set-cookie")
            del headers["set-cookie"]
            for cookie in told:
                headers.append("set-cookie", _shortened(cookie))
            if begun := _begun(told):
                _write_down(begun)
                _go_on(scope, headers)
        await send(message)

    return sending


def _begun(told: Sequence[str]) -> Session | None:
    """The session that the cookies of an answer begin."""
    given = {name: each.value for cookie in told for name, each in SimpleCookie(cookie).items()}
    return read(given)


def _write_down(begun: Session) -> None:
    try:
        audit.note(known(begun.claims).name, "sign_in", "")
    except RefusedError as problem:
        audit.note(called(begun.claims), "refusal", str(problem))


def _shortened(cookie: str) -> str:
    if not cookie.startswith(OWN_COOKIES):
        return cookie
    shorter = cookie.replace(f"Max-Age={AUTH_COOKIE_MAX_AGE_SECONDS}", f"Max-Age={LIFE_SECONDS}")
    return f"{shorter}; Secure" if login.is_encrypted(login.settings()) else shorter


def _go_on(scope: Scope, headers: MutableHeaders) -> None:
    """Lead on to the page once asked for: a path of this very server, whatever the cookie holds."""
    going = unquote(HTTPConnection(scope).cookies.get(NEXT, ""))
    if PATH.fullmatch(going):
        headers["location"] = going
    done: SimpleCookie = SimpleCookie({NEXT: ""})
    done[NEXT].update({"path": "/", "max-age": "0"})
    headers.append("set-cookie", done[NEXT].OutputString())
