"""隐患整改: what was found, what is put right, what comes back, and where."""

import streamlit as st

from dashboard import answers, headline, markup, outlook, picking, rate_dots, sentences, show

view = show.page()
left_open = answers.tally(
    view.code,
    show.population(view, "hazards_open"),
    count="count(*)",
    majors="count(*) filter (is_major)",
)
open_now, majors = left_open.row(0)
rate = headline.now(view, "rectification_rate").value
markup.message(sentences.hazards(open_now, majors, rate))
show.not_applicable(view, "hazards_open")
show.cards(
    view,
    headline.card(view, "hazards_found"),
    headline.card(view, "rectification_rate"),
    headline.card(view, "on_time_rate"),
    headline.card(view, "hazards_open"),
    headline.card(view, "verification_rate"),
    headline.card(view, "recurrence_rate"),
)
outlook.draw(view)
picks = picking.read(
    view,
    ("rectification_rate", view.by),
    ("hazards_found", "area"),
    ("hazards_found", "kind"),
    ("hazards_found", "cause"),
)
picking.chips(picks)
left, right = st.columns(2, gap="medium")
with left:
    show.course(picks.narrowed)
with right:
    show.closing_curve(picks.narrowed)
rate_dots.places(picks, "rectification_rate")
for column, by in zip(st.columns(3, gap="medium"), ("area", "kind", "cause"), strict=True):
    with column:
        show.count_bars(picks, "hazards_found", by=by)
show.records_behind(picks, "hazards_found", "隐患清单")
