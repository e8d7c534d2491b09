"""What a browser loads once for all charts: our scripts, the tokens, and Plotly as its package brings it."""

import gzip
import json
from functools import cache, lru_cache
from hashlib import sha256
from importlib.metadata import distribution
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.charts.template import LOCALE, TEMPLATE

HERE = Path(__file__).parent
NAMES = ("chart.js", "marks.js", "tokens.js", "plotly.min.js")
HEADERS = {"content-encoding": "gzip", "cache-control": "public, max-age=31536000, immutable"}


@cache
def address() -> str:
    """Where the scripts stand: another address for every other content, so a browser may keep them."""
    own = b"".join(_text(name) for name in NAMES[:-1]) + distribution("plotly").version.encode()
    return f"/charts/{sha256(own).hexdigest()[:12]}"


def _text(name: str) -> bytes:
    if name == "tokens.js":
        said = {"TEMPLATE": TEMPLATE, "LOCALE": LOCALE}
        return "".join(f"export const {key} = {json.dumps(value)};\n" for key, value in said.items()).encode()
    return (_plotly() if name == "plotly.min.js" else HERE / name).read_bytes()


def _plotly() -> Path:
    """Plotly's own script in the installed package, found without importing the package."""
    return Path(str(distribution("plotly").locate_file("plotly/package_data/plotly.min.js")))


@lru_cache(maxsize=8)
def _packed(name: str) -> bytes:
    """Compressed once a server: four megabytes become one and a half."""
    return gzip.compress(_text(name), 6)


def send(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in NAMES:
        return Response(status_code=404)
    return Response(_packed(name), media_type="text/javascript; charset=utf-8", headers=HEADERS)


ROUTE = Route("/charts/{content}/{name}", send)
