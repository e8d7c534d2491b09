"""What the command line prints: answers on stdout, words on stderr."""

import csv
import io
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import polars as pl
import typer
from rich.console import Console
from rich.table import Table

WIDE = 220


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def stop(words: str) -> typer.Exit:
    """Nothing could be done, and why: exit code 1."""
    say(words)
    return typer.Exit(1)


def misused(words: str) -> typer.Exit:
    """Wrong usage, and what would be right: exit code 2."""
    say(words)
    return typer.Exit(2)


def answers(rows: Sequence[Mapping[str, Any]], form: str) -> str:
    """Answers of metrics.md as JSON (unrounded), CSV or a table."""
    if form == "json":
        return json.dumps(rows, ensure_ascii=False, indent=1, default=str)
    columns = list(dict.fromkeys(key for row in rows for key in row))
    lines = [[row.get(column) for column in columns] for row in rows]
    return _csv(columns, lines) if form == "csv" else _table(columns, lines)


def frame(rows: pl.DataFrame, form: str, titles: Mapping[str, str]) -> str:
    """Records: keys English in JSON, headings Chinese elsewhere."""
    if form == "json":
        return json.dumps(rows.to_dicts(), ensure_ascii=False, indent=1, default=str)
    columns = [titles.get(name, name) for name in rows.columns]
    lines = [list(row) for row in rows.iter_rows()]
    return _csv(columns, lines) if form == "csv" else _table(columns, lines)


SIGNS = {"good": "✓", "warn": "▲", "alarm": "✗"}


def findings(found: Sequence[tuple[str, str, str]]) -> str:
    """What a check found, a line each; and in all. `found`: level, what is so, what to do."""
    lines = [f"{SIGNS[level]} {says}" + (f" → {do}" if do else "") for level, says, do in found]
    alarms, warnings = (sum(each[0] == level for each in found) for level in ("alarm", "warn"))
    total = f"{alarms} 处必须处理，{warnings} 处留意。" if alarms or warnings else "一切正常。"
    return "\n".join([*lines, total])


def builds(rows: Sequence[Mapping[str, Any]]) -> str:
    columns = ["", "构建", "统计截止", "发布时间", "文件", "计入行", "未计入行"]
    lines = [
        [
            "当前" if row["is_current"] else "",
            row["build"],
            row["as_of"],
            datetime.fromisoformat(row["loaded_at"]).astimezone().strftime("%Y-%m-%d %H:%M"),
            len(row["files"]),
            row["rows"].get("taken"),
            row["rows"].get("refused"),
        ]
        for row in rows
    ]
    return _table(columns, lines)


def published(entries: Sequence[Mapping[str, Any]]) -> str:
    """What counties published to a lake."""
    columns = ["", "代码", "县区", "构建", "统计截止", "发布时间", "隐患", "机构"]
    lines = [
        [
            "当前" if row["is_current"] else "",
            *(row[name] for name in ("county_id", "county", "build", "as_of")),
            _local(row["loaded_at"]) + ("（回退）" if row["is_rollback"] else ""),
            *(row["rows"].get(table) for table in ("hazards", "institutions")),
        ]
        for row in entries
    ]
    return _table(columns, lines)


def _local(moment: datetime) -> str:
    """A moment of UTC on the office's clock."""
    return moment.replace(tzinfo=UTC).astimezone().strftime("%Y-%m-%d %H:%M")


def _csv(columns: Sequence[str], lines: Sequence[Sequence[object]]) -> str:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([[_harmless(value) for value in line] for line in lines])
    return target.getvalue().rstrip("\n")


def _harmless(value: object) -> object:
    """A cell that a spreadsheet would run as a formula is written as text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@")) else value


def _table(columns: Sequence[str], lines: Sequence[Sequence[object]]) -> str:
    table = Table(*columns, box=None, pad_edge=False)
    for line in lines:
        table.add_row(*("—" if value is None else str(value) for value in line))
    target = io.StringIO()
    Console(file=target, width=WIDE, color_system=None).print(table)
    return target.getvalue().rstrip("\n")
