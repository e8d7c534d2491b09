"""What pages need is imported before the server answers, so that no visitor waits for it."""

import gc
from importlib import import_module
from pkgutil import walk_packages

import dashboard

SCRIPTS = ("dashboard.pages.", "dashboard.entry.", "dashboard.cli")
"""What is run, not imported."""

LATE = ("pandas", "streamlit.emojis")
"""What DuckDB and Streamlit import at their first use."""

USUAL_THRESHOLD = 700


def preload() -> None:
    """Import the whole dashboard, and spare what is then there from all collections of garbage to come."""
    for module in walk_packages(dashboard.__path__, "dashboard."):
        if not module.name.startswith(SCRIPTS):
            import_module(module.name)
    for name in LATE:
        import_module(name)
    gc.freeze()
    gc.set_threshold(USUAL_THRESHOLD)
