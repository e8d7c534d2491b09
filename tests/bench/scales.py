"""The warehouse of a scale: the county's from its workbooks, the larger ones from their true records."""

import json
from pathlib import Path

import etl
from etl.publish import build
from queries.campaign import read_campaign
from queries.warehouse import build_path
from tests.dashboard import warehouses

SCALES = ("county", "province", "nation")


def warehouse(folder: Path, scale: str) -> Path:
    """Make the example of a scale in a folder; a nation takes minutes and 10 GB of disk."""
    if scale == "county":
        return warehouses.example(folder)
    made = folder / scale
    (made / "builds").mkdir(parents=True)
    tables = etl.write_example(folder / "tables", scale, warehouses.AS_OF, 1)  # type: ignore[arg-type]
    build(build_path(made, scale), {table.stem: table for table in tables}, read_campaign())
    (made / "current.json").write_text(json.dumps({"build": scale}))
    return made
