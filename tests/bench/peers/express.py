"""Streamlit as usual, charts by plotly.express: the workbook is read once."""

import streamlit as st

from tests.bench.peers import figures, graphs, streamlit_page

streamlit_page.draw(st.cache_data(figures.read)(), graphs.by_express)
