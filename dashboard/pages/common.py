"""共性问题 (方案五（三）治本): what most homes share, where it comes back, why, what is done against it."""

import streamlit as st

from dashboard import (
    answers,
    common,
    common_homes,
    common_kinds,
    common_rules,
    headline,
    heat,
    kind_causes,
    markup,
    picking,
    sentences_common,
    show,
)

view = show.page("类 = 一类隐患")
kinds = common.kinds(view.code, view.as_of, view.filters).to_dicts()
level = answers.setting(view.code, "common_share")
markup.message(sentences_common.common(kinds, level, common.worst(view), common_rules.answered(view)))
markup.note(common.told(view))
show.not_applicable(view, "responsibility_rate", "emergency_plan_rate", "appraisal_rate")
show.cards(
    view,
    common.kinds_card(view),
    headline.card(view, "recurrence_rate"),
    common.rules_card(view),
    headline.card(view, "responsibility_rate"),
    headline.card(view, "emergency_plan_rate"),
    headline.card(view, "appraisal_rate"),
)
picks = picking.read(
    view,
    ("hazards_found", "kind"),
    ("hazards_found", "kind", "cause"),
    ("recurrence_rate", view.by, "kind"),
)
picking.chips(picks)
left, right = st.columns(2, gap="medium")
with left:
    common_kinds.spread(picks)
with right:
    common_kinds.recurrence(picks)
kind_causes.draw(picks)
heat.draw(picks, "recurrence_rate", "kind", {}, left_out=show.VAGUE)
common_rules.by_kind(view)
common_rules.tasks(view)
common_rules.measures(picks)
common_homes.draw(picks)
show.records_behind(picks, "hazards_found", "隐患清单")
