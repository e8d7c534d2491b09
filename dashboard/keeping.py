"""Answers are kept until a new build is shown: far cheaper to ask than Streamlit's cache.

That one hashes arguments and copies answers at every look; nobody changes what is handed out here.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

MOST = 400
KEEPING: list[Callable[[], None]] = []
"""Of each function that keeps its answers how it lets go of them."""

Given = ParamSpec("Given")
Told = TypeVar("Told")


def kept(function: Callable[Given, Told]) -> Callable[Given, Told]:
    """Keep a function's answers, so many."""
    keeping = lru_cache(maxsize=MOST)(function)
    KEEPING.append(keeping.cache_clear)
    return cast("Callable[Given, Told]", keeping)


def let_go() -> None:
    """Forget all answers: who still looks at a build of before asks again."""
    for forget in KEEPING:
        forget()
