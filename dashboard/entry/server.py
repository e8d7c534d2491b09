"""The server Streamlit runs: its app, with the page's frame made Chinese before the browser sees it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse
from starlette.routing import Route

from dashboard.charts import assets
from dashboard.entry.frame import WORDS_PATH, ChineseFrame
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


app = st.App(
    Path(__file__).with_name("streamlit_app.py"),
    lifespan=lifespan,
    routes=[Route("/overview", to_overview), Route(WORDS_PATH, words), assets.ROUTE],
    middleware=[Middleware(ChineseFrame)],
)
