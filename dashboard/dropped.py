"""Filters in force stay in the address, also where Streamlit drops them.

It drops those whose widgets the browser had not drawn yet when somebody went on to another page: their values
are kept, but a link copied there, or a page gone back to, would be without them.
"""

import streamlit as st

from dashboard.filters import KEYS
from dashboard.session import Build

LOST = "lost"
PAGE = "page"


def put_back() -> None:
    """To be called before the filters are drawn: what the program sets, Streamlit writes into the address."""
    for key in st.session_state.pop(LOST, []):
        st.session_state[key] = st.session_state[key]


def see(build: Build, page: str) -> None:
    """To be called after: runs once more where the address somebody came to lacks filters in force.

    Only a page just come to is looked at: of any other run st.query_params may be older than the address.
    """
    is_new = page != st.session_state.get(PAGE)
    st.session_state[PAGE] = page
    lost = [key for key in KEYS if _is_chosen(build, key) and key not in st.query_params]
    if is_new and lost:
        st.session_state[LOST] = lost
        st.rerun()


def _is_chosen(build: Build, key: str) -> bool:
    """The last day is looked at by whoever chose none, and stands in no address."""
    value = st.session_state.get(key)
    return bool(value) and not (key == "as_of" and value == build.as_of)
