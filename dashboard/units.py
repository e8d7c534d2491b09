"""Towns and homes as pages of their own: links to them, the way one came, the choice on the page."""

from collections.abc import Sequence

import streamlit as st

from dashboard import answers, markup, registers
from dashboard.filters import offered_homes
from dashboard.markup import Html
from dashboard.view import View


def to_home(view: View, institution: str, township: str) -> str:
    """The address of a home's page; a choice of other towns is let go of, as it would hide the home."""
    towns = view.filters.townships if township in view.filters.townships else None
    return view.link("institution", institution=institution, township=towns)


def to_town(view: View, township: str) -> str:
    """The address of a town's page, of all its homes."""
    return view.link("township", township=township, institution=None)


def to_place(view: View, name: str) -> str:
    """The address of what a place is made of: a county's towns, a town's homes."""
    if view.by == "county":
        return view.link("overview", county=name, institution=None)
    return to_town(view, name)


def home(view: View, institution: str, township: str) -> Html:
    return markup.link(markup.text(institution), to_home(view, institution, township))


def town(view: View, township: str) -> Html:
    return markup.link(markup.text(township), to_town(view, township))


def trail(view: View, *steps: tuple[str, str]) -> None:
    """The way from the county down to here; `steps`: (name, address), the last one is this page."""
    start = ("总览", view.link("overview", township=None, institution=None))
    *above, (last, _) = (start, *steps)
    links = [markup.link(markup.text(name), address) for name, address in above]
    markup.put(f'<nav class="zb-trail" aria-label="所在位置">{" › ".join([*links, markup.text(last)])}</nav>')


def homes_counted(view: View) -> tuple[int, int]:
    """How many homes the register has within the filters, and how many of them are closed."""
    found = answers.tally(
        view.code,
        answers.listed(view.code, "institutions", view.as_of, view.filters),
        homes="count(*)",
        closed="count(*) filter (not is_open)",
    )
    homes, closed = found.row(0)
    return homes, closed


def choose_town(view: View) -> str | None:
    """The town looked at: the one that the filters leave; chosen here or in the sidebar."""
    chosen = view.filters.townships
    return _choose("township", "乡镇", registers.townships(view.code), chosen)


def choose_home(view: View) -> str | None:
    """The home looked at: the one that the filters leave; chosen here or in the sidebar."""
    options = offered_homes(view.build, view.filters.townships, view.filters.institutions)
    return _choose("institution", "机构", options, view.filters.institutions)


def _choose(key: str, label: str, options: Sequence[str], chosen: Sequence[str]) -> str | None:
    """A box that sets the shared filter of the same name: there is one choice, not two."""
    only = chosen[0] if len(chosen) == 1 else None
    box = f"{key}-page"
    st.session_state[box] = only
    st.selectbox(
        label,
        options,
        index=None,
        key=box,
        placeholder=f"选一个{label}，可输入名称查找",
        label_visibility="collapsed",
        on_change=_set,
        args=(key, box),
    )
    return only


def _set(key: str, box: str) -> None:
    chosen = st.session_state[box]
    st.session_state[key] = [chosen] if chosen else []
