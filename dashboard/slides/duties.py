"""The standing duties of the running periods: how many homes have done each, and who still owes it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from dashboard import answers, judging, periods, sentences_slides
from dashboard.slides import paging, said
from dashboard.slides.parts import Bar, Bars, Entry, Slide, Table
from dashboard.view import View
from dashboard.words import fraction, names, number, percent, period
from queries.rows import Rows

Row = Mapping[str, Any]
Known = Sequence[tuple[str, periods.Period, Row]]
"""A duty's code, its running period, and how it stands there."""
MOST_READ = 60
ROOM = 58
"""What names may take in a row of the table, in sizes: three lines."""


def slides(view: View) -> Iterator[Slide]:
    rows = answers.listed(view.code, "duties", view.as_of, view.filters)
    spans = {duty: periods.of_duty(view, duty, "running") for duty in answers.names(view.code, "duty")}
    running = {duty: span for duty, span in spans.items() if span}
    shown = [(duty, span, _own(view, rows, duty, span)) for duty, span in running.items()]
    known = [(duty, span, own) for duty, span, own in shown if own["asked"]]
    codes = [f"{duty}_rate" for duty, _, _ in known]
    yield Slide(
        "duties",
        sentences_slides.duties([(span.name, own) for _, span, own in known], view.as_of),
        [_done(view, known), _owing(known)],
        said.source(view, "正在进行的周期：期末前做了都算"),
        said.notes(view, *codes),
        shares=(2, 3),
    )


def _own(view: View, rows: Rows, duty: str, span: periods.Period) -> Row:
    """How a duty stands in its running period: [asked, met, period_to, homes], homes: who still owes it."""
    own = rows.where("is_running and duty = $duty and period = $period", duty=duty, period=span.code)
    homes = "list(institution order by township_id, institution_id) filter (not is_met)"
    found = answers.tally(
        view.code,
        own,
        asked="count(*)",
        met="count(*) filter (is_met)",
        period_to="max(period_to)",
        homes=f"coalesce({homes}, [])[:{MOST_READ}]",
    )
    return found.row(0, named=True)


def _done(view: View, known: Known) -> Bars:
    bars = [
        Bar(
            span.name,
            own["met"] / own["asked"],
            percent(own["met"] / own["asked"]),
            fraction(own["met"], own["asked"]),
        )
        for _, span, own in known
    ]
    levels = {judging.good_from(view, f"{duty}_rate") for duty, _, _ in known}
    return Bars(
        "本期已落实的机构",
        bars,
        1,
        level=levels.pop() if len(levels) == 1 else None,
        empty="没有正在进行的周期。",
    )


def _owing(known: Known) -> Table:
    rows = []
    for _, span, own in known:
        homes, owing = own["homes"], own["asked"] - own["met"]
        said_names = names(homes, _fitting(homes), owing) if homes else "都已落实"
        name = Entry(span.name, period(span.code), is_bold=True)
        rows.append([name, Entry(f"{number(owing)} 家"), Entry(said_names)])
    return Table(("职责", "还差", "未落实的机构"), rows, (1.7, 0.8, 3.7), (1,), "没有正在进行的周期。")


def _fitting(homes: list[str]) -> int:
    """How many of the names there is room for; the first always."""
    taken = list(accumulate(paging.ems(f"{home}、") for home in homes))
    return max(1, sum(width <= ROOM for width in taken))
