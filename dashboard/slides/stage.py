"""The slides on the screen: full window, 16:9, all of them there at once, so that a change takes no time."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import streamlit as st

from dashboard.slides import screen
from dashboard.slides.parts import Slide

HERE = Path(__file__).parent


@cache
def _text(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def draw(slides: Sequence[Slide], first: int, seconds: int, way_out: str) -> None:
    """Show slide number `first` (from 1), each for `seconds` (0: turned by hand); Esc leads the `way_out`."""
    component = st.components.v2.component(
        "zhiben_stage", css=_text("stage.css"), js=_text("stage.js"), isolate_styles=False
    )
    component(
        key="stage",
        data={
            "slides": [screen.html(slide) for slide in slides],
            "titles": [slide.title for slide in slides],
            "first": min(max(first, 1), len(slides)),
            "seconds": seconds,
            "out": way_out,
        },
    )
