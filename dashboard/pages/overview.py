"""总览: what must I act on today, are we on course, who is behind; on one screen."""

import streamlit as st

from dashboard import acting, answers, headline, judging, markup, sentences, show, town_figures
from dashboard.parts import phase_strip, todo, town_matrix

MOST_LINES = 7

view = show.page()
phases = answers.phase_tasks(view.code, view.as_of, view.filters)
overdue = answers.rows(view.code, "overdue", view.as_of, view.filters)
majors = overdue.filter("is_major")["township"].to_list()
rate = headline.value(answers.figures(view.code, ("rectification_rate",), view.as_of, (), view.filters)).value
days_left = (view.build.campaign_to - view.as_of).days

markup.message(sentences.county(days_left, rate, majors, sentences.phase_gap(phases.to_dicts())))
phase_strip.draw(phases, view.link("phases"))
show.cards(
    headline.card(view, "rectification_rate", view.link("hazards")),
    headline.card(view, "on_time_rate", view.link("hazards")),
    headline.card(view, "overdue", view.link("overdue"), beneath=f"其中重大 {len(majors)} 处"),
    headline.card(view, "clear_institutions", view.link("records", metric="clear_institutions")),
    headline.duty_card(view, "self_check_rate", "self_check", "closed", "duties"),
    headline.duty_card(view, "evacuation_drill_rate", "evacuation_drill", "running", "duties"),
)
left, right = st.columns([11, 16], gap="medium")
with left:
    lines = acting.lines(view, answers.actions(view.code, view.as_of, view.filters))
    markup.title("今日必督", f"{todo.summary(lines, MOST_LINES)}，按规则排序")
    if lines:
        todo.draw(lines, MOST_LINES)
    else:
        markup.empty("今天没有必须督办的事项。")
    if len(lines) > MOST_LINES:
        with st.expander(f"其余 {len(lines) - MOST_LINES} 条"):
            todo.draw(lines[MOST_LINES:])
            markup.note(acting.order(answers.action_rules(view.code)))
with right:
    columns, rows = town_figures.table(view)
    markup.title(
        sentences.ranking("整改率", town_figures.rates(view), judging.good_from(view, "rectification_rate")),
        "最差在上，深色为差，点格看明细",
    )
    town_matrix.draw(columns, rows)
