"""`zhiben metrics` returns every metric by every dimension it names, as JSON, CSV and a table."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from dashboard.cli import app
from queries.answers import as_records
from queries.catalog import DIMENSIONS, catalog
from queries.evaluate import dimensions, evaluate
from queries.warehouse import current_build, open_build

AS_OF = date(2026, 6, 30)


@pytest.fixture(scope="module")
def con(example: Path) -> duckdb.DuckDBPyConnection:
    return open_build(example, str(current_build(example)))


def asked(example: Path, dimension: str, form: str) -> str:
    words = [
        "metrics",
        "--warehouse",
        str(example),
        "--as-of",
        str(AS_OF),
        "--by",
        dimension,
        "--format",
        form,
    ]
    answered = CliRunner().invoke(app, words)
    assert answered.exit_code == 0, answered.output
    return answered.stdout


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_every_metric_is_answered_by_each_dimension_it_names(
    con: duckdb.DuckDBPyConnection, example: Path, dimension: str
) -> None:
    naming = [code for code in catalog() if dimension in dimensions(con, code)]
    expected = [
        row for code in naming for row in as_records(code, AS_OF, evaluate(con, code, AS_OF, [dimension]))
    ]
    assert expected
    assert json.loads(asked(example, dimension, "json")) == expected
    as_csv = list(csv.DictReader(io.StringIO(asked(example, dimension, "csv"))))
    assert [row[dimension] for row in as_csv] == [row[dimension] or "" for row in expected]
    told = asked(example, dimension, "table").splitlines()
    assert [line.split()[0] for line in told if line.split()[0] in catalog()] == [
        row["metric"] for row in expected
    ]


def test_every_dimension_is_named_by_a_metric(con: duckdb.DuckDBPyConnection) -> None:
    assert {name for code in catalog() for name in dimensions(con, code)} == set(DIMENSIONS)
