"""Values from a neighbouring column: a day where a name belongs, a word where a day belongs."""

import re
from functools import cache

import polars as pl

from etl.words import words

NOT_A_NAME = r"^[\d\s./年月日:\-]*\d[\d\s./年月日:\-]*$"


def is_no_name(text: str) -> bool:
    """Whether a text is a lone number or day."""
    return re.match(NOT_A_NAME, text) is not None


def says_a_word(text: pl.Expr) -> pl.Expr:
    """True for texts that are a word of a closed list, such as 已整改 or 消防."""
    plain = text.str.normalize("NFKC").str.replace_all(r"\s+", "").str.to_lowercase()
    return plain.is_in(_closed_words())


@cache
def _closed_words() -> list[str]:
    written = {word for known in words().choices.values() for word in known}
    return sorted(word for word in written if not re.search(r"\d", word))
