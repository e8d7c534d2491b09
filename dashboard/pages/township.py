"""乡镇画像: one town: its figures against the county's, its homes, its open items, its reporting."""

import streamlit as st

from dashboard import (
    answers,
    comparison,
    hazard_link,
    home_figures,
    intake_tables,
    listing,
    markup,
    rate_dots,
    sentences,
    show,
    table,
    town_figures,
    town_profile,
    units,
)
from dashboard.parts import town_matrix

view = show.page("处 = 一处隐患")
town = units.choose_town(view)
late = answers.rows(view.code, "overdue", view.as_of, view.filters)
if town is None:
    units.trail(view, ("乡镇画像", ""))
    good = town_profile.good_from(view)
    markup.message(sentences.ranking("整改率", town_figures.rates(view), good))
    markup.note("最差在上，深色为差；点乡镇看它的画像，点格看明细。")
    town_matrix.draw(*town_figures.table(view))
else:
    units.trail(view, (town, ""))
    register = answers.table(view.code, "institutions", view.as_of, view.filters)
    units_compared = comparison.town(view)
    markup.message(sentences.town(town, register.to_dicts(), late.to_dicts()))
    town_profile.courses(view, town)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        comparison.title(view, units_compared)
        comparison.draw(view, units_compared, comparison.OF_A_TOWN)
    with right:
        rate_dots.homes(view, "rectification_rate", town)
        town_profile.areas(view)
    markup.title(sentences.homes(register.to_dicts(), late.to_dicts()), "最差在上；点机构看它的档案")
    home_figures.draw(view, register, "")
    town_profile.owing(view)
    markup.title(sentences.overdue(late.to_dicts()), "重大在前，逾期久的在前；点“查看”看整改全过程")
    ordered = listing.urgent_first(late)
    table.draw(
        ordered,
        listing.titles("overdue", late),
        "town-overdue",
        f"{town}逾期隐患_{view.as_of:%Y-%m-%d}",
        "没有逾期未整改的隐患。",
        hazard_link.addresses(view, ordered),
    )
    intake_tables.towns(view)
