"""The page's four charts, as graph_objects and by plotly.express."""

import pandas as pd
import plotly.express as px
import plotly.graph_objects as go

from tests.bench.peers.figures import Page

TITLES = ("逐月发现、整改与未整改", "各镇整改率", "按环节", "按类别")
SERIES = {"found": "当月发现", "rectified": "当月整改", "open": "月末未整改"}
HEIGHT = 320


def by_graph_objects(page: Page) -> list[go.Figure]:
    lines = [go.Scatter(x=page.course["month_end"], y=page.course[key], name=SERIES[key]) for key in SERIES]
    return [
        go.Figure(lines, _layout(TITLES[0])),
        _bars(page.towns, TITLES[1], "%{x:.1%}"),
        _bars(page.areas, TITLES[2], "%{x}"),
        _bars(page.kinds, TITLES[3], "%{x}"),
    ]


def _bars(counts: "pd.Series[float] | pd.Series[int]", title: str, text: str) -> go.Figure:
    bar = go.Bar(x=counts, y=counts.index, orientation="h", texttemplate=text)
    return go.Figure(bar, _layout(title))


def _layout(title: str) -> go.Layout:
    return go.Layout(title=title, height=HEIGHT)


def by_express(page: Page) -> list[go.Figure]:
    course = page.course.rename(columns=SERIES)
    return [
        px.line(course, x="month_end", y=list(SERIES.values()), title=TITLES[0], height=HEIGHT),
        _express_bars(page.towns, TITLES[1], ".1%"),
        _express_bars(page.areas, TITLES[2], True),
        _express_bars(page.kinds, TITLES[3], True),
    ]


def _express_bars(counts: "pd.Series[float] | pd.Series[int]", title: str, text: str | bool) -> go.Figure:
    table = counts.rename("value").rename_axis("name").reset_index()
    return px.bar(table, x="value", y="name", orientation="h", text_auto=text, title=title, height=HEIGHT)
