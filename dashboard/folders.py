"""Where the bureau's data lie, and the variable that says otherwise."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_WAREHOUSE = ROOT / "data" / "warehouse"
WAREHOUSE_VARIABLE = "ZHIBEN_WAREHOUSE"


def own_warehouse() -> Path:
    """The bureau's warehouse, whether or not anything has been published there."""
    return Path(os.environ.get(WAREHOUSE_VARIABLE, DEFAULT_WAREHOUSE))
