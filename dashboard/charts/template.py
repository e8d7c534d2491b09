"""What all charts share, said once and sent once: type, colours, axes, hover labels, Chinese months."""

from typing import Any

from dashboard.tokens import FONT, INK, MUTED, PAPER, RULE

_AXIS: dict[str, Any] = {
    "gridcolor": RULE,
    "zeroline": False,
    "linecolor": RULE,
    "showline": True,
    "tickfont": {"color": MUTED, "size": 12},
    "automargin": True,
    "fixedrange": True,
    "ticks": "",
}

TEMPLATE: dict[str, Any] = {
    "layout": {
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "hoverlabel": {"bgcolor": PAPER, "bordercolor": RULE, "font": {"family": FONT, "color": INK}},
        "separators": ".,",
        "xaxis": _AXIS,
        "yaxis": _AXIS,
    }
}
"""Plotly's template of every figure; a figure itself says only what is its own."""

_DAYS = [f"星期{day}" for day in "日一二三四五六"]
_MONTHS = [f"{month} 月" for month in range(1, 13)]

LOCALE: dict[str, Any] = {
    "name": "zh-CN",
    "dictionary": {},
    "format": {
        "days": _DAYS,
        "shortDays": [day.replace("星期", "周") for day in _DAYS],
        "months": _MONTHS,
        "shortMonths": _MONTHS,
        "date": "%Y-%m-%d",
        "dateTime": "%Y-%m-%d %H:%M",
        "decimal": ".",
        "thousands": ",",
    },
}
"""Plotly's words for days and months: the package brings English alone."""
