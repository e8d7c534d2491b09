"""What a function says of each value of a column, worked out in the caller's own thread.

Not map_elements: Polars runs that in threads of its own, which wait for Python's lock; and whoever holds that
lock waits for those threads when a table is handed to Streamlit (to_pandas). The two together stop a server
for good, as was seen with forty people looking at once.
"""

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl


def each(column: pl.Series, says: Callable[[str], Any], dtype: type[pl.DataType]) -> pl.Series:
    """A column of its name with what `says` gives for each text; null where there is none."""
    said: Mapping[str, Any] = {text: says(text) for text in column.drop_nulls().unique().to_list()}
    values = [None if text is None else said[text] for text in column.to_list()]
    return pl.Series(column.name, values, dtype)
