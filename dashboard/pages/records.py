"""明细: exactly the records behind one figure or one line of 今日必督; where links lead, not in the menus."""

import streamlit as st

from dashboard import behind, listing, markup, show

view = show.page()
asked = behind.asked(view, st.query_params.to_dict())
if asked is None:
    markup.empty("链接里没有可显示的指标或事项，请回到总览再点一次。")
else:
    markup.message(asked.message)
    markup.note(asked.explain)
    listing.draw(view, behind.choose(view, asked), asked.titles, "records", asked.name)
