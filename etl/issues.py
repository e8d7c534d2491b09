"""What judging has to say about rows: one line an issue, in frames until the report words them."""

from typing import Literal, NamedTuple

import polars as pl

Effect = Literal["refuse", "set_aside", "warn"]
"""refuse: no record to keep. set_aside: this one value is treated as blank. warn: taken as it is."""

SCHEMA = pl.Schema(
    {"row_id": pl.UInt32, "field": pl.String, "rule": pl.String, "effect": pl.String, "detail": pl.String}
)


class Judged(NamedTuple):
    """Rows, and the issues found so far; a refused row stays among the rows until they are merged."""

    rows: pl.DataFrame
    issues: pl.DataFrame

    def adding(self, *issues: pl.DataFrame) -> "Judged":
        return Judged(self.rows, pl.concat([self.issues, *issues]))

    def with_rows(self, rows: pl.DataFrame) -> "Judged":
        return Judged(rows, self.issues)

    def kept(self) -> pl.DataFrame:
        """The rows nothing refuses."""
        refused = self.issues.filter(effect="refuse").select("row_id")
        return self.rows.join(refused, on="row_id", how="anti", maintain_order="left")


def no_issues() -> pl.DataFrame:
    return SCHEMA.to_frame()


def issues_of(
    rows: pl.DataFrame,
    field: str | pl.Expr,
    rule: str | pl.Expr,
    effect: str | pl.Expr,
    detail: str | pl.Expr | None = None,
) -> pl.DataFrame:
    """One issue for each of these rows (they need `row_id`); texts are constants, expressions are per row."""
    columns = {"field": field, "rule": rule, "effect": effect, "detail": detail}
    said = {
        name: value if isinstance(value, pl.Expr) else pl.lit(value, pl.String)
        for name, value in columns.items()
    }
    return rows.select("row_id", **said).cast(SCHEMA)
