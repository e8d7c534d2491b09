"""How long a load spends at which stage: the stages' own functions, timed while it runs."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import wraps
from importlib import import_module
from time import perf_counter
from typing import Any
from unittest import mock

from etl import intake

load = import_module("etl.load")
"""The module: `from etl import load` gives the function."""

STAGES = {
    "read": ((load, "read_files"),),
    "gather and clean": ((intake, "gather"), (intake, "clean")),
    "match": ((intake, "build_register"), (intake, "_identify")),
    "judge": ((intake, "judge"), (intake, "judged_again")),
    "merge": ((intake, "same_institutions"), (intake, "merge_institutions"), (intake, "_merge")),
    "report": ((load, "_report"),),
    "tables": ((load, "all_tables"),),
    "publish": ((load, "publish"),),
}
"""Stage to the functions that are it, where the caller finds them."""


def timed(side: Callable[[], object]) -> dict[str, float]:
    """Run a load; milliseconds by stage, `rest` for what is in none of them."""
    taken = dict.fromkeys(STAGES, 0.0)
    with ExitStack() as stack:
        for stage, functions in STAGES.items():
            for module, name in functions:
                clocked = _clocked(getattr(module, name), taken, stage)
                stack.enter_context(mock.patch.object(module, name, clocked))
        start = perf_counter()
        side()
        whole = (perf_counter() - start) * 1000
    return {**taken, "rest": whole - sum(taken.values())}


def _clocked(function: Callable[..., Any], taken: dict[str, float], stage: str) -> Callable[..., Any]:
    @wraps(function)
    def clocked(*given: Any, **named: Any) -> Any:
        start = perf_counter()
        answer = function(*given, **named)
        if isinstance(answer, Iterator):
            answer = list(answer)
        taken[stage] += (perf_counter() - start) * 1000
        return answer

    return clocked
