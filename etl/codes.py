"""The closed lists of choices.toml: a code for the rules, a word for people."""

from functools import cache

from etl.words import read_choices

choices = cache(read_choices)


def word_of(name: str, code: str) -> str:
    """The word of one code of a list; KeyError where there is no such code."""
    return choices()[name][code]


def codes_of(name: str) -> dict[str, str]:
    """Word to code of one list."""
    return {word: code for code, word in choices()[name].items()}
