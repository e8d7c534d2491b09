"""A time line: rows of moments, and beneath them spans with a tick at the day they were due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from dashboard.charts.frame import POINT, Figure, layout, plain
from dashboard.tokens import INK, MUTED, PAPER, RULE

ROW, LANE, LABELLED = 28, 13, 27
"""Pixels of a row of moments, of a lane of spans, of a span with words over it."""
TOP, BOTTOM = 30, 44
NARROWEST = 760
APART = timedelta(days=12)
"""Between two spans of one lane."""


@dataclass(frozen=True)
class Moment:
    """Something that happened on a day, in a row of its kind; hollow where it is the lesser sort."""

    row: str
    on: date
    key: str
    said: str
    colour: str
    symbol: str = "circle"
    is_hollow: bool = False


@dataclass(frozen=True)
class Span:
    """From a day to a day, or still open; `label` is written over what must be seen."""

    key: str
    first: date
    last: date
    due: date | None
    said: str
    colour: str
    width: int = 3
    is_open: bool = False
    label: str = ""


@dataclass(frozen=True)
class Frame:
    """The days shown, the day all is known to, and the phases that divide them: (name, first, last day)."""

    first: date
    last: date
    as_of: date
    phases: Sequence[tuple[str, date, date]]


def timeline(
    rows: Sequence[str],
    moments: Sequence[Moment],
    spans: Sequence[Span],
    beneath: Sequence[str],
    frame: Frame,
) -> Figure:
    """`rows` from top to bottom; `beneath`: words beside the spans, a line each. A click gives a key."""
    above = ROW * len(rows)
    lanes = pack(spans)
    height = above + max(12 + sum(high for high, _ in lanes), ROW * len(beneath))
    tops = _tops(lanes, above + 12)
    return {
        "data": [
            *_lines(lanes, tops),
            _ticks(lanes, tops),
            _moments(rows, moments),
            _marks(lanes, tops),
        ],
        "layout": layout(
            TOP + height + BOTTOM,
            margin={"l": 4, "r": 12, "t": TOP, "b": BOTTOM},
            xaxis=_days(frame),
            yaxis={"visible": False, "range": [height, 0]},
            shapes=_shapes(frame, above if spans else None),
            annotations=[*_phase_names(frame), _as_of(frame), *_labels(lanes, tops, frame)],
            meta={"names": [*rows, *beneath], "least": NARROWEST, "latest_first": True},
        ),
    }


Lane = tuple[int, list[Span]]
"""Its height in pixels and its spans, which do not touch."""


def pack(spans: Sequence[Span]) -> list[Lane]:
    """Lay spans into as few lanes as they fit in; those with words over them have a lane each, on top."""
    labelled: list[Lane] = [(LABELLED, [span]) for span in spans if span.label]
    lanes: list[list[Span]] = []
    for span in sorted((each for each in spans if not each.label), key=lambda each: each.first):
        free = next((lane for lane in lanes if _end(lane[-1]) + APART < span.first), None)
        if free is None:
            lanes.append(free := [])
        free.append(span)
    return [*labelled, *((LANE, lane) for lane in lanes)]


def _end(span: Span) -> date:
    return max(span.last, span.due or span.last)


def _tops(lanes: Sequence[Lane], start: int) -> list[float]:
    """The height at which each lane's spans run: near its lower end."""
    tops, at = [], start
    for high, _ in lanes:
        at += high
        tops.append(at - LANE / 2)
    return tops


def _placed(lanes: Sequence[Lane], tops: Sequence[float]) -> list[tuple[Span, float]]:
    return [(span, top) for (_, lane), top in zip(lanes, tops, strict=True) for span in lane]


def _lines(lanes: Sequence[Lane], tops: Sequence[float]) -> list[dict[str, Any]]:
    """One trace for each colour and width: gaps part its spans."""
    groups: dict[tuple[str, int], list[tuple[Span, float]]] = {}
    for span, top in _placed(lanes, tops):
        groups.setdefault((span.colour, span.width), []).append((span, top))
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [day for span, _ in group for day in (span.first, span.last, None)],
            "y": [y for _, top in group for y in (top, top, None)],
            "line": {"color": colour, "width": width},
            "hoverinfo": "skip",
        }
        for (colour, width), group in groups.items()
    ]


def _ticks(lanes: Sequence[Lane], tops: Sequence[float]) -> dict[str, Any]:
    due = [(span.due, top) for span, top in _placed(lanes, tops) if span.due]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [day for day, _ in due],
        "y": [top for _, top in due],
        "marker": {"symbol": "line-ns-open", "size": 10, "color": INK, "line": {"width": 1.5}},
        "hoverinfo": "skip",
    }


