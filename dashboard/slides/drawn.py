"""Charts of slides for the screen, as plain HTML and a picture: nothing to load, nothing to wait for."""

from collections.abc import Sequence
from datetime import date
from html import escape
from urllib.parse import quote

from dashboard.charts.dots import UNRANKED
from dashboard.slides.parts import Bars, Course, Dots, Gantt
from dashboard.tokens import RULE
from dashboard.words import number, percent

WIDTH, HEIGHT = 640, 480
LEFT, RIGHT, TOP, BOTTOM = 12, 176, 24, 48
INK_SIZE = 24
MANY = 12
"""More dots than that stand closer."""


def bars(body: Bars) -> str:
    """Rows of a name, a bar from zero and what stands beside it; a dashed line they are held against."""
    level = ""
    if body.level is not None:
        level = f"（{body.level_name} {percent(body.level, 0)}）"
    rows = "".join(
        f'<span class="name">{escape(bar.label)}</span><span class="bar">'
        f'<span class="fill" style="width: {bar.value / (body.most or 1):.2%}; '
        f'background: {bar.colour}"></span>'
        f"{_line(body)}</span><span>{escape(bar.text)} {escape(bar.part)}</span>"
        for bar in body.bars
    )
    return f'<div class="chart"><h2>{escape(body.name)}{level}</h2><div class="bars">{rows}</div></div>'


def _line(body: Bars) -> str:
    if body.level is None:
        return ""
    return f'<span class="level" style="left: {body.level / (body.most or 1):.2%}"></span>'


def dots(body: Dots) -> str:
    """Rows of a name, a dot on its interval, and what stands beside it; the county's rate is dashed."""

    def at(value: float) -> float:
        return (value - body.least) / (1 - body.least)

    level = "" if body.level is None else f'<span class="level" style="left: {at(body.level):.2%}"></span>'
    rows = "".join(
        f'<span class="name">{escape(dot.label)}</span><span class="lane">{level}<span class="reach" '
        f'style="left: {at(dot.low):.2%}; width: {at(dot.high) - at(dot.low):.2%}"></span>'
        f'<span class="dot" style="left: {at(dot.value):.2%}; background: {dot.colour}"></span></span>'
        f"<span>{escape(dot.text)} {escape(dot.part)}{'' if dot.is_ranked else f' {UNRANKED}'}</span>"
        for dot in body.dots
    )
    known = "" if body.level is None else f"，{body.level_name} {percent(body.level)}"
    scale = f"（刻度 {percent(body.least, 0)} 至 100%{known}）"
    kind = "dots many" if len(body.dots) > MANY else "dots"
    return f'<div class="chart"><h2>{escape(body.name)}{scale}</h2><div class="{kind}">{rows}</div></div>'


def gantt(body: Gantt) -> str:
    whole = (body.to_on - body.from_on).days + 1
    gone = min(1.0, max(0.0, ((body.today - body.from_on).days + 1) / whole))
    rows = "".join(
        f'<span class="name">{escape(stretch.name)}</span><span class="lane">'
        f'<span class="stretch" style="left: {(stretch.from_on - body.from_on).days / whole:.2%}; '
        f'width: {((stretch.to_on - stretch.from_on).days + 1) / whole:.2%}">'
        f'<span style="width: {stretch.done or 0:.1%}"></span></span>'
        f'<span class="level" style="left: {gone:.2%}"></span></span>'
        for stretch in body.stretches
    )
    return f'<div class="gantt">{rows}</div>'


def course(body: Course) -> str:
    """Lines from zero with their names at their ends, as a picture that says itself in words."""
    known = [value for values, _ in body.series.values() for value in values if value is not None]
    most = max(known, default=1) or 1
    lines = "".join(
        _series(body, name, values, colour, most) for name, (values, colour) in body.series.items()
    )
    feet = "".join(_day(body, place) for place in {0, len(body.days) - 1})
    floor = HEIGHT - BOTTOM
    ground = f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{floor}" y2="{floor}" stroke="{RULE}"/>'
    ends = [
        f"{name} {number(values[0])} → {number(values[-1])}"
        for name, (values, _) in body.series.items()
        if values
    ]
    spoken = f"{body.name}：{'；'.join(ends)}"
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="Microsoft YaHei, PingFang SC, Noto Sans CJK SC, sans-serif" font-size="{INK_SIZE}">'
        f"{ground}{lines}{feet}</svg>"
    )
    shown = f'<img alt="{escape(spoken)}" src="data:image/svg+xml,{quote(picture)}">'
    return f'<div class="chart"><h2>{escape(body.name)}</h2>{shown}</div>'


def _series(body: Course, name: str, values: Sequence[float | None], colour: str, most: float) -> str:
    spots = [(_x(body, place), _y(value, most)) for place, value in enumerate(values) if value is not None]
    if not spots:
        return ""
    x, y = spots[-1]
    path = " ".join(f"{left:.1f},{top:.1f}" for left, top in spots)
    last = number(values[-1])
    return (
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="3"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{colour}"/>'
        f'<text x="{x + 12:.1f}" y="{y + 8:.1f}" fill="{colour}">{escape(name)} {last}</text>'
    )


def _x(body: Course, place: int) -> float:
    return LEFT + place * (WIDTH - LEFT - RIGHT) / max(1, len(body.days) - 1)


def _y(value: float, most: float) -> float:
    return HEIGHT - BOTTOM - value / most * (HEIGHT - TOP - BOTTOM)


def _day(body: Course, place: int) -> str:
    day: date = body.days[place]
    anchor = "start" if place == 0 else "end"
    return (
        f'<text x="{_x(body, place):.1f}" y="{HEIGHT - 12}" text-anchor="{anchor}" fill="#5b6470">'
        f"{day:%Y-%m}</text>"
    )
