"""What a page is drawn from, outside of a page: for the command line's exports."""

import logging
import os
from datetime import date, timedelta
from pathlib import Path

from dashboard import answers, session
from dashboard.view import View
from queries.filters import Filters


def view(warehouse: Path, as_of: date | None, compare: date | None, filters: Filters) -> View:
    """A view of a warehouse's current build; by default as of its own day, beside some days before."""
    logging.getLogger("streamlit").setLevel(logging.ERROR)  # it minds that there is no server
    os.environ[session.WAREHOUSE_VARIABLE] = str(warehouse.resolve())
    build = session.current()
    if build is None:
        raise ValueError(f"nothing published in {warehouse}")
    day = as_of or build.as_of
    usual = day - timedelta(days=answers.setting(build.code, "compare_days"))
    return View(build, day, min(compare or usual, day), filters)
