"""What all charts share: type, margins, axes, the labels at the ends of lines; figures are plain dicts."""

from typing import Any

from dashboard.tokens import FONT, INK, MUTED, RULE

Figure = dict[str, Any]
LINE_HEIGHT = 17


def layout(height: int, **more: Any) -> dict[str, Any]:
    """What all charts share: type, margins, no decoration, no zoom by accident."""
    base = {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8, "pad": 4},
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": "#ffffff",
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "hoverlabel": {"bgcolor": "#ffffff", "bordercolor": RULE, "font": {"family": FONT, "color": INK}},
        "separators": ".,",
    }
    return base | more


def axis(**more: Any) -> dict[str, Any]:
    base = {
        "gridcolor": RULE,
        "zeroline": False,
        "linecolor": RULE,
        "tickfont": {"color": MUTED, "size": 12},
        "automargin": True,
        "fixedrange": True,
        "title": None,
        "ticks": "",
    }
    return base | more


def end_label(x: object, y: float, text: str, colour: str, shift: float) -> dict[str, Any]:
    """A text right of a point, moved by some pixels."""
    return {
        "x": x,
        "y": y,
        "text": text,
        "xanchor": "left",
        "xshift": 6,
        "yshift": shift,
        "showarrow": False,
        "font": {"color": colour, "size": 13},
    }
