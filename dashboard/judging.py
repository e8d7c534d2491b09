"""Whether a figure is good enough, in the words of campaign.toml's thresholds."""

from datetime import date

from dashboard import answers, late
from dashboard.keeping import kept
from dashboard.session import connection
from dashboard.view import View
from dashboard.words import percent
from queries.judge import Judgement, Limits, judge_by, limits


@kept
def in_force(build: str, as_of: date) -> dict[str, Limits]:
    """The thresholds in force on a day, by metric."""
    return limits(connection(build), as_of)


def of(
    view: View, code: str, value: float | None, town: str | None = None, on: date | None = None
) -> Judgement | None:
    """Judge a figure of the county or of one town; None where there is nothing to hold it against.

    Where hazards are counted, an overdue major one makes the count 落后 (metrics.md). `on`: a period's first
    day, as a period is judged by the thresholds of its time; default the view's day.
    """
    is_late = answers.metric(code).unit == "hazards" and _has_overdue_major(view, town)
    return judge_by(in_force(view.code, on or view.as_of), code, value, has_overdue_major=is_late)


def _has_overdue_major(view: View, town: str | None) -> bool:
    majors = late.major_places(view)
    return bool(majors) if town is None else town in majors


def good_from(view: View, code: str, on: date | None = None) -> float | None:
    """The value from which a rate is 达标 on a day (default the view's); None where the plan sets none."""
    known = in_force(view.code, on or view.as_of).get(code)
    return known.warn if known else None


def target(view: View, code: str, value: float | None, on: date | None = None) -> str:
    """From where a rate is 达标, and how far it is below; or why a count is 落后."""
    level, metric = good_from(view, code, on), answers.metric(code)
    if level is None:
        is_late = metric.unit == "hazards" and metric.good == "low" and _has_overdue_major(view, None)
        return "有重大隐患逾期" if is_late else ""
    line = f"达标线 {percent(level, 0)}"
    if value is None or metric.good != "high" or value >= level:
        return line
    return f"{line}，低 {(level - value) * 100:.1f} 个百分点"
