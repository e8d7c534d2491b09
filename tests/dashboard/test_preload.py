"""No page imports anything that was not there before the server answered."""

import subprocess
import sys
from pathlib import Path

LOOKS_AT_ALL_PAGES = """
import os
import sys
from pathlib import Path

import streamlit.testing.v1.app_test as tester  # the test's own imports are none of the page's
from dashboard import app
from dashboard.running.preload import preload
from dashboard.folders import WAREHOUSE_VARIABLE

preload()
before = set(sys.modules)
os.environ[WAREHOUSE_VARIABLE] = sys.argv[1]
folder = Path(app.__file__).parent
shown = tester.AppTest.from_file(folder / "entry" / "streamlit_app.py", default_timeout=120).run()
for group in app.GROUPS.values():
    for _, path in group:
        shown.switch_page(str(folder / "pages" / f"{path}.py")).run()
        assert not shown.exception, path
print(*(set(sys.modules) - before))
"""
OURS = {"dashboard", "queries", "etl"}
SMALL_PARTS_OF_WHAT_IS_THERE = {"packaging", "polars", "pyarrow", "streamlit", "unittest"}


def test_pages_find_all_that_they_import_there_already(example: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOOKS_AT_ALL_PAGES, str(example)], capture_output=True, text=True, check=True
    )
    late = {name.split(".")[0] for name in done.stdout.split()}
    assert not late & OURS
    assert late <= SMALL_PARTS_OF_WHAT_IS_THERE
