"""The frame of every page: the menus along the top, the shared filters, nothing else."""

import logging
from pathlib import Path
from typing import Literal

import duckdb
import streamlit as st

from dashboard import dropped, markup, session
from dashboard import filters as shared
from dashboard.guard import leaving
from dashboard.guard.here import here
from dashboard.guard.roles import Person, RefusedError
from dashboard.view import View
from queries.lake import LakeError
from queries.scope import ScopeError
from queries.warehouse import PointerError

HERE = Path(__file__).parent
INTAKE = "intake"
OFFICES_OWN = {INTAKE, "audit"}
"""Pages for the office alone; they are there before there are any data."""
GROUPS = {
    "看全局": [("总览", "overview"), ("阶段进度", "phases"), ("逐条查验", "checklist")],
    "查问题": [
        ("隐患整改", "hazards"),
        ("逾期督办", "overdue"),
        ("乡镇热力", "heatmap"),
        ("履职落实", "duties"),
        ("培训演练", "training"),
        ("共性问题", "common"),
        ("检查举报", "inspections"),
    ],
    "看单位": [("乡镇画像", "township"), ("机构档案", "institution")],
    "会上用": [("会议演示", "present"), ("材料导出", "export")],
    "管数据": [
        ("数据导入", "intake"),
        ("数据质量", "quality"),
        ("指标说明", "metrics"),
        ("操作记录", "audit"),
    ],
}
HIDDEN = [("明细", "records"), ("隐患", "hazard")]
"""Pages that links alone lead to."""
NOTHING_LOADED = (
    "还没有台账数据。请到“管数据 › 数据导入”交来各镇的工作簿，"
    "或把它们放进 data/ledgers 文件夹后运行 zhiben load；"
    "想先看看样子，可直接运行 zhiben run，它会生成示例数据。"
)
NOTHING_GATHERED = "数据湖里还没有这个范围的数据：各县运行 zhiben load --lake 发布后，这里几秒钟内就会显示。"
NOTHING_YET = "还没有台账数据。县民政局交来台账后再看。"
NOT_DRAWN = (
    "这一页没能画出来，数据没有受影响。请刷新再试；"
    "若仍如此，请把刚才的操作和时间告诉管理员（详情已写入服务器日志）。"
)
DAMAGED = (
    "最近一次发布的数据缺失或已损坏，现在看到的是此前发布的一次，数据截至 {day}。"
    "请经办运行 zhiben doctor，按提示处理。"
)
LAKE_BEHIND = (
    "数据湖里最近一次发布的数据暂时读不出，现在看到的是此前的一次，数据截至 {day}。"
    "稍后会自动再试；若仍如此，请管理员运行 zhiben lake verify。"
)
UNREADABLE = "发布的数据缺失或已损坏，打不开。收到的台账没有受影响：请经办运行 zhiben doctor，按提示处理。"
LAKE_AWAY = "数据湖暂时读不出，数据没有受影响。稍等再刷新；若仍如此，请管理员运行 zhiben lake verify。"
OF_ANOTHER_VERSION = (
    "这一页没能画出来：这份数据是另一版本的程序发布的，数据没有受影响。"
    "请管理员重新运行 zhiben load（或在“数据导入”页重新发布）后再看。"
)


def main() -> None:
    st.set_page_config(page_title="治本看板", layout="wide")
    for sheet in ("style.css", "print.css"):
        st.html(HERE / sheet)
    try:
        person = here()
        page = st.navigation(_pages(person), position="top", expanded=True)
        _draw(page, person)
    except (RefusedError, ScopeError) as problem:
        leaving.refused(str(problem))
    except (duckdb.BinderException, duckdb.CatalogException):  # what the build lacks, this program's has
        _failed(OF_ANOTHER_VERSION)
    except LakeError as problem:
        _failed(str(problem))
    except (duckdb.IOException, PointerError):
        _failed(LAKE_AWAY if session.is_lake() else UNREADABLE)
    except Exception:
        _failed(NOT_DRAWN)


def _failed(words: str) -> None:
    """Log what went wrong, and tell the reader what to do."""
    logging.getLogger(__name__).exception("page failed")
    st.error(words)


def _draw(page: st.Page, person: Person) -> None:
    """Run the page with the shared filters; without any data the office's own alone."""
    build = session.current()
    if build is not None:
        dropped.put_back()
        st.session_state["view"] = View(build, *shared.draw(build))
        dropped.see(build, page.url_path)
        if session.showing.is_behind:
            st.warning((LAKE_BEHIND if session.is_lake() else DAMAGED).format(day=build.as_of))
    else:
        st.session_state.pop("view", None)
    if build is None and page.url_path not in OFFICES_OWN:
        markup.empty(_nothing(person))
    leaving.draw(person)
    if build is not None or page.url_path in OFFICES_OWN:
        page.run()


def _nothing(person: Person) -> str:
    """What is said where there are no data yet."""
    if session.is_lake():
        return NOTHING_GATHERED
    return NOTHING_LOADED if person.is_office else NOTHING_YET


def offered(person: Person) -> dict[str, list[tuple[str, str]]]:
    """The entries of GROUPS that are there for somebody."""
    left_out = {*(OFFICES_OWN if not person.is_office else ()), *({INTAKE} if session.is_lake() else ())}
    return {
        group: [(title, path) for title, path in entries if path not in left_out]
        for group, entries in GROUPS.items()
    }


def _pages(person: Person) -> dict[str, list[st.Page]]:
    shown = {group: [_page(*entry) for entry in entries] for group, entries in offered(person).items()}
    return {"": [_page(title, path, visibility="hidden") for title, path in HIDDEN], **shown}


def _page(title: str, path: str, visibility: Literal["visible", "hidden"] = "visible") -> st.Page:
    file = HERE / "pages" / f"{path}.py"
    return st.Page(file, title=title, url_path=path, default=path == "overview", visibility=visibility)
