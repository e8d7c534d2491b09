"""检查举报: who was visited, by whom and how, what came of it; complaints from receipt to settlement."""

import streamlit as st

from dashboard import (
    answers,
    complaint_list,
    headline,
    heat,
    markup,
    missing,
    picking,
    rate_dots,
    sentences,
    show,
    visits,
)

view = show.page("次 = 一次检查，件 = 一件举报投诉")
codes = ("inspected_rate", "unannounced_share", "complaint_settled_rate", "complaints_overdue")
figures = answers.figures(view.code, codes, view.as_of, (), view.filters)
markup.message(sentences.inspections(figures.rows_by_key("metric", named=True, unique=True)))
show.not_applicable(view, "inspected_rate", "unannounced_share", "complaints_overdue")
show.cards(
    view,
    headline.card(view, "inspected_rate"),
    headline.card(view, "unannounced_share"),
    headline.card(view, "hazards_per_visit"),
    headline.card(view, "self_found_rate"),
    headline.card(view, "complaint_settled_rate"),
    headline.card(view, "complaints_overdue"),
)
picks = picking.read(
    view,
    ("unannounced_share", view.by),
    ("hazards_per_visit", view.by, "source"),
)
picking.chips(picks)
left, right = st.columns(2, gap="medium")
with left:
    visits.by_kind(picks.narrowed)
with right:
    visits.course(picks.narrowed)
rate_dots.places(picks, "unannounced_share")
heat.draw(picks, "hazards_per_visit", "source", {})
missing.draw(view, "inspected_rate", "在营机构都检查过")
visits.longest_ago(view)
show.records_behind(picks, "hazards_per_visit", "检查和查出的隐患")
complaint_list.draw(view)
