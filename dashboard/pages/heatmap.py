"""乡镇热力: any metric, towns × time, area, kind or duty; a click on a cell shows what is behind it."""

import streamlit as st

from dashboard import answers, heat, markup, picking, show, town_map
from dashboard.words import period
from queries.catalog import DIMENSIONS

COLUMNS = (
    "month",
    "quarter",
    "period",
    "area",
    "kind",
    "severity",
    "cause",
    "source",
    "age",
    "phase",
    "duty",
    "group",
)

view = show.page()
left, right = st.columns(2)
choices = {
    code: [name for name in COLUMNS if name in answers.dimensions(view.code, code)]
    for code in answers.metrics()
}
codes = [
    code for code, columns in choices.items() if columns and view.by in answers.dimensions(view.code, code)
]
code = left.selectbox(
    "指标",
    codes,
    codes.index("on_time_rate"),
    format_func=lambda code: answers.metric(code).name,
    key="metric",
    bind="query-params",
)
column = right.selectbox(
    "横向看",
    choices[code],
    choices[code].index("quarter") if "quarter" in choices[code] else 0,
    format_func=DIMENSIONS.__getitem__,
    key="columns",
    bind="query-params",
)
names = answers.names(view.code, column) if column in {"phase", "duty"} else {}
if column == "period":
    names = {value: period(value) for value in answers.periods(view.code, view.as_of)}
markup.note(answers.metric(code).explain)
show.not_applicable(view, code)
picks = picking.read(view, (code, view.by), (code, view.by, column))
picking.chips(picks, names)
if town_map.has_places(view):
    left, right = st.columns([2, 5], gap="medium")
    with left:
        town_map.draw(picks, code)
    with right:
        heat.draw(picks, code, column, names, is_page=True)
else:
    heat.draw(picks, code, column, names, is_page=True)
show.records_behind(picks, code, f"{answers.metric(code).name}明细", names)
