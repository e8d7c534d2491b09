"""The one place that draws a figure, and says which mark is chosen."""

import json
from collections.abc import MutableMapping
from functools import partial
from typing import Any, cast

import streamlit as st

from dashboard.charts import assets
from dashboard.charts.frame import Figure

# Goes with every chart at every rerun; what it imports is loaded once. One line would be taken for a path.
_MOUNT = f"""const script = location.origin + "{assets.address()}/chart.js";
export default async (component) => (await import(script)).default(component);"""
_component = st.components.v2.component("zhiben_chart", js=_MOUNT, isolate_styles=False)


def draw(
    figure: Figure,
    key: str,
    spoken: str,
    *,
    clickable: bool = False,
    private: bool = False,
    choice: str = "",
) -> str | None:
    """Show a figure in its place; returns what the chosen mark stands for (its customdata), or None.

    `key` names the chart on its page, and its choice in the link: a rerun with the same key updates what is
    drawn. `spoken` says the figure in words to those who cannot see it. With `clickable`, a click (or arrows
    and Enter) on a mark chooses it; another click on it, Esc, or `release(key)` lets go of it. What is chosen
    stays through other filters as long as its mark is there. `private` (names of people): not in the link.
    `choice`: the key of another chart of the same marks that shares its choice with this one.
    """
    kept = choice or key
    mark = told(kept, private=private) if clickable else None
    chosen = mark if mark in marks(figure) else None
    sent = {"spoken": spoken, "chosen": chosen, "clickable": clickable, "figure": figure}
    _component(
        key=f"chart-{key}",
        data=json.dumps(
            sent, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=str
        ).encode(),
        height=figure["layout"]["height"],
        on_chosen_change=partial(_choose, key, kept, private=private),
    )
    return chosen


def told(key: str, *, private: bool = False) -> str | None:
    """What a chart's chosen mark stands for, before the chart is drawn; its mark may be there no more."""
    mark = _store(private).get(key)
    return None if mark is None else str(mark)


def marks(figure: Figure) -> set[str]:
    """What the marks of a figure stand for."""
    return {mark for trace in figure["data"] for mark in trace.get("customdata", ())}


def release(key: str, *, private: bool = False) -> None:
    """Let go of what is chosen in a chart: in a callback, or before the chart is drawn."""
    _store(private).pop(key, None)


def _choose(key: str, kept: str, *, private: bool) -> None:
    mark = st.session_state[f"chart-{key}"]["chosen"]
    if mark is None:
        release(kept, private=private)
    else:
        _store(private)[kept] = mark


def _store(private: bool) -> MutableMapping[str, Any]:
    return cast("MutableMapping[str, Any]", st.session_state if private else st.query_params)
