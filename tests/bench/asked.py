"""What a page asks of the warehouse: heard while it is drawn once, and asked again as often as need be."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import duckdb
import polars as pl

from dashboard.folders import WAREHOUSE_VARIABLE
from queries.warehouse import fetch
from tests.dashboard.tester import tester

SECONDS = 600
IS_BUILD = "select current_setting('access_mode') = 'read_only'"


@dataclass(frozen=True)
class Question:
    """One statement and its parameters."""

    sql: str
    given: Mapping[str, Any]

    def ask(self, con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
        return fetch(con, self.sql, self.given)

    def earlier(self, days: int) -> "Question":
        """The same of so many days before."""
        return replace(self, given={name: _earlier(value, days) for name, value in self.given.items()})

    def about(self, town: str) -> "Question":
        """The same of another town, where it is about one."""
        given = {name: [town] if name == "filter_townships" else value for name, value in self.given.items()}
        return replace(self, given=given)


def _earlier(value: Any, days: int) -> Any:
    if isinstance(value, list):
        return [_earlier(each, days) for each in value]
    return value - timedelta(days=days) if isinstance(value, date) else value


def page(warehouse: Path, path: str, **query: str) -> list[Question]:
    """What a page asks that was not asked before in this process."""
    os.environ[WAREHOUSE_VARIABLE] = str(warehouse)
    opened = tester(path, SECONDS, **query)
    with _heard() as questions:
        opened.run()
    if troubles := [each.value for each in (*opened.exception, *opened.error)]:
        raise RuntimeError(f"{path}: {troubles}")
    return questions


@contextmanager
def _heard() -> Iterator[list[Question]]:
    """Hear every question to the build, whichever module asks it; pages ask frames of their own, too."""
    questions: list[Question] = []

    def hear(
        con: duckdb.DuckDBPyConnection, sql: str, params: Mapping[str, object] | None = None
    ) -> pl.DataFrame:
        if fetch(con, IS_BUILD).item():
            questions.append(Question(sql, dict(params or {})))
        return fetch(con, sql, params)

    ours = [
        module for name, module in list(sys.modules.items()) if name.startswith(("queries.", "dashboard."))
    ]
    asking = [module for module in ours if getattr(module, "fetch", None) is fetch]
    with ExitStack() as stack:
        for module in asking:
            stack.enter_context(mock.patch.object(module, "fetch", hear))
        yield questions
