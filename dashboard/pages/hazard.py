"""隐患: one hazard's whole loop; where links lead, not in the menus."""

import streamlit as st

from dashboard import hazard_link, hazard_loop, markup, sentences, show, units

view = show.page()
found = hazard_link.find(view, st.query_params.get("hazard", ""))
if not found:
    units.trail(view, ("隐患", ""))
    markup.empty(
        "到统计截止日期，现有台账里没有这条链接所指的隐患：链接可能不完整，截止日期可能早于发现日期，"
        "或台账已更正它的发现日期、描述。请从机构档案或隐患整改页重新找到它。"
    )
for hazard_id in found:
    row = hazard_loop.read(view, hazard_id)
    home, town = row["institution"], row["township"]
    steps = ((town, units.to_town(view, town)), (home, units.to_home(view, home, town)), ("隐患", ""))
    units.trail(view, *steps)
    markup.message(sentences.hazard(row))
    hazard_loop.loop(view, row)
    hazard_loop.known(view, row)
    hazard_loop.came_back(view, row)
    hazard_loop.sources(view, row)
