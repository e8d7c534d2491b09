"""What most homes share and why it happens: what the phase of 治本 must answer."""

from collections.abc import Iterator

from dashboard import answers, common, common_rules, sentences_common
from dashboard.slides import said
from dashboard.slides.parts import Bar, Bars, Slide
from dashboard.tokens import ACCENT, GENERAL
from dashboard.view import View
from dashboard.words import fraction, number, percent

MOST = 9


def slides(view: View) -> Iterator[Slide]:
    kinds = common.kinds(view.code, view.as_of, view.filters).to_dicts()
    level = answers.setting(view.code, "common_share")
    yield Slide(
        "common",
        sentences_common.common(kinds, level, common.worst(view), common_rules.answered(view)),
        [_shared(kinds, level), _causes(view)],
        said.source(view, common.told(view).rstrip("。")),
        said.notes(view, "recurrence_rate", "hazards_found"),
    )


def _shared(kinds: list[dict[str, object]], level: float) -> Bars:
    bars = [
        Bar(
            str(row["kind"]),
            float(row["share"]),  # type: ignore[arg-type]
            percent(row["share"]),  # type: ignore[arg-type]
            fraction(row["homes"], row["asked"]),  # type: ignore[arg-type]
            ACCENT if row["is_common"] else GENERAL,
        )
        for row in kinds[:MOST]
    ]
    return Bars(
        "有过这类隐患的在营机构", bars, 1, level=level, level_name="共性线", empty="没有写明类别的隐患。"
    )


def _causes(view: View) -> Bars:
    """The causes written down, most frequent first."""
    causes = common.causes(view.code, view.as_of, view.filters)[:MOST]
    bars = [Bar(cause, count, f"{number(count)} 处") for cause, count in causes]
    most = max((bar.value for bar in bars), default=1)
    return Bars("成因，按隐患数", bars, most, unit="处", empty="没有写明成因的隐患。")
