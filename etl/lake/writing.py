"""A connection that writes to a lake; what it does is one commit, tried again where another came first."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from random import uniform
from time import sleep
from typing import TypeVar

import duckdb

from queries.lake import Lake, LakeError, attach, told
from queries.warehouse import create

Told = TypeVar("Told")

TRIES = 8
PAUSE = 0.2
"""Seconds before the second try; each pause may be twice as long as the one before."""


def now() -> datetime:
    """The moment, of UTC: offices' clocks may stand in other zones."""
    return datetime.now(UTC).replace(tzinfo=None)  # noqa: TID251 - when it was published, which no figure looks at


@contextmanager
def writing(lake: Lake, *options: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the lake attached; raises LakeError where it cannot be reached, or not written.

    Where there is none it is only made with a `data_path` among the options.
    """
    with closing(create()) as con:
        attach(con, lake, *(options or ("create_if_not_exists false",)))
        con.execute("set ducklake_max_retry_count = 40")
        try:
            yield con
        except duckdb.Error as error:
            raise LakeError(told(error)) from error


def in_one_commit(con: duckdb.DuckDBPyConnection, does: Callable[[], Told]) -> Told:
    """Do something whole or not at all; again, from its beginning, where another's commit was in the way."""
    for attempt in range(TRIES - 1):
        with suppress(duckdb.TransactionException):
            return _committed(con, does)
        sleep(uniform(PAUSE, PAUSE * 2**attempt))  # noqa: S311 - to miss each other, not to be guessed
    return _committed(con, does)


def _committed(con: duckdb.DuckDBPyConnection, does: Callable[[], Told]) -> Told:
    con.execute("begin")
    try:
        result = does()
        con.execute("commit")
    except BaseException:
        _roll_back(con)
        raise
    return result


def _roll_back(con: duckdb.DuckDBPyConnection) -> None:
    try:
        con.execute("rollback")
    except duckdb.Error:
        return  # a commit that failed has rolled back already
