"""What a server has used up, its children too; as Linux tells, and no other system."""

import os
from pathlib import Path

from tests.dashboard.served import children

MEGABYTE = 1024
"""In kB, as smaps_rollup counts."""


def megabytes(process: int) -> float:
    """Memory held now, shared pages by their share."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    own = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / MEGABYTE
    return own + sum(map(megabytes, children(process)))


def busy_milliseconds(process: int) -> float:
    """Time of the processor used since the start, by all threads; counted in steps of 10 ms."""
    *_, after = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")
    user, system = map(int, after.split()[11:13])
    own = (user + system) * 1000 / os.sysconf("SC_CLK_TCK")
    return own + sum(map(busy_milliseconds, children(process)))
