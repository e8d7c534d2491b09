"""What is served: Streamlit's app behind the door, with the page's frame made Chinese on the way out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse
from starlette.routing import Route
from streamlit import config

from dashboard.charts import assets
from dashboard.entry.frame import ADDRESS, WORDS_PATH, ChineseFrame
from dashboard.guard import login, signing_in
from dashboard.guard.door import Door
from dashboard.guard.headers import SafeHeaders, streamlits_page
from dashboard.guard.hosts import KnownHosts
from dashboard.guard.policy import access
from dashboard.running.preload import preload
from dashboard.running.watch import watch

preload()


async def to_overview(request: Request) -> RedirectResponse:
    """总览 lives at /; /overview leads there, with its filters."""
    return RedirectResponse(request.url.replace(path="/"))


async def words(_: Request) -> FileResponse:
    """The script that puts Streamlit's fixed English into Chinese."""
    return FileResponse(Path(__file__).with_name("frame.js"), media_type="text/javascript")


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """What the server does beside answering: it has new builds shown."""
    watch.start()
    yield
    watch.stop()


auth = dict(login.settings()) if access() == "login" else {}
if auth:  # what is signed by one process is known by all
    config.set_option("server.cookieSecret", auth["cookie_secret"])
app = st.App(
    Path(__file__).with_name("streamlit_app.py"),
    lifespan=lifespan,
    secrets={"auth": auth} if auth else None,
    routes=[
        Route("/overview", to_overview),
        Route(WORDS_PATH, words),
        assets.ROUTE,
        *(signing_in.ROUTES if auth else []),
    ],
    middleware=[
        Middleware(SafeHeaders, pages=[streamlits_page(), ADDRESS]),
        Middleware(KnownHosts),
        Middleware(Door),
        Middleware(ChineseFrame),
    ],
)
