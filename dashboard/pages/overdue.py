"""逾期督办: every overdue hazard, who answers for it, how long it has waited."""

import streamlit as st

from dashboard import headline, late, markup, people, picking, sentences, show
from dashboard.words import number

view = show.page()
overdue = late.of(view)
markup.message(sentences.overdue(overdue))
show.not_applicable(view, "overdue", "major_open")
show.cards(
    view,
    headline.card(view, "overdue", beneath=f"其中重大 {number(overdue.majors)} 处"),
    headline.card(view, "major_open"),
    headline.card(view, "on_time_rate"),
    headline.card(view, "ledger_completeness"),
)
picks = picking.read(view, ("overdue", view.by), ("overdue_ages", "age"))
picking.chips(picks)
left, right = st.columns(2, gap="medium")
with left:
    show.count_bars(picks, "overdue", by=view.by)
with right:
    show.count_bars(picks, "overdue_ages", by="age")
    people.draw(picks.narrowed)
show.records_behind(picks, "overdue", "逾期隐患清单")