def _moments(rows: Sequence[str], moments: Sequence[Moment]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [moment.on for moment in moments],
        "y": [rows.index(moment.row) * ROW + ROW / 2 for moment in moments],
        "marker": {
            "symbol": [moment.symbol for moment in moments],
            "size": 10,
            "color": [PAPER if moment.is_hollow else moment.colour for moment in moments],
            "line": {"color": [moment.colour for moment in moments], "width": 1.5},
        },
        "customdata": [moment.key for moment in moments],
        "hovertext": [moment.said for moment in moments],
        "meta": POINT,
    }


def _marks(lanes: Sequence[Lane], tops: Sequence[float]) -> dict[str, Any]:
    """A span is clicked where it begins; one that must be seen, where its words end."""
    placed = _placed(lanes, tops)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [span.last if span.label else span.first for span, _ in placed],
        "y": [top for _, top in placed],
        "marker": {
            "size": [9 if span.is_open else 7 for span, _ in placed],
            "color": [PAPER if span.is_open and not span.label else span.colour for span, _ in placed],
            "line": {"color": [span.colour for span, _ in placed], "width": 1.5},
        },
        "customdata": [span.key for span, _ in placed],
        "hovertext": [span.said for span, _ in placed],
        "meta": POINT,
    }


def _days(frame: Frame) -> dict[str, Any]:
    """A year's name over its first day, then its quarters' months."""
    quarters = [
        date(year, month, 1)
        for year in range(frame.first.year, frame.last.year + 1)
        for month in (1, 4, 7, 10)
    ]
    shown = [day for day in quarters if frame.first <= day <= frame.last]
    return {
        "side": "top",
        "range": [frame.first - timedelta(days=6), frame.last + timedelta(days=12)],
        "tickvals": shown,
        "ticktext": [f"<b>{day.year} 年</b>" if day.month == 1 else f"{day.month} 月" for day in shown],
        "showline": False,
        "automargin": False,
    }


def _shapes(frame: Frame, above: int | None) -> list[dict[str, Any]]:
    bounds = [
        first for (_, _, _), (_, first, _) in pairwise(frame.phases) if frame.first < first <= frame.last
    ]
    dashed = [_upright(day, {"color": MUTED, "width": 1, "dash": "dot"}) for day in bounds]
    rule = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": above, "y1": above}
    rules = [] if above is None else [{**rule, "line": {"color": RULE, "width": 1}}]
    return [*dashed, *rules, _upright(frame.as_of, {"color": INK, "width": 1.5})]


def _upright(day: date, line: dict[str, Any]) -> dict[str, Any]:
    return {"type": "line", "x0": day, "x1": day, "yref": "paper", "y0": 0, "y1": 1, "line": line}


def _phase_names(frame: Frame) -> list[dict[str, Any]]:
    """Beneath the days of each phase, its name."""
    shown = [
        (name, max(first, frame.first), min(last, frame.last))
        for name, first, last in frame.phases
        if first <= frame.last and last >= frame.first
    ]
    return [
        _foot(first + (last - first) / 2, name, "center", -3, {"color": MUTED, "size": 12})
        for name, first, last in shown
    ]


def _as_of(frame: Frame) -> dict[str, Any]:
    words = f"统计截止 {frame.as_of:%m-%d}"
    side = "right" if _is_late(frame) else "left"
    return _foot(frame.as_of, words, side, -22, {"color": INK, "size": 12})


def _foot(day: date, text: str, anchor: str, shift: int, font: dict[str, Any]) -> dict[str, Any]:
    place = {"x": day, "yref": "paper", "y": 0, "yanchor": "top", "yshift": shift, "showarrow": False}
    return place | {"text": text, "xanchor": anchor, "font": font}


def _is_late(frame: Frame) -> bool:
    """Whether there is more room before the day all is known to than after it."""
    return frame.as_of - frame.first > frame.last - frame.as_of


def _labels(lanes: Sequence[Lane], tops: Sequence[float], frame: Frame) -> list[dict[str, Any]]:
    side, shift = ("right", -2) if _is_late(frame) else ("left", 2)
    return [
        {
            "x": span.last,
            "y": top,
            "text": f"<b>{plain(span.label)}</b>",
            "xanchor": side,
            "xshift": shift,
            "yanchor": "bottom",
            "yshift": 2,
            "showarrow": False,
            "font": {"color": span.colour, "size": 12},
        }
        for span, top in _placed(lanes, tops)
        if span.label
    ]
