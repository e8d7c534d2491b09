"""Where the bureau's data lie: their folders, and the variables that say otherwise."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_WAREHOUSE = ROOT / "data" / "warehouse"
WAREHOUSE_VARIABLE = "ZHIBEN_WAREHOUSE"
LEDGERS_VARIABLE = "ZHIBEN_LEDGERS"


def own_warehouse() -> Path:
    """The bureau's warehouse, whether or not anything has been published there."""
    return Path(os.environ.get(WAREHOUSE_VARIABLE, DEFAULT_WAREHOUSE))


def ledgers() -> Path:
    """Where the bureau keeps its ledgers as received: beside its warehouse unless it says otherwise."""
    return Path(os.environ.get(LEDGERS_VARIABLE, own_warehouse().with_name("ledgers")))
