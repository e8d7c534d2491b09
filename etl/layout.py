"""How the rows of the large tables lie in a build: those of the same homes together, in each such run by day.

DuckDB notes the least and greatest value of every column for each run of ROWS rows, so a query about one town
or about a few days passes over most of them; and sorted columns take little room.
"""

import duckdb

ROWS = 122_880
"""Of one run: DuckDB's row group."""

SORTED: dict[str, tuple[str, str]] = {
    "inspections": ("inspected_on", "inspection_id"),
    "hazards": ("found_on", "hazard_id"),
    "trainings": ("trained_on", "training_id"),
    "drills": ("drilled_on", "drill_id"),
    "complaints": ("received_on", "complaint_id"),
    "activities": ("held_on", "activity_id"),
    "measures": ("issued_on", "measure_id"),
}
"""The day of a table's rows, then what tells those of a day apart. Homes are numbered town by town."""


def order(con: duckdb.DuckDBPyConnection, table: str, incoming: str) -> str:
    """Build the `order by` of the rows to be put into a table; empty for one that keeps its order."""
    if table not in SORTED:
        return ""
    counted = f"select (select count(*) from institutions), (select count(*) from {incoming})"
    [(homes, rows)] = con.execute(counted).fetchall()
    homes_a_run = max(1, homes * ROWS // max(1, rows))
    return f"order by institution_id // {homes_a_run}, {', '.join(SORTED[table])}"
