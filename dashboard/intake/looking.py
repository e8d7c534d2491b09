"""What new ledgers would give, before anything is published: file by file, and in the headline figures."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
import streamlit as st

import etl
from dashboard import markup
from dashboard.intake.staging import Staged
from dashboard.markup import Html
from dashboard.parts import plain_table
from dashboard.words import NOTHING, figure, moved, number
from queries.catalog import catalog
from queries.compare import points
from queries.evaluate import evaluate_many
from queries.warehouse import current_build, open_build

HEADLINE = (
    "hazards_found",
    "rectification_rate",
    "on_time_rate",
    "overdue",
    "major_open",
    "clear_institutions",
    "self_check_rate",
    "evacuation_drill_rate",
    "phase_progress",
)
REPORTS = "intake_reports"

Row = Mapping[str, Any]


def preview(office: etl.Office, staged: Staged, as_of: date) -> etl.Report:
    """The report of shelf and new files together, made once for the same files and day."""
    reports: dict[tuple[str, date], etl.Report] = st.session_state.setdefault(REPORTS, {})
    key = (staged.key, as_of)
    if key not in reports:
        with st.spinner("正在读取并核对台账……"):
            reports[key] = etl.preview(office, staged.files, as_of, staged.scratch)
    return reports[key]


def own_files(report: etl.Report, staged: Staged) -> list[Row]:
    """The entries of the report that are of the new files."""
    names = {file.name for file in staged.files}
    return [entry for entry in report.as_dict()["files"] if entry["path"] in names]


def file_table(entries: list[Row]) -> None:
    """Per file and sheet: as what it was read, and what became of its rows."""
    heads = ("文件", "工作表", "台账", "数据行", "计入", "并入", "未计入", "有提醒", "说明")
    plain_table.draw("各文件核对结果", heads, [_file_line(entry) for entry in entries], numbers=range(3, 8))


def _file_line(entry: Row) -> tuple[object, ...]:
    rows = entry["rows"]
    counts = [number(rows[name]) for name in ("read", "taken", "merged")]
    refused = Html(f'<b class="alarm">● {rows["refused"]}</b>') if rows["refused"] else "0"
    kind = etl.LEDGERS[entry["kind"]].name if entry["kind"] else "未识别"
    said = Html(f'<b class="alarm">● {markup.text(entry["reason"])}</b>') if entry["reason"] else "已读入"
    return entry["path"], entry["sheet"], kind, *counts, refused, number(rows["warned"]), said


def problems(report: etl.Report, staged: Staged) -> pl.DataFrame:
    """Every refusal and warning of the new files, refusals first.

    Columns: 处理, 文件, 工作表, 行, 列, 所填的值, 原因与处理办法.
    """
    names = {file.name for file in staged.files}
    lines = [
        (word, issue["path"], issue["sheet"], issue["row"], issue["column"], issue["value"], issue["message"])
        for word, issues in (("未计入", report.refusals()), ("提醒", report.warnings()))
        for issue in issues
        if issue["path"] in names
    ]
    columns = ["处理", "文件", "工作表", "行", "列", "所填的值", "原因与处理办法"]
    types = [pl.Int64 if name == "行" else pl.String for name in columns]
    return pl.DataFrame(lines, schema=dict(zip(columns, types, strict=True)), orient="row")


def change_table(office: etl.Office, staged: Staged, report: etl.Report, as_of: date) -> None:
    """The county's headline figures now, and as they would be."""
    after = _figures(staged.scratch, report.build, as_of)
    build = current_build(office.warehouse)
    before = _figures(office.warehouse, build, as_of) if build else {}
    lines = [_change_line(code, before.get(code), after.get(code)) for code in HEADLINE]
    plain_table.draw("主要数字的变化", ("指标", "现在", "发布后", "变化"), lines, numbers=(1, 2, 3))


def _figures(warehouse: Any, build: str, as_of: date) -> dict[str, float | None]:
    connection = open_build(warehouse, build)
    try:
        frame = evaluate_many(connection, HEADLINE, as_of)
    finally:
        connection.close()
    return dict(frame.select("metric", "value").iter_rows())


def _change_line(code: str, before: float | None, after: float | None) -> tuple[str, ...]:
    metric = catalog()[code]
    change = NOTHING if before is None or after is None else moved((after - before) * points(metric), metric)
    return metric.name, figure(before, metric), figure(after, metric), change
