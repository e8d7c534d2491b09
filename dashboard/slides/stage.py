"""The slides on the screen: full window, 16:9, all of them there at once, so that a change takes no time."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import streamlit as st

from dashboard.slides import screen
from dashboard.slides.parts import Slide

HERE = Path(__file__).parent


@lru_cache(maxsize=8)
def _text(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def draw(slides: Sequence[Slide], wanted: int, seconds: int, way_out: str) -> None:
    """Show slide number `wanted` (from 1), each for `seconds` (0: by hand); Esc leads the `way_out`."""
    component = st.components.v2.component(
        "zhiben_stage", css=_text("stage.css"), js=_text("stage.js"), isolate_styles=False
    )
    first = min(max(wanted, 1), len(slides))
    component(
        key="stage",
        data={
            "slides": [screen.html(slide) for slide in slides],
            "titles": [slide.title for slide in slides],
            "first": first,
            "lost": _lost(wanted, first, len(slides)),
            "seconds": seconds,
            "out": way_out,
        },
    )


def _lost(wanted: int, first: int, count: int) -> str:
    """What to say where a link asks for a page that is not there."""
    return "" if wanted in {0, first} else f"链接里的第 {wanted} 页不存在，共 {count} 页，已到第 {first} 页"
