"""The naive page: the workbook is read at each rerun."""

from tests.bench.peers import figures, graphs, streamlit_page

streamlit_page.draw(figures.read(), graphs.by_express)
