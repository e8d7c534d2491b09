"""Run as a process of its own: a load that is killed on the spot when it reaches a stage of publishing."""

import os
import signal
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

from etl import load, publish


def die(*_arguments: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_after(module: ModuleType, stage: str) -> None:
    """Let the stage run, then die."""
    run = getattr(module, stage)

    def last(*arguments: object) -> None:
        run(*arguments)
        die()

    setattr(module, stage, last)


if __name__ == "__main__":
    stage, when, ledgers, warehouse = sys.argv[1:]
    if when == "before":
        setattr(publish, stage, die)
    else:
        die_after(publish, stage)
    load([Path(ledgers)], Path(warehouse), date(2026, 11, 23))
