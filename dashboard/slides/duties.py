"""The standing duties of the running periods: how many homes have done each, and who still owes it."""

from collections.abc import Iterator
from itertools import accumulate

import polars as pl

from dashboard import answers, judging, periods, sentences_slides
from dashboard.slides import paging, said
from dashboard.slides.parts import Bar, Bars, Entry, Slide, Table
from dashboard.view import View
from dashboard.words import fraction, names, percent, period

ROOM = 58
"""What names may take in a row of the table, in sizes: three lines."""


def slides(view: View) -> Iterator[Slide]:
    rows = answers.table(view.code, "duties", view.as_of, view.filters).filter("is_running")
    spans = {duty: periods.of_duty(view, duty, "running") for duty in answers.names(view.code, "duty")}
    running = {duty: span for duty, span in spans.items() if span}
    shown = [(duty, span, rows.filter(duty=duty, period=span.code)) for duty, span in running.items()]
    known = [(duty, span, own) for duty, span, own in shown if own.height]
    codes = [f"{duty}_rate" for duty, _, _ in known]
    yield Slide(
        "duties",
        sentences_slides.duties([(span.name, own.to_dicts()) for _, span, own in known], view.as_of),
        [_done(view, known), _owing(known)],
        said.source(view, "正在进行的周期：期末前做了都算"),
        said.notes(view, *codes),
        shares=(2, 3),
    )


def _done(view: View, known: list[tuple[str, periods.Period, pl.DataFrame]]) -> Bars:
    bars = [
        Bar(
            span.name,
            own["is_met"].mean(),  # type: ignore[arg-type]
            percent(own["is_met"].mean()),  # type: ignore[arg-type]
            fraction(own["is_met"].sum(), own.height),  # type: ignore[arg-type]
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


def _owing(known: list[tuple[str, periods.Period, pl.DataFrame]]) -> Table:
    rows = []
    for _, span, own in known:
        owed = own.filter(~pl.col("is_met")).sort("township_id", "institution_id")
        homes = owed["institution"].unique(maintain_order=True).to_list()
        said_names = names(homes, _fitting(homes)) if homes else "都已落实"
        rows.append(
            [Entry(span.name, period(span.code), is_bold=True), Entry(f"{len(homes)} 家"), Entry(said_names)]
        )
    return Table(("职责", "还差", "未落实的机构"), rows, (1.7, 0.8, 3.7), (1,), "没有正在进行的周期。")


def _fitting(homes: list[str]) -> int:
    """How many of the names there is room for; the first always."""
    taken = list(accumulate(paging.ems(f"{home}、") for home in homes))
    return max(1, sum(width <= ROOM for width in taken))
