"""逾期督办: every overdue hazard, who answers for it, how long it has waited."""

import streamlit as st

from dashboard import markup, people, sentences, show

view = show.page()
rows = show.population(view, "overdue")
majors = rows.filter("is_major")

markup.message(sentences.overdue(rows.to_dicts()))
show.not_applicable(view, "overdue", "major_open")
show.cards(
    show.card(view, "overdue", beneath=f"其中重大 {majors.height} 处"),
    show.card(view, "major_open"),
    show.card(view, "on_time_rate"),
    show.card(view, "ledger_completeness"),
)
left, right = st.columns(2, gap="medium")
with left:
    town = show.count_bars(view, "overdue", by="township")
with right:
    age = show.count_bars(view, "overdue_ages", by="age")
    people.draw(rows)
show.records_behind(view, "overdue", {"township": town, "age": age}, "逾期隐患清单")
