"""The words offices use, straight from the data files: other words for headings, choices, yes and no."""

import tomllib
from typing import Any

from etl.ledgers import GROUPS, LEDGERS
from tests.etl.messy.records import CHOICES, ROOT

WORDS: dict[str, Any] = tomllib.loads((ROOT / "etl" / "words.toml").read_text("utf-8"))
YES, NO = WORDS["cells"]["yes"], WORDS["cells"]["no"]
PLACEHOLDERS: list[str] = WORDS["cells"]["placeholders"]
DOUBTFUL: dict[str, list[str]] = WORDS["doubtful"]


def ways(word_list: str, word: str) -> list[str]:
    """Every clear way to write a word of a closed list, the word itself first."""
    doubtful = DOUBTFUL.get(word_list, [])
    return [word, *(way for way in WORDS["written"].get(word, []) if way not in doubtful)]


def doubtful_ways(word_list: str) -> dict[str, str]:
    """What is read only with a warning: written to the word of the list."""
    words = CHOICES[word_list].values()
    return {
        way: word
        for word in words
        for way in WORDS["written"].get(word, [])
        if way in DOUBTFUL.get(word_list, [])
    }


def headings(kind: str, field: str) -> list[str]:
    """Every heading a field may stand under, the official one first."""
    named = WORDS["headings"]
    own = [LEDGERS[kind].field(field).heading, *named[kind].get(field, []), *named["every"].get(field, [])]
    unclear = {bare(heading) for heading in WORDS["ambiguous"].get(kind, {})}
    return [heading for heading in own if bare(heading) not in unclear]


def group_levels(field: str) -> tuple[list[str], list[str]] | None:
    """The words for role and group of a training's count; None for any other field."""
    role, _, group = field.partition("_")
    if role not in WORDS["training_roles"] or group not in GROUPS:
        return None
    return WORDS["training_roles"][role], WORDS["training_groups"][group]


def bare(text: str) -> str:
    """A heading without blanks, to tell whether two are alike."""
    return "".join(text.split()).replace("(", "（").replace(")", "）")
