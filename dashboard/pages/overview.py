"""总览: what must I act on today, are we on course, who is behind; on one screen."""

import streamlit as st

from dashboard import (
    acting,
    answers,
    glance,
    home_figures,
    judging,
    markup,
    most,
    registers,
    sentences,
    show,
    town_figures,
)
from dashboard.parts import phase_strip, todo, town_matrix
from dashboard.words import number

MOST_LINES = 7

view = show.page()
phases = answers.phase_tasks(view.code, view.as_of, view.filters)

markup.message(glance.message(view))
phase_strip.draw(phases, view.link("phases"))
show.cards(view, *glance.cards(view))
left, right = st.columns([9, 18] if registers.are_several(view.code) else [11, 16], gap="medium")
with left:
    found = acting.todo(view)
    markup.title("今日必督", f"{todo.summary(found, MOST_LINES)}，按规则排序")
    if found.lines:
        todo.draw(found.lines[:MOST_LINES])
    else:
        markup.empty("今天没有必须督办的事项。")
    if found.count > MOST_LINES:
        with st.expander(f"其余 {number(found.count - MOST_LINES)} 条"):
            todo.draw(found.lines[MOST_LINES:])
            if found.count > len(found.lines):
                markup.note(f"只列前 {len(found.lines)} 条；看其他的请用左侧筛选{view.storey.name}。")
            markup.note(acting.order(answers.action_rules(view.code)))
with right:
    towns = town_figures.table(view)
    markup.title(
        sentences.ranking(
            "整改率",
            town_figures.rates(view),
            judging.good_from(view, "rectification_rate"),
            by=view.storey.word,
        ),
        f"最差在上，深色为差；点{view.storey.word}看它的{view.storey.opens}，点格看明细",
    )
    town_matrix.draw(towns, view.storey.name)
    most.note(towns.known, view.storey.counted)
    if len(view.towns) == 1:
        home_figures.of_a_town(view)
