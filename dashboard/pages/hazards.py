"""隐患整改: what was found, what is put right, what comes back, and where."""

import streamlit as st

from dashboard import answers, headline, markup, sentences, show

view = show.page()
rows = show.population(view, "hazards_open")
rate = headline.value(answers.figures(view.code, ("rectification_rate",), view.as_of, (), view.filters))
markup.message(sentences.hazards(rows.height, rows.filter("is_major").height, rate.value))
show.not_applicable(view, "hazards_open")
show.cards(
    show.card(view, "hazards_found"),
    show.card(view, "rectification_rate"),
    show.card(view, "on_time_rate"),
    show.card(view, "hazards_open"),
    show.card(view, "verification_rate"),
    show.card(view, "recurrence_rate"),
)
left, right = st.columns(2, gap="medium")
with left:
    show.course(view)
with right:
    show.closing_curve(view)
town = show.town_dots(view, "rectification_rate")
first, second, third = st.columns(3, gap="medium")
with first:
    area = show.count_bars(view, "hazards_found", by="area")
with second:
    kind = show.count_bars(view, "hazards_found", by="kind")
with third:
    cause = show.count_bars(view, "hazards_found", by="cause")
chosen = {"township": town, "area": area, "kind": kind, "cause": cause}
show.records_behind(view, "hazards_found", chosen, "隐患清单")
