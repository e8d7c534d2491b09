"""机构档案: one home: its register, duties by period, all events on one time line, each hazard's loop."""

import streamlit as st

from dashboard import (
    answers,
    comparison,
    home_duties,
    home_events,
    home_figures,
    home_profile,
    late,
    listing,
    markup,
    rate_dots,
    sentences,
    show,
    units,
)

view = show.page("处 = 一处隐患")
chosen = units.choose_home(view)
home = home_profile.known(view) if chosen else None
if chosen is None:
    units.trail(view, ("机构档案", ""))
    markup.message(sentences.homes(*units.homes_counted(view), late.of(view)))
    markup.note("最差在上，深色为差；点机构看它的档案，点格看明细。")
    words = st.text_input(
        "查找", placeholder="输入机构或乡镇名称查找", label_visibility="collapsed", max_chars=50
    )
    home_figures.draw(view, words)
elif home is None:
    markup.message(f"{chosen}：到统计截止日期尚未开办")
else:
    town = home["township"]
    units.trail(view, (town, units.to_town(view, town)), (chosen, ""))
    hazards = answers.all_of(view.code, "hazards", view.as_of, view.filters)
    duties = home_duties.owed(view, chosen)
    running = duties.filter("is_running").to_dicts() if home["is_open"] else []
    markup.message(sentences.home(chosen, hazards.to_dicts(), running, view.as_of))
    home_profile.register(view, home)
    home_duties.draw(view, duties)
    mark = home_events.draw(view, hazards)
    if mark:
        home_events.behind(view, hazards, mark)
    home_profile.open_hazards(view, hazards)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        place = comparison.home(view, chosen, town)
        comparison.title(view, place)
        comparison.draw(view, place, comparison.OF_A_HOME)
    with right:
        rate_dots.homes(view, "rectification_rate", town, chosen)
    home_profile.tasks(view, answers.all_of(view.code, "tasks", view.as_of, view.filters))
    markup.title(f"全部隐患 {hazards.height} 处", "点“查看”看整改全过程")
    rows = answers.listed(view.code, "hazards", view.as_of, view.filters)
    listing.draw(
        view,
        listing.urgent_first(rows),
        listing.titles("hazards", rows.columns),
        "home-hazards",
        f"{chosen}隐患清单",
        "筛选范围内没有隐患记录。",
    )
