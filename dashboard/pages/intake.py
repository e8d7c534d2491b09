"""数据导入: drop ledgers, see what they would give, publish; withdraw one, go back; templates."""

import streamlit as st

import etl
from dashboard import folders, markup, show, sources, table
from dashboard.intake import deciding, looking, publishing, shelf, telling
from dashboard.view import today

office = etl.Office.of(folders.own_warehouse())
view = show.page() if "view" in st.session_state else None
markup.message("把收到的台账拖进来：先看清哪些行计入、哪些不计入，再发布")
telling.say()
left, right = st.columns([4, 1])
uploads = left.file_uploader(
    "台账文件（.xlsx、.xls、.et、.csv），可一次选多份，原样即可，不用改格式",
    accept_multiple_files=True,
    key=f"uploads-{st.session_state.get('batch', 0)}",
)
as_of = right.date_input("台账已知到哪一天", today(), max_value=today(), format="YYYY-MM-DD", key="known_to")
if view and not view.build.is_example and view.build.as_of > today():
    st.warning(publishing.CLOCK_BEHIND.format(today=today(), known_to=view.build.as_of))
if uploads:
    looked_at = publishing.looked_at(office, uploads, as_of)
    if looked_at is not None:
        staged, report = looked_at
        entries = looking.own_files(report, staged)
        markup.title(publishing.sentence(entries), "这时还什么都没有改变")
        looking.file_table(entries)
        if report.is_published:
            markup.title("发布后主要数字会怎样变")
            looking.change_table(office, staged, report, as_of)
        publishing.publish_button(office, staged, as_of, entries)
        found = looking.problems(report, staged)
        markup.title("要退回去改的", "不改也能发布：未计入的行留底，改好再交即可补上")
        publishing.returned(staged, report)
        titles = {name: name for name in found.columns}
        table.draw(sources.held(found), titles, "intake-problems", "要改的地方", "没有要改的地方。")
if view and etl.accepted_files(office):
    deciding.decisions(office, view.build)
shelf.files(office)
shelf.builds(office)
publishing.templates()
