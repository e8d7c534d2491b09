"""To whom the dashboard is open, as `zhiben serve` decided it for this process and its children."""

import os
from pathlib import Path
from typing import Literal, get_args

Access = Literal["machine", "login", "everybody"]
"""machine: whoever sits at this one, without login; login: those of roles.toml; everybody: by --no-login."""

ACCESS_VARIABLE = "ZHIBEN_ACCESS"
ROLES_VARIABLE = "ZHIBEN_ROLES"


def access() -> Access:
    """To whom; where nobody decided, or nothing known, to this machine alone."""
    said = os.environ.get(ACCESS_VARIABLE)
    return next((known for known in get_args(Access) if known == said), "machine")


def roles_path() -> Path:
    """Where roles.toml lies."""
    return Path(os.environ[ROLES_VARIABLE])
