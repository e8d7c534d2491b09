"""培训演练: who was trained, by the five groups; who took part in drills; who still owes either."""

import streamlit as st

from dashboard import (
    answers,
    drill_list,
    headline,
    heat,
    markup,
    missing,
    picking,
    rate_bars,
    sentences,
    show,
    town_profile,
)
from dashboard.words import period

DUTIES = ("staff_training", "manager_training", "evacuation_drill")

view = show.page("人次 = 一人参加一次")
coverage = headline.now(view, "training_coverage").value
groups = answers.figures(view.code, ("training_coverage",), view.as_of, ("group",), view.filters)
owing = town_profile.homes_owing(view, DUTIES)
markup.message(sentences.training(coverage, groups.rename({"group": "name"}).to_dicts(), owing))
markup.note("没有名单，只有应训、实训人数，培训覆盖率是上限：同一个人补训两次也会多算。")
show.not_applicable(view, "training_coverage", "drill_participation")
show.cards(
    view,
    headline.card(view, "training_coverage"),
    headline.card(view, "drill_participation"),
    headline.duty_card(view, "staff_training_rate", "staff_training", "closed", "duties"),
    headline.duty_card(view, "staff_training_rate", "staff_training", "running", "duties"),
    headline.duty_card(view, "manager_training_rate", "manager_training", "running", "duties"),
    headline.duty_card(view, "evacuation_drill_rate", "evacuation_drill", "running", "duties"),
)
picks = picking.read(
    view,
    ("training_coverage", "group"),
    ("training_coverage", view.by),
    ("training_coverage", view.by, "period"),
)
names = {value: period(value) for value in answers.periods(view.code, view.as_of)}
picking.chips(picks, names)
left, right = st.columns(2, gap="medium")
with left:
    rate_bars.draw(picks, "training_coverage", "group", in_order=True)
with right:
    rate_bars.draw(picks, "training_coverage", view.by)
heat.draw(picks, "training_coverage", "period", names)
show.records_behind(picks, "training_coverage", "培训覆盖明细", names)
town_profile.owing(view, DUTIES)
left, right = st.columns(2, gap="medium")
drills = picking.read(view, ("drill_participation", view.by))
with left:
    rate_bars.draw(drills, "drill_participation", view.by, note="各以名册人数为限")
with right:
    drill_list.draw(drills.narrowed)
activities = picking.read(view, ("activity_coverage", "kind"))
rate_bars.draw(activities, "activity_coverage", "kind")
missing.draw(activities.narrowed, "activity_coverage", "要求的活动都已开展")
