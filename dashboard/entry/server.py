"""The server Streamlit runs: its app, with the page's frame made Chinese before the browser sees it."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route

from dashboard.entry.frame import ChineseFrame


async def to_overview(request: Request) -> RedirectResponse:
    """总览 lives at /; /overview leads there, with its filters."""
    return RedirectResponse(request.url.replace(path="/"))


app = st.App(
    Path(__file__).with_name("streamlit_app.py"),
    routes=[Route("/overview", to_overview)],
    middleware=[Middleware(ChineseFrame)],
)
