"""The command `zhiben` (contract.md): load ledgers, ask for figures, serve the dashboard.

stdout holds only the answer; messages are Chinese, JSON keys English. Exit codes: 0 done, 1 nothing
could be done, 2 wrong usage.
"""

import sys

import duckdb

import etl
from dashboard import printing
from dashboard.cli.commands import Application, Commands
from queries.checked import DefinitionError
from queries.lake import LakeError
from queries.warehouse import PointerError

UNBROKEN = 10_000
"""Lines of help are broken by the terminal: typer would do so at spaces, of which Chinese has none."""

app = Application(
    cls=Commands,
    help="治本看板：养老机构安全生产治本攻坚三年行动督导看板。",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "terminal_width": UNBROKEN},
)


@app.callback()
def zhiben() -> None:
    """Typer takes what has this for a group of commands; which there are, Commands knows."""


OF_ANOTHER_VERSION = "这份数据是另一版本的程序发布的，数据没有受影响。请重新运行 zhiben load 后再试。"


def main() -> None:
    """The entry point: Chinese on every terminal, whatever its code page."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        with etl.told():
            app()
    except (duckdb.BinderException, duckdb.CatalogException) as lacking:  # this program's builds lack nothing
        printing.say(OF_ANOTHER_VERSION)
        raise SystemExit(1) from lacking
    except (etl.LoadError, etl.MappingError, PointerError, LakeError, DefinitionError) as problem:
        printing.say(str(problem))
        raise SystemExit(1) from problem
