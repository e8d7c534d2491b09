"""The same page in Dash: one callback; served by waitress, as Dash's own server is for development."""

import sys
from typing import Any

import dash
import waitress
from dash import Input, Output, dash_table, dcc, html

from tests.bench.peers import figures, graphs

PLACES = range(4)
ROWS = 12


def app() -> dash.Dash:
    hazards = figures.read()
    made = dash.Dash(__name__, title="隐患整改")
    towns = figures.towns(hazards)
    made.layout = html.Div(
        [
            dcc.Dropdown(towns, towns[0], id="town", clearable=False, style={"width": 300}),
            html.Div(id="figures", style={"display": "flex", "gap": 40}),
            html.Div(
                [dcc.Graph(id=f"graph{place}") for place in PLACES],
                style={"display": "grid", "gridTemplateColumns": "1fr 1fr"},
            ),
            dash_table.DataTable(id="rows", page_size=ROWS),
        ]
    )

    def draw(town: str) -> tuple[Any, ...]:
        page = figures.page(hazards, town)
        told = [html.Div([name, html.H2(text, className="figure")]) for name, text in page.figures.items()]
        rows = page.rows.astype({"found_on": str, "due_on": str, "rectified_on": str})
        return told, *graphs.by_graph_objects(page), rows.to_dict("records")

    outputs = [
        Output("figures", "children"),
        *(Output(f"graph{place}", "figure") for place in PLACES),
        Output("rows", "data"),
    ]
    made.callback(outputs, Input("town", "value"))(draw)
    return made


if __name__ == "__main__":
    waitress.serve(app().server, host="127.0.0.1", port=int(sys.argv[1]))
