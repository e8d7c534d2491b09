"""A build's first looks, taken before anybody asks: its pages are drawn for nobody, and the answers kept.

What is known of one town is taken from what is known of all (queries/of_towns.py): so some pages are drawn
with a town chosen, too, and whichever town somebody then chooses, it has been asked about.
"""

import logging
from collections.abc import Iterable
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import streamlit as st
from streamlit import runtime

from dashboard import app, filters
from dashboard.session import Build
from dashboard.view import View

SCRIPTS = Path(app.__file__).with_name("pages")
PAGES = [path for entries in app.GROUPS.values() for _, path in entries if path not in app.OFFICES_OWN]
FIRST = PAGES[:1]
BY_TOWN = ("overview", "hazards")

log = logging.getLogger(__name__)
logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").addFilter(lambda _: False)
"""It warns at every element that is drawn for nobody, and says nothing else."""


def warm(build: Build, paths: Iterable[str], towns: tuple[str, ...] = ()) -> None:
    """Draw some pages of a build as they are first seen, or with towns chosen.

    To be called where no visitor's script runs.
    """
    for path in paths:
        try:
            _draw(build, SCRIPTS / f"{path}.py", towns)
        except Exception:
            log.exception("%s of build %s cannot be drawn", path, build.code)
        finally:
            _forget()


def _draw(build: Build, script: Path, towns: tuple[str, ...]) -> None:
    """Run a page's script without a session, as Streamlit allows; all it draws goes nowhere."""
    view = View(build, *filters.draw(build))
    st.session_state["view"] = replace(view, filters=replace(view.filters, townships=towns))
    spec = spec_from_file_location(f"warmed_{script.stem}", script)
    if spec is not None and spec.loader is not None:
        spec.loader.exec_module(module_from_spec(spec))


def _forget() -> None:
    """Let go of what Streamlit keeps for the session that there is not: its state, its files to download."""
    st.session_state.clear()
    if runtime.exists():
        files = runtime.get_instance().media_file_mgr
        files.clear_session_refs()
        files.remove_orphaned_files()
