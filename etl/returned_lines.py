"""What is to be mended in one file, taken from the report."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import polars as pl

from etl.ledgers import LEDGERS
from etl.report import COUNTS, Report

Way = Literal["kept", "copied", "listed"]
"""kept: the sender's own workbook. copied: its cells in a new one. listed: only what is to be mended."""

MOST = 10_000
"""Excel follows some 65,000 links a sheet; nobody mends more than this by hand."""


@dataclass(frozen=True)
class Line:
    """One thing to mend. sheet: None for CSV. columns: where the cell may stand, 1 the first; often one."""

    is_refused: bool
    sheet: str | None
    row: int
    column: str
    columns: tuple[int, ...]
    value: str | None
    message: str

    @property
    def effect(self) -> str:
        effect: str = texts()["effects"]["refused" if self.is_refused else "warned"]
        return effect


@dataclass(frozen=True)
class Job:
    """One file to return: from where, to where, in which way, what to say above, what to mend."""

    source: Path
    target: Path
    way: Way
    intro: tuple[str, ...]
    lines: tuple[Line, ...]


@cache
def texts() -> dict[str, Any]:
    """The words of returned.toml."""
    return tomllib.loads(Path(__file__).with_name("returned.toml").read_text(encoding="utf-8"))


def lines_of(report: Report, name: str) -> list[Line]:
    """Give what is to be mended in a file, what is refused first; a column the sheet lacks stands once."""
    issues = report.issues.filter(path=name).with_columns(is_refused=pl.col("effect") == "refuse")
    is_placed = pl.col("places").list.len() > 0
    lacking = issues.filter(~is_placed).group_by("block_id", "column", "rule", maintain_order=True)
    once = lacking.agg(pl.exclude("rows", "column", "rule").first(), rows=pl.len())
    every = pl.concat([issues.filter(is_placed).with_columns(rows=pl.lit(1)), once], how="diagonal_relaxed")
    ordered = every.sort(
        "is_refused", "block_id", "row", descending=[True, False, False], maintain_order=True
    )
    return [_line(issue) for issue in ordered.iter_rows(named=True)]


def _line(issue: dict[str, Any]) -> Line:
    several = texts()["several"].format(message=issue["message"], count=issue["rows"])
    return Line(
        is_refused=issue["is_refused"],
        sheet=issue["sheet"],
        row=issue["row"],
        column=issue["column"],
        columns=tuple(issue["places"]),
        value=issue["value"],
        message=several if issue["rows"] > 1 else issue["message"],
    )


def intro(report: Report, name: str) -> list[str]:
    """Say which file this is, and what was read of each of its blocks."""
    file = texts()["file"].format(name=name, as_of=report.as_of)
    return [file, *(_read(entry) for entry in report.files.filter(path=name).iter_rows(named=True))]


def _read(entry: dict[str, Any]) -> str:
    sheet = texts()["sheet_name"].format(sheet=entry["sheet"]) if entry["sheet"] else ""
    if entry["kind"] is None:
        reason = entry["reason"].removesuffix(texts()["after"])
        return str(texts()["unread"].format(sheet=sheet, reason=reason))
    counts = {count: entry[count] for count in COUNTS}
    kind = LEDGERS[entry["kind"]].name
    return str(texts()["read"].format(sheet=sheet, kind=kind, header_row=entry["header_row"], **counts))
