"""The way out: whoever logged in sees as whom, and can log out; whoever may see nothing is told so."""

import streamlit as st

from dashboard import markup
from dashboard.guard.policy import access
from dashboard.guard.roles import Person

LOGOUT = "/auth/logout"
ROLES = {"leader": "领导", "office": "经办", "county": "县区", "township": "乡镇"}


def draw(person: Person) -> None:
    """At the foot of the sidebar, where somebody has logged in."""
    if access() == "login":
        with st.sidebar:
            who = f"{person.name}（{person.scope.township or ROLES[person.role]}）"
            markup.put(f'<div class="zb-note">{markup.text(who)} {markup.link("退出登录", LOGOUT)}</div>')


def refused(words: str) -> None:
    """All that somebody sees who may see nothing."""
    markup.message("不能查看")
    markup.put(
        f'<div class="zb-empty">{markup.text(words)} {markup.link("退出登录，换一个账号", LOGOUT)}</div>'
    )
