"""What the three Streamlit peers draw alike."""

from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from tests.bench.peers import figures


def draw(hazards: pd.DataFrame, graphs: Callable[[figures.Page], list[go.Figure]]) -> None:
    st.set_page_config(page_title="隐患整改", layout="wide")
    town = st.sidebar.selectbox("乡镇", figures.towns(hazards))
    page = figures.page(hazards, town)
    for column, (name, text) in zip(st.columns(6), page.figures.items(), strict=True):
        column.metric(name, text)
    columns = [*st.columns(2), *st.columns(2)]
    for place, graph in enumerate(graphs(page)):
        columns[place].plotly_chart(graph, key=f"graph{place}")
    st.dataframe(page.rows, hide_index=True)
