"""How names are compared: blanks, brackets, width, case and the county in front do not count."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

NEAREST = 3
REMEMBERED = 50_000
"""Names whose keys are kept: each is compared many times over."""


@cache
def name_words() -> dict[str, list[str]]:
    """The lists of names.toml."""
    words: dict[str, Any] = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))
    return words


@lru_cache(REMEMBERED)
def key(text: str) -> str:
    """A name without blanks, punctuation, width or case."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).upper()


def without_area(text_key: str, county: str) -> str:
    """A key without province, city and county in front and without a company's ending; never empty."""
    return _around_names(county).sub("", text_key) or text_key


@cache
def _around_names(county: str) -> re.Pattern[str]:
    areas = "|".join(filter(None, [*name_words()["areas"], key(county)]))
    companies = "|".join(name_words()["companies"])
    return re.compile(rf"^(?:{areas})+|(?:{companies})$")


def is_shortened(written: str, full: str, is_town_known: bool) -> bool:
    """Whether a key is another one with its end or some generic words left out.

    A key of generic words alone (敬老院) says something only where the town is known.
    """
    core = core_of(written)
    if written == full or not (core or is_town_known):
        return False
    is_beginning = bool(core) and full.startswith(written)
    return is_beginning or (core == core_of(full) and _is_subsequence(written, full))


def core_of(text_key: str) -> str:
    """What tells an institution from its like: the key without generic words."""
    return re.sub("|".join(name_words()["generic"]), "", text_key)


def _is_subsequence(written: str, full: str) -> bool:
    rest = iter(full)
    return all(sign in rest for sign in written)


def nearest(text: str, names: Iterable[str]) -> str:
    """The three names most like a text, joined for the reader, the likest first."""
    scored = process.extract(key(text), sorted(set(names)), scorer=fuzz.WRatio, processor=key, limit=NEAREST)
    return "、".join(name for name, *_ in scored)
