"""乡镇画像: one town: its figures against the county's, its homes, its open items, its reporting."""

import streamlit as st

from dashboard import (
    answers,
    comparison,
    home_figures,
    intake_tables,
    late,
    listing,
    markup,
    most,
    rate_dots,
    sentences,
    show,
    town_figures,
    town_profile,
    units,
)
from dashboard.parts import town_matrix

view = show.page("处 = 一处隐患")
town = units.choose_town(view)
overdue = late.of(view)
if town is None:
    units.trail(view, ("乡镇画像", ""))
    good = town_profile.good_from(view)
    markup.message(sentences.ranking("整改率", town_figures.rates(view), good, by=view.storey.word))
    markup.note(f"最差在上，深色为差；点{view.storey.word}看它的{view.storey.opens}，点格看明细。")
    towns = town_figures.table(view)
    town_matrix.draw(towns, view.storey.name)
    most.note(towns.known, view.storey.counted)
else:
    units.trail(view, (town, ""))
    count, closed = units.homes_counted(view)
    units_compared = comparison.town(view)
    markup.message(sentences.town(town, count - closed, overdue))
    town_profile.courses(view, town)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        comparison.title(view, units_compared)
        comparison.draw(view, units_compared, comparison.OF_A_TOWN)
    with right:
        rate_dots.homes(view, "rectification_rate", town)
        town_profile.areas(view)
    home_figures.of_a_town(view)
    town_profile.owing(view)
    markup.title(sentences.overdue(overdue), "重大在前，逾期久的在前；点“查看”看整改全过程")
    rows = answers.behind(view.code, "overdue", view.as_of, view.filters)
    shown = listing.titles("overdue", rows.columns)
    name = f"{town}逾期隐患"
    listing.draw(view, listing.urgent_first(rows), shown, "town-overdue", name, "没有逾期未整改的隐患。")
    intake_tables.towns(view)
