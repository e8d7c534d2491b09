"""The dashboard in Streamlit's own test runner."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from dashboard import app

DASHBOARD = Path(app.__file__).parent


def tester(page: str, seconds: int, **query: str) -> AppTest:
    """Opened as by a link with a query; its next run draws the page."""
    opened = AppTest.from_file(DASHBOARD / "entry" / "streamlit_app.py", default_timeout=seconds)
    for key, value in query.items():
        opened.query_params[key] = value
    if page != "overview":
        opened.run().switch_page(str(DASHBOARD / "pages" / f"{page}.py"))
    return opened
