"""Lines over days and step curves over days since finding."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts.frame import LINE_HEIGHT, POINT, Figure, end_label, layout


def lines(
    days: Sequence[object],
    series: Mapping[str, tuple[Sequence[float | None], str]],
    height: int = 280,
    *,
    clickable: bool = False,
) -> Figure:
    """Lines over days, each labelled at its end: {name: (values, colour)}; a click gives "name<tab>day"."""
    traces = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": list(days),
            "y": list(values),
            "line": {"color": colour, "width": 2},
            "name": name,
            **(_points(name, days, values) if clickable else _hover(f"%{{x|%Y-%m-%d}} {name} %{{y:,}}")),
        }
        for name, (values, colour) in series.items()
    ]
    ends = [(name, values[-1], colour) for name, (values, colour) in series.items() if values]
    labels = _end_labels(days, [end for end in ends if end[1] is not None], series, height)
    return {
        "data": traces,
        "layout": layout(
            height,
            margin={"l": 8, "r": 132, "t": 8, "b": 8},
            xaxis={
                "tickformat": "%Y-%m",
                "showgrid": False,
                "tickangle": 0,
                "range": [days[0], days[-1]] if days else None,
            },
            yaxis={"rangemode": "tozero", "tickformat": ",d"},
            annotations=labels,
        ),
    }


def shares(
    days: Sequence[object],
    series: Mapping[str, tuple[Sequence[float | None], str]],
    low: float,
    height: int = 150,
) -> Figure:
    """Rates over days from `low` up to 1, each with its last value at its end: {name: (values, colour)}."""
    traces = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": list(days),
            "y": list(values),
            "line": {"color": colour, "width": 2},
            "name": name,
            **_hover(f"%{{x|%Y-%m-%d}} {name} %{{y:.1%}}"),
        }
        for name, (values, colour) in series.items()
    ]
    ends = sorted(
        ((values[-1], colour) for values, colour in series.values() if values and values[-1] is not None),
        key=lambda end: -(end[0] or 0),
    )
    labels = [
        end_label(days[-1], value or 0, f"{value:.1%}", colour, LINE_HEIGHT * (0.4 - place))
        for place, (value, colour) in enumerate(ends)
    ]
    return {
        "data": traces,
        "layout": layout(
            height,
            margin={"l": 8, "r": 56, "t": 8, "b": 8},
            xaxis={"tickformat": "%Y", "dtick": "M12", "showgrid": False, "tickangle": 0},
            yaxis={"range": [low, 1.02], "tickformat": ".0%", "nticks": 4},
            annotations=labels,
        ),
    }


def _points(name: str, days: Sequence[object], values: Sequence[float | None]) -> dict[str, Any]:
    return {
        "customdata": [f"{name}\t{day}" for day in days],
        "hovertext": [
            f"{day} {name} {'—' if value is None else f'{value:,}'}"
            for day, value in zip(days, values, strict=True)
        ],
        "meta": POINT,
    }


def _hover(template: str) -> dict[str, str]:
    return {"hovertemplate": f"{template}<extra></extra>"}


def _end_labels(
    days: Sequence[object],
    ends: Sequence[tuple[str, float | None, str]],
    series: Mapping[str, tuple[Sequence[float | None], str]],
    height: int,
) -> list[dict[str, Any]]:
    """Each line's name and last value at its end, moved apart where they would overlap."""
    highest = max((value or 0 for values, _ in series.values() for value in values), default=0) or 1
    labels, lowest = [], float("inf")
    for name, value, colour in sorted(ends, key=lambda end: -(end[1] or 0)):
        wanted = (value or 0) / highest * (height - 48)
        placed = min(wanted, lowest - LINE_HEIGHT)
        labels.append(end_label(days[-1], value or 0, f"{name} {value:,.0f}", colour, placed - wanted))
        lowest = placed
    return labels


def steps(series: Mapping[str, tuple[Sequence[float], Sequence[float], str]], height: int = 280) -> Figure:
    """Step curves of a share over days since finding: {name: (days, shares, colour)}."""
    traces = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": list(days),
            "y": list(shares),
            "line": {"color": colour, "width": 2, "shape": "hv"},
            "name": name,
            **_hover(f"{name}：%{{x}} 天内 %{{y:.0%}} 已整改"),
        }
        for name, (days, shares, colour) in series.items()
    ]
    labels = [
        end_label(days[-1], shares[-1], name, colour, -LINE_HEIGHT * index)
        for index, (name, (days, shares, colour)) in enumerate(series.items())
    ]
    return {
        "data": traces,
        "layout": layout(
            height,
            margin={"l": 8, "r": 64, "t": 8, "b": 8},
            xaxis={"ticksuffix": " 天", "rangemode": "tozero"},
            yaxis={"tickformat": ".0%", "range": [0, 1.03]},
            annotations=labels,
        ),
    }
