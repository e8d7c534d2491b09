"""What a page is drawn from, outside of a page: for the command line's exports."""

import logging
from datetime import date, timedelta

from dashboard import answers, session
from dashboard.view import View
from queries.filters import Filters
from queries.sources import Source


def view(source: Source, as_of: date | None, compare: date | None, filters: Filters) -> View:
    """A view of what a source has published last; by default as of its own day, beside some days before."""
    logging.getLogger("streamlit").setLevel(logging.ERROR)  # it minds that there is no server
    session.follow(source)
    build = session.current()
    if build is None:
        raise ValueError("nothing published")
    day = as_of or build.as_of
    usual = day - timedelta(days=answers.setting(build.code, "compare_days"))
    return View(build, day, min(compare or usual, day), filters)
