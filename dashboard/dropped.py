"""Filters in force stay in the address, also where Streamlit drops them.

It drops those whose widgets the browser had not drawn yet when somebody went on to another page: their values
are kept, but a link copied there would be without them. (The page stands in the browser's history both ways:
who goes back from it passes the one without them first.)
"""

import streamlit as st

from dashboard import filters
from dashboard.session import Build

LOST = "lost_filters"
PAGE = "page_of_filters"


def put_back() -> None:
    """To be called before the filters are drawn: what the program sets, Streamlit writes into the address."""
    for key in st.session_state.get(LOST, []):
        st.session_state[key] = st.session_state[key]


def see(build: Build, page: str) -> None:
    """To be called after: runs once more where the address somebody came to lacks filters in force.

    Only a page just come to is looked at: of any other run st.query_params may be older than the address.
    """
    is_new = page != st.session_state.get(PAGE)
    st.session_state[PAGE] = page
    drawn = filters.drawn(build)
    lost = [key for key in drawn if _is_chosen(build, key) and key not in st.query_params]
    st.session_state[LOST] = lost if is_new else []
    if st.session_state[LOST]:
        st.rerun()


def _is_chosen(build: Build, key: str) -> bool:
    """The last day is looked at by whoever chose none, and stands in no address."""
    value = st.session_state.get(key)
    return bool(value) and not (key == "as_of" and value == build.as_of)
