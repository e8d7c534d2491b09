"""履职落实: which home did its standing duties in which period, and who still owes what."""

import streamlit as st

from dashboard import answers, duty_grid, headline, heat, markup, picking, sentences, show
from dashboard.words import period

view = show.page("家 = 一家养老机构")
duties = answers.names(view.code, "duty")
duty = st.pills(
    "职责",
    list(duties),
    format_func=duties.__getitem__,
    default=next(iter(duties)),
    key="duty",
    bind="query-params",
    required=True,
)
code = f"{duty}_rate"
rows = answers.listed(view.code, "duties", view.as_of, view.filters).where("duty = $duty", duty=duty)
periods = duty_grid.by_period(view, rows)
markup.message(sentences.duty(answers.metric(code).name, periods, view.as_of))
markup.note(duty_grid.rule(view, duty))
show.not_applicable(view, code)
show.cards(
    view,
    headline.duty_card(view, code, duty, "closed"),
    headline.duty_card(view, code, duty, "running"),
    headline.card(view, code, name="已结束各期合计"),
)
picks = picking.read(view, (code, view.by, "period"))
names = {value: period(value) for value in dict.fromkeys(each["period"] for each in periods)}
picking.chips(picks, names)
duty_grid.owing(view, rows, duty, periods)
heat.draw(picks, code, "period", {})
duty_grid.homes(view, rows, periods)
show.records_behind(picks, code, f"{duties[duty]}明细", names, every=rows)
