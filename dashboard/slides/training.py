"""Training and drills: who was reached, by the five groups."""

from collections.abc import Iterator

from dashboard import answers, headline, judging, sentences, town_profile
from dashboard.slides import said
from dashboard.slides.parts import Bar, Bars, Figures, Slide
from dashboard.view import View
from dashboard.words import fraction, percent


def slides(view: View) -> Iterator[Slide]:
    coverage = headline.now(view, "training_coverage").value
    groups = answers.figures(view.code, ("training_coverage",), view.as_of, ("group",), view.filters)
    duties = [duty for duty in ("staff_training", "manager_training", "evacuation_drill") if _has(view, duty)]
    owing = town_profile.homes_owing(view, duties) if duties else 0
    rows = groups.rename({"group": "name"}).to_dicts()
    bars = [
        Bar(row["name"], row["value"], percent(row["value"]), _part(row))
        for row in rows
        if row["value"] is not None
    ]
    level = judging.good_from(view, "training_coverage")
    codes = ("training_coverage", "drill_participation")
    cards = headline.cards(view, [headline.card(view, code) for code in codes])
    yield Slide(
        "training",
        sentences.training(coverage, rows, owing),
        [Bars("培训覆盖率，按五类人员", bars, 1, level=level), Figures(cards)],
        said.source(view, "机构自己组织的培训和演练，各以名册人数为限"),
        said.notes(view, *codes),
        shares=(2, 1),
    )


def _has(view: View, duty: str) -> bool:
    return duty in answers.names(view.code, "duty")


def _part(row: dict[str, float]) -> str:
    return fraction(row["numerator"], row["denominator"])
