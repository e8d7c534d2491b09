"""What changed since the day compared with: the last meeting's, if that was chosen."""

from collections.abc import Iterator
from datetime import date

from dashboard import answers, sentences_slides, trends
from dashboard.slides import said
from dashboard.slides.parts import Course, Entry, Slide, Table
from dashboard.tokens import ACCENT, GENERAL, JUDGEMENT_COLOURS
from dashboard.view import View
from dashboard.words import figure, fraction, moved
from queries.catalog import Metric
from queries.days import ends

CODES = (
    "rectification_rate",
    "on_time_rate",
    "overdue",
    "major_open",
    "hazards_open",
    "hazards_found",
    "verification_rate",
    "clear_institutions",
    "phase_progress",
)
MONTHS = 13
GOOD = {"high": 1, "low": -1}


def slides(view: View) -> Iterator[Slide]:
    days = view.as_of, view.compare
    trends.ask_ahead(view.code, [(code, days, view.filters) for code in CODES])
    rows = [_row(view, code) for code in CODES]
    heads = ("指标", f"{view.compare:%m-%d}", f"{view.as_of:%m-%d}", "变化")
    changes = {code: trends.change(view.code, code, view.as_of, view.compare, view.filters) for code in CODES}
    yield Slide(
        "changes",
        sentences_slides.changes({code: frame["change"][0] for code, frame in changes.items()}, view.compare),
        [Table(heads, rows, (2.1, 2.1, 2.1, 1.9), (1, 2, 3)), _course(view)],
        said.source(view, f"与 {view.compare.isoformat()} 相比；两天都按当天已知的重新计算"),
        said.notes(view, *CODES),
        shares=(3, 2),
    )


def _row(view: View, code: str) -> list[Entry]:
    metric = answers.metric(code)
    row = trends.change(view.code, code, view.as_of, view.compare, view.filters).row(0, named=True)
    change = row["change"]
    return [
        Entry(metric.name, is_bold=True),
        _figure(metric, row["earlier_value"], row["earlier_numerator"], row["earlier_denominator"]),
        _figure(metric, row["value"], row["numerator"], row["denominator"]),
        Entry("—" if change is None else moved(change, metric), ink=_ink(metric, change), is_bold=True),
    ]


def _figure(metric: Metric, value: float | None, numerator: float | None, denominator: float | None) -> Entry:
    part = fraction(numerator, denominator) if metric.unit == "percent" and denominator else ""
    return Entry(figure(value, metric), part)


def _ink(metric: Metric, change: float | None) -> str:
    """Better or worse, by the metric's own direction; figures without one stay plain."""
    way = GOOD.get(metric.good, 0) * (change or 0)
    return JUDGEMENT_COLOURS["good"] if way > 0 else JUDGEMENT_COLOURS["alarm"] if way < 0 else GENERAL


def _course(view: View) -> Course:
    days: list[date] = list(ends(view.build.campaign_from, view.as_of, "month", MONTHS))
    left = trends.trend(view.code, "hazards_open", days, view.filters)["value"].to_list()
    late = trends.trend(view.code, "overdue", days, view.filters)["value"].to_list()
    series = {"未整改": (left, ACCENT), "其中逾期": (late, JUDGEMENT_COLOURS["alarm"])}
    return Course("未整改隐患（处），各月末当时已知的数", days, series)
