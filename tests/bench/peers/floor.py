"""The bare floor: Starlette sends plain dicts, the browser calls Plotly.react."""

import gzip
import sys
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from tests.bench.peers import figures

PLOTLY = "plotly/package_data/plotly.min.js"
HEADERS = {"content-encoding": "gzip", "cache-control": "public, max-age=31536000, immutable"}
ROWS = 12
"""As many as the other pages show at once."""


def app() -> Starlette:
    hazards = figures.read()

    async def towns(_: Request) -> JSONResponse:
        return JSONResponse(figures.towns(hazards))

    async def told(request: Request) -> JSONResponse:
        return JSONResponse(_told(figures.page(hazards, request.query_params["town"])))

    pages = {"/": _page, "/plotly.js": _plotly, "/towns": towns, "/told": told}
    return Starlette(routes=[Route(path, answer) for path, answer in pages.items()])


async def _page(_: Request) -> FileResponse:
    return FileResponse(Path(__file__).with_suffix(".html"))


async def _plotly(_: Request) -> Response:
    return Response(_packed(), media_type="text/javascript", headers=HEADERS)


@cache
def _packed() -> bytes:
    return gzip.compress(Path(str(distribution("plotly").locate_file(PLOTLY))).read_bytes(), 6)


def _told(page: figures.Page) -> dict[str, Any]:
    months = page.course["month_end"].dt.strftime("%Y-%m-%d").tolist()
    lines = [
        {"x": months, "y": page.course[key].tolist(), "name": key} for key in ("found", "rectified", "open")
    ]
    bars = [
        [{"type": "bar", "orientation": "h", "x": counts.tolist(), "y": counts.index.tolist()}]
        for counts in (page.towns, page.areas, page.kinds)
    ]
    rows = page.rows.head(ROWS).astype(str).fillna("")
    return {
        "figures": page.figures,
        "graphs": [lines, *bars],
        "rows": {"columns": list(rows.columns), "cells": rows.to_numpy().tolist()},
    }


if __name__ == "__main__":
    uvicorn.run(app(), host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
