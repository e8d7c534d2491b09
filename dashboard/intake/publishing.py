"""From files looked at to a published build: the sentence, the workbooks to send back, the button."""

import io
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

import etl
from dashboard import download, markup
from dashboard.guard import audit
from dashboard.guard.here import here
from dashboard.intake import looking, telling
from dashboard.intake.staging import Staged, Upload, stage
from dashboard.view import today
from dashboard.words import number

Row = Mapping[str, Any]
CLOCK_BEHIND = (
    "本机日期 {today} 早于现用数据的截至日期 {known_to}：请先校准日期，否则已发生的事会被当作还没有发生。"
)
FEW_FILES = 3
"""So many files are offered one by one at once; more are folded away behind the zip."""


def looked_at(office: etl.Office, uploads: Sequence[Upload], as_of: date) -> tuple[Staged, etl.Report] | None:
    """The dropped files and their report, or None, said on the page, where nothing can be done with them."""
    try:
        staged = stage(uploads)
        return staged, looking.preview(office, staged, as_of)
    except etl.LoadError as problem:
        st.error(markup.plain(str(problem)))
        return None


def sentence(entries: Sequence[Row]) -> str:
    """What would be taken of the new files, and how many of them cannot be read."""
    total = {name: sum(entry["rows"][name] for entry in entries) for name in ("taken", "merged", "refused")}
    unread = len({entry["path"] for entry in entries if entry["reason"]})
    tail = f"；{unread} 份文件有没读进来的部分" if unread else ""
    return (
        f"将计入 {number(total['taken'])} 行，并入已有记录 {number(total['merged'])} 行，"
        f"{number(total['refused'])} 行不计入{tail}"
    )


def returned(staged: Staged, report: etl.Report) -> None:
    """For each file with something to mend: the sender's own workbook with only those cells marked."""
    names = {issue["path"] for issue in (*report.refusals(), *report.warnings())}
    wanting = [file for file in staged.files if file.name in names]
    if not wanting:
        return
    markup.note("退回表是发来的原表，只标出要改的格子，批注里写着原因；改好后再交一次即可。")
    if len(wanting) > 1:
        label = f"下载全部退回表（{len(wanting)} 份，zip）"
        download.button(label, partial(_all_returned, wanting, report), "退回表.zip", "returned", "content")
    with st.expander("逐份下载退回表", expanded=len(wanting) <= FEW_FILES):
        for file in wanting:
            make, name = partial(_returned, file, report), f"退回_{file.stem}.xlsx"
            download.button(
                f"下载退回表：{markup.plain(file.name)}", make, name, f"returned-{file.name}", "content"
            )


def _returned(file: Path, report: etl.Report) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return etl.write_returned(file, file.name, report, Path(folder)).read_bytes()


def _all_returned(files: Sequence[Path], report: etl.Report) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return _zipped([etl.write_returned(file, file.name, report, Path(folder)) for file in files])


def _zipped(paths: Iterable[Path]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in paths:
            archive.write(path, path.name)
    return target.getvalue()


def publish_button(office: etl.Office, staged: Staged, as_of: date, entries: Sequence[Row]) -> None:
    """Publish on a click, with progress; the page is then drawn anew without the files."""
    kept = sum(entry["rows"]["taken"] + entry["rows"]["merged"] for entry in entries)
    if not kept:
        markup.note("这批文件里没有可以计入的行，不能发布。")
        return
    if st.button("发布", type="primary", key=f"publish-{staged.key}"):
        _publish(office, staged, as_of)


def _publish(office: etl.Office, staged: Staged, as_of: date) -> None:
    with st.status("正在发布……", expanded=True) as status:
        try:
            report = etl.accept(
                office,
                staged.files,
                today(),
                as_of,
                lambda name: status.update(label=f"正在读 {markup.plain(name)}"),
            )
        except etl.LoadError as problem:
            status.update(label="没有发布，原来的数据不变", state="error")
            st.error(markup.plain(str(problem)))
            return
    counts = report.counts()
    rows = f"共计入 {number(counts['taken'])} 行，未计入 {number(counts['refused'])} 行"
    names = "、".join(file.name for file in staged.files)
    audit.note(here().name, "publish", f"{names}；构建 {report.build}，{rows}")
    st.session_state["batch"] = st.session_state.get("batch", 0) + 1
    telling.told(f"已发布：{rows}。")


def templates() -> None:
    """The nine empty workbooks, for whoever prefers to start from one."""
    markup.title("空白模板", "九种台账，带下拉选项和填写说明；填好交来，一行都不会被拒")
    download.button("下载全部模板（zip）", _templates, "治本攻坚台账模板.zip", "templates", "content")


def _templates() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return _zipped(etl.write_templates(Path(folder)))
