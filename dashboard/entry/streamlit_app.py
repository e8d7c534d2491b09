"""The script Streamlit runs at every look.

It stands apart from pages/, or Streamlit would offer that folder's files as pages of their own before
the frame has named them.
"""

from dashboard.app import main

main()
