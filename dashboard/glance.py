"""The county at a glance: its one sentence and its six figures, the same on 总览 and on the slide."""

from dashboard import answers, headline, late, sentences
from dashboard.parts.cards import Card
from dashboard.view import View
from dashboard.words import number

CODES = ("rectification_rate", "on_time_rate", "overdue", "clear_institutions")


def message(view: View) -> str:
    """How the county, or what the filters leave of it, stands."""
    phases = answers.phase_tasks(view.code, view.as_of, view.filters)
    majors = late.major_places(view)
    days_left = (view.build.campaign_to - view.as_of).days
    gap = sentences.phase_gap(phases.to_dicts())
    return sentences.county(days_left, headline.now(view, "rectification_rate").value, majors, gap)


def cards(view: View) -> list[Card]:
    """Six figures, each leading to its page."""
    wanted = [
        headline.card(view, "rectification_rate", view.link("hazards")),
        headline.card(view, "on_time_rate", view.link("hazards")),
        headline.card(
            view, "overdue", view.link("overdue"), beneath=f"其中重大 {number(late.of(view).majors)} 处"
        ),
        headline.card(view, "clear_institutions", view.link("records", metric="clear_institutions")),
        headline.duty_card(view, "self_check_rate", "self_check", "closed", "duties"),
        headline.duty_card(view, "evacuation_drill_rate", "evacuation_drill", "running", "duties"),
    ]
    return headline.cards(view, wanted)
