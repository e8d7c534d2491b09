"""The warehouse of a scale: the county's from its workbooks, the larger ones from their true records."""

from pathlib import Path

import etl
from etl.publish import Frames
from tests.dashboard import warehouses

SCALES = ("county", "province", "nation")


def warehouse(folder: Path, scale: str) -> Path:
    """Make the example of a scale in a folder; a nation takes minutes and 10 GB of disk."""
    if scale == "county":
        return warehouses.example(folder)

    def written() -> Frames:
        tables = etl.write_example(folder / "tables", scale, warehouses.AS_OF, 1)  # type: ignore[arg-type]
        return {table.stem: table for table in tables}

    return warehouses.published(folder, scale, written)
