"""What slides say alike: where a figure comes from, how it is defined."""

from dashboard import answers, headline
from dashboard.filters import described
from dashboard.view import View
from dashboard.words import figure, fraction


def source(view: View, words: str = "") -> str:
    """As of when, of whom, and how it was counted."""
    parts = [
        f"统计截止 {view.as_of.isoformat()}",
        scope(view),
        words,
        "示例数据，内容均为虚构" if view.build.is_example else "各镇报送台账",
    ]
    return "；".join(part for part in parts if part)


def scope(view: View) -> str:
    return described(view.build, view.as_of, view.filters) or view.storey.whole


def notes(view: View, *codes: str) -> list[str]:
    """Each metric's figure with its n/N, and its definition: for the speaker."""
    if not codes:
        return []
    frame = answers.figures(view.code, codes, view.as_of, (), view.filters)
    return [_note(code, headline.value(frame, metric=code)) for code in codes]


def _note(code: str, value: headline.Value) -> str:
    metric = answers.metric(code)
    part = "" if metric.summary == "count" else f"（{fraction(value.numerator, value.denominator)}）"
    below = f"；分母：{metric.denominator}" if metric.denominator else ""
    known = f"{metric.name} {figure(value.value, metric)}{part}"
    return f"{known}：{metric.explain}。分子：{metric.numerator}{below}。依据方案{metric.clause}。"
