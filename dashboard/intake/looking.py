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
from queries.warehouse import is_sound, known_build, open_build

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
COUNTED = ("read", "taken", "merged", "refused", "warned")
COUNTS = ("数据行", "计入", "并入", "未计入", "有提醒")
"""How the counts of COUNTED are headed."""
UNKNOWN = "未识别"
FEW_KINDS = 2
"""So many kinds of ledgers are named, more are counted."""
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
    """What became of each file's rows, those to mend first; sheet by sheet on demand."""
    files: dict[str, list[Row]] = {}
    for entry in entries:
        files.setdefault(entry["path"], []).append(entry)
    heads = ("文件", "台账", *COUNTS, "说明")
    ordered = sorted(files.items(), key=_urgency)
    lines = [_file_line(path, sheets) for path, sheets in ordered]
    plain_table.draw("各文件核对结果", heads, lines, numbers=range(2, 7))
    if len(entries) > len(files):
        with st.expander("逐个工作表看"):
            _sheet_table(entries)


def _sheet_table(entries: list[Row]) -> None:
    heads = ("文件", "工作表", "台账", *COUNTS, "说明")
    plain_table.draw("各工作表核对结果", heads, [_sheet_line(each) for each in entries], range(3, 8))


def _urgency(file: tuple[str, list[Row]]) -> tuple[bool, bool, str]:
    path, sheets = file
    return not _reasons(sheets), not _total(sheets, "refused"), path


def _file_line(path: str, sheets: list[Row]) -> tuple[object, ...]:
    kinds = dict.fromkeys(_kind(sheet) for sheet in sheets if sheet["kind"])
    listed = "、".join(kinds) if len(kinds) <= FEW_KINDS else f"{len(kinds)} 种"
    totals = {name: _total(sheets, name) for name in COUNTED}
    return path, listed or UNKNOWN, *_counts(totals), _said(_reasons(sheets))


def _sheet_line(entry: Row) -> tuple[object, ...]:
    reasons = [entry["reason"]] if entry["reason"] else []
    return entry["path"], entry["sheet"], _kind(entry), *_counts(entry["rows"]), _said(reasons)


def _kind(entry: Row) -> str:
    return etl.LEDGERS[entry["kind"]].name if entry["kind"] else UNKNOWN


def _reasons(sheets: list[Row]) -> list[str]:
    """Why parts of a file could not be read, each with its sheet where the file has several."""
    return [
        f"{sheet['sheet']}：{sheet['reason']}" if sheet["sheet"] and len(sheets) > 1 else str(sheet["reason"])
        for sheet in sheets
        if sheet["reason"]
    ]


def _total(sheets: list[Row], name: str) -> int:
    return sum(int(sheet["rows"][name]) for sheet in sheets)


def _counts(rows: Row) -> tuple[object, ...]:
    """The cells of COUNTS; what is not counted stands out."""
    refused = Html(f'<b class="alarm">● {rows["refused"]}</b>') if rows["refused"] else "0"
    return (*(number(rows[name]) for name in COUNTED[:3]), refused, number(rows["warned"]))


def _said(reasons: list[str]) -> object:
    if not reasons:
        return "已读入"
    return Html(f'<b class="alarm">● {"<br>".join(map(markup.text, reasons))}</b>')


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
    build = known_build(office.warehouse) or ""
    before = _figures(office.warehouse, build, as_of) if is_sound(office.warehouse, build) else {}
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
