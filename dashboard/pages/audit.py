"""操作记录: who loaded, published, withdrew, went back, took files, logged in or was refused, and when."""

import streamlit as st

from dashboard import folders, markup, show, sources, table
from dashboard.guard import audit
from dashboard.words import number

TITLES = {"at": "时间", "who": "谁", "event": "做了什么", "what": "内容"}

if "view" in st.session_state:
    show.page()
entries = audit.read(audit.folder(folders.own_warehouse()))
markup.message(
    f"{number(entries.height)} 条操作记录：谁在什么时候登录、加载、发布、撤回、退回、导出，谁被拒绝"
)
markup.note(
    "只增不改，一个月一个文件，存在数据仓库旁边的 audit 文件夹。看了哪些页不记，不统计谁用得多少。"
    "左侧的筛选对它不适用。"
)
shown = entries.with_columns(
    event=entries["event"].replace(audit.NAMES), at=entries["at"].str.slice(0, 19).str.replace("T", " ")
)
table.draw(sources.held(shown), TITLES, "audit", "操作记录", "还没有操作记录。")
