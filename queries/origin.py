"""Where a record comes from: the rows of the ledgers that gave it."""

import duckdb
import polars as pl

from queries.warehouse import fetch

SOURCES = """
    select path, sheet, row_number, reported_on, is_winning,
    from record_sources inner join source_files using (block_id)
    where record_sources.kind = $kind and record_id = $record_id
    order by is_winning desc, path, sheet, row_number
"""


def sources(con: duckdb.DuckDBPyConnection, kind: str, record_id: int) -> pl.DataFrame:
    """The rows behind one record: [path, sheet, row_number, reported_on, is_winning], the one counted first.

    `kind` is the ledger's code, `record_id` the record's number in its table; row_number is the sheet's own.
    """
    return fetch(con, SOURCES, {"kind": kind, "record_id": record_id})
