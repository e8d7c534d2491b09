"""A unit's figures beside its town's and the county's, where these are known, with how far they are apart."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard import answers, headline, judging, markup
from dashboard.markup import Html
from dashboard.parts import plain_table
from dashboard.parts.cards import badge
from dashboard.view import View
from dashboard.words import STANDINGS, apart, figure, fraction
from queries.catalog import Metric
from queries.fair import of_the_county, standing
from queries.filters import Filters

COUNTY = "全县"
RATES = (
    "rectification_rate",
    "on_time_rate",
    "verification_rate",
    "ledger_completeness",
    "recurrence_rate",
    "self_found_rate",
    "days_to_rectify",
)
DUTIES = (
    "self_check_rate",
    "staff_training_rate",
    "evacuation_drill_rate",
    "manager_training_rate",
    "standard_briefing_rate",
)
OF_A_HOME = (*RATES, *DUTIES, "phase_progress", "overdue")
OF_A_TOWN = (
    *RATES,
    "prompt_report_rate",
    "clear_institutions",
    *DUTIES,
    "phase_progress",
    "overdue",
    "major_open",
)


@dataclass(frozen=True)
class Unit:
    """A unit to compare, with the filters that leave it; the first is the one looked at."""

    name: str
    filters: Filters


def home(view: View, institution: str, township: str) -> list[Unit]:
    whole_town = replace(view.filters, townships=(township,), institutions=())
    return [Unit("本机构", view.filters), Unit(township, whole_town), *_county(view)]


def town(view: View) -> list[Unit]:
    return [Unit("本镇", view.filters), *_county(view)]


def _county(view: View) -> list[Unit]:
    return [Unit(COUNTY, of_the_county(view.filters))] if view.knows_county else []


def figures(view: View, units: Sequence[Unit], codes: Sequence[str]) -> dict[str, list[headline.Value]]:
    """Each metric's answer for each unit, in order."""
    frames = [answers.figures(view.code, tuple(codes), view.as_of, (), unit.filters) for unit in units]
    return {code: [headline.value(frame, metric=code) for frame in frames] for code in codes}


def title(view: View, units: Sequence[Unit], code: str = "rectification_rate") -> None:
    """How the unit's rectification stands beside the widest unit's, the county's if it is known, in words."""
    values = figures(view, units, (code,))[code]
    metric, own, widest = answers.metric(code), values[0], values[-1]
    where = stands(view, metric, own, widest)
    said = f"，{STANDINGS[where]}" if where else ""
    gap = f"，{_than(units)}{apart(own.value, widest.value, metric)}{said}" if units[1:] else ""
    words = f"{metric.name} {figure(own.value, metric)}{gap}" if own.value is not None else "没有隐患记录可比"
    markup.title(words, f"{_beside(units)}；点本单位的数看明细")


def _than(units: Sequence[Unit]) -> str:
    return f"比{units[-1].name}"


def _beside(units: Sequence[Unit]) -> str:
    others = "、".join(unit.name for unit in units[1:])
    return f"各指标与{others}相比" if others else "各项指标"


def draw(view: View, units: Sequence[Unit], codes: Sequence[str]) -> None:
    """A line a metric: its figure for each unit with n/N, and how far the first is from the last."""
    found = figures(view, units, codes)
    heads = ("指标", *(unit.name for unit in units), *([_than(units)] if units[1:] else []), "判断")
    lines = [
        (_name(answers.metric(code)), *_figures(view, code, found[code]), *_verdict(view, code, found[code]))
        for code in codes
        if any(value.value is not None for value in found[code])
    ]
    plain_table.draw(_beside(units), heads, lines, numbers=range(1, len(heads) - 1))


def _name(metric: Metric) -> Html:
    return Html(f'<span class="keep" title="{markup.text(metric.explain)}">{markup.text(metric.name)}</span>')


def _figures(view: View, code: str, values: Sequence[headline.Value]) -> list[Html]:
    """The unit's own figure leads to its records."""
    metric = answers.metric(code)
    own, *others = (_shown(value, metric) for value in values)
    linked = markup.link(f"<b>{own}</b>", view.link("records", metric=code), "看明细")
    return [linked, *(Html(other) for other in others)]


def _shown(value: headline.Value, metric: Metric) -> str:
    part = (
        fraction(value.numerator, value.denominator) if metric.unit == "percent" and value.denominator else ""
    )
    small = f' <small class="muted">{markup.text(part)}</small>' if part else ""
    return f'<span class="keep">{markup.text(figure(value.value, metric))}{small}</span>'


def _verdict(view: View, code: str, values: Sequence[headline.Value]) -> list[Html]:
    """How far from the widest unit in words, and what to think of it; a count is not held against all."""
    metric, own, widest = answers.metric(code), values[0], values[-1]
    gap = "" if metric.summary == "count" else apart(own.value, widest.value, metric)
    judged = badge(judging.of(view, code, own.value)) or _standing(view, metric, own, widest)
    return [*([Html(f'<span class="keep">{gap}</span>')] if values[1:] else []), Html(judged)]


def _standing(view: View, metric: Metric, own: headline.Value, county: headline.Value) -> str:
    where = stands(view, metric, own, county)
    return f'<span class="muted keep">{STANDINGS[where]}</span>' if where else ""


def stands(view: View, metric: Metric, own: headline.Value, county: headline.Value) -> str | None:
    """Where a rate over hazards stands against the county's (queries.fair.standing); of others None."""
    if metric.compared != "sample" or not own.denominator or county.value is None or not view.knows_county:
        return None
    few = int(answers.setting(view.code, "few"))
    return standing(int(own.numerator or 0), int(own.denominator), county.value, few)
