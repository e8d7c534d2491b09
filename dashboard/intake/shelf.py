"""What has been accepted: the files, each of which can be withdrawn; the builds, to which one can go back."""

from datetime import datetime
from typing import Any

import streamlit as st

import etl
from dashboard import markup
from dashboard.guard import audit
from dashboard.guard.here import here
from dashboard.intake import telling
from dashboard.words import number

CURRENT = "（现在用的）"


def files(office: etl.Office) -> None:
    """The ledgers accepted so far, and the way to withdraw one."""
    names = etl.accepted_files(office)
    markup.title(f"已收台账 {len(names)} 份", "原样保存；撤回的另存，不会丢失")
    if not names:
        markup.empty("还没有收过台账。从上面交来第一批。")
        return
    left, right = st.columns([5, 1], vertical_alignment="bottom")
    name = left.selectbox("撤回哪一份", names, index=None, placeholder="选择要撤回的文件")
    if right.button("撤回", disabled=name is None, width="stretch") and name is not None:
        said = f"已撤回 {name}，数字恢复为没有它时的样子。"
        _told("withdraw", name, said, lambda: etl.withdraw(office, name))


def builds(office: etl.Office) -> None:
    """The published builds, newest first, and the way back to one."""
    known = etl.history(office.warehouse)
    markup.title(f"发布过 {len(known)} 次", "退回只改看哪一次的结果，不动台账；再次发布时仍以全部台账为准")
    if not known:
        return
    left, right = st.columns([5, 1], vertical_alignment="bottom")
    labels = {entry["build"]: _described(entry) for entry in known}
    build = left.selectbox("退回到哪一次", list(labels), None, labels.__getitem__, placeholder="选择一次发布")
    if right.button("退回", disabled=build is None, width="stretch") and build is not None:
        said = f"已退回到 {labels[build]}。"
        _told("rollback", f"构建 {build}", said, lambda: etl.rollback(office.warehouse, build))


def _described(entry: dict[str, Any]) -> str:
    when = datetime.fromisoformat(entry["loaded_at"]).astimezone()
    rows = entry["rows"].get("taken")
    mark = CURRENT if entry["is_current"] else ""
    sources = f"{len(entry['files'])} 份文件 {number(rows)} 行"
    return f"{when:%Y-%m-%d %H:%M} 发布，截至 {entry['as_of']}，{sources}{mark}"


def _told(event: audit.Event, what: str, words: str, act: Any) -> None:
    """Do it, write it down and say so on the page drawn anew, or say why it could not be done."""
    try:
        act()
    except etl.LoadError as problem:
        st.error(markup.plain(str(problem)))
        return
    audit.note(here().name, event, what)
    telling.told(words)
