"""材料导出: what goes into the meeting and to the towns, made of the very figures of the pages."""

from functools import partial
from pathlib import Path

import streamlit as st

from dashboard import download, markup, show
from dashboard.export.kinds import KINDS, notices_by_unit
from dashboard.filters import described

view = show.page()
chosen = described(view.build, view.as_of, view.filters)
scope = f"只含{chosen}" if chosen else view.storey.whole
markup.message(f"{len(KINDS)} 种材料，截至 {view.as_of.isoformat()}，{scope}")
markup.note("材料里的数字与各页完全相同；左侧的日期和筛选对材料同样有效。点下载时才生成，稍等片刻。")
for code, kind in KINDS.items():
    left, right = st.columns([4, 1], vertical_alignment="center")
    with left:
        markup.title(kind.name, kind.purpose)
    with right:
        download.button(f"下载{kind.name}", partial(kind.make, view), kind.file_name(view), f"export-{code}")
left, right = st.columns([4, 1], vertical_alignment="center")
with left:
    markup.title("督办通知单，分单位", "每个单位一个 Word 文件，打成一个压缩包，可直接分发")
with right:
    name = Path(KINDS["notices"].file_name(view)).with_suffix(".zip").name
    download.button("下载压缩包", partial(notices_by_unit, view), name, "export-notices-zip")
