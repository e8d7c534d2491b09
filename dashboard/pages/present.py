"""会议演示: the meeting's slides, full window; the same as in PowerPoint."""

import streamlit as st

from dashboard import show
from dashboard.slides import deck, stage

MOST_DIGITS = 6


def number(name: str) -> int:
    """A whole number in the link; 0 where there is none that could be meant."""
    said = st.query_params.get(name, "")
    return int(said) if said.isdecimal() and len(said) <= MOST_DIGITS else 0


view = show.page()
stage.draw(deck(view), number("slide"), number("auto"), view.link(""))
