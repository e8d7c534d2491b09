"""A button for a file that is made only when it is asked for; that it was taken is written down."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import streamlit as st

from dashboard.guard import audit
from dashboard.guard.here import called_here

OFFICE = "application/vnd.openxmlformats-officedocument"
MIMES = {
    ".xlsx": f"{OFFICE}.spreadsheetml.sheet",
    ".docx": f"{OFFICE}.wordprocessingml.document",
    ".pptx": f"{OFFICE}.presentationml.presentation",
    ".zip": "application/zip",
}


def button(
    label: str,
    make: Callable[[], bytes],
    file_name: str,
    key: str,
    width: Literal["stretch", "content"] = "stretch",
) -> None:
    """`file_name` says in its ending what `make` makes."""
    st.download_button(
        label,
        data=audit.noted(called_here(), "export", file_name, make),
        file_name=file_name,
        mime=MIMES[Path(file_name).suffix],
        key=key,
        on_click="ignore",
        width=width,
    )
