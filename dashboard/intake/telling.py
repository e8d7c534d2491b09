"""What has been done, said on the page drawn anew."""

import streamlit as st

from dashboard import markup
from dashboard.running.watch import watch

SAID = "said"


def told(words: str) -> None:
    """Say so on the page drawn anew, with the figures of what has just been published."""
    with st.spinner("正在换上新的数字……"):
        watch.catch_up()
    st.session_state[SAID] = words
    st.rerun()


def say() -> None:
    """Say once what was told before the page was drawn anew."""
    if words := st.session_state.pop(SAID, None):
        st.success(markup.plain(words))
