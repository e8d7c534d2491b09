"""The words a mapping file adds for every file: other headings, other words for the closed lists."""

from dataclasses import replace

from etl.ledgers import LEDGERS
from etl.mapping_checks import check_known, table_of, texts_of, words_of
from etl.words import Words, heading_key, plain, read_choices

FLAGS = {"是": True, "否": False}


def official_words(name: str, written: object, where: str) -> dict[str, str]:
    """What is written, and a word of one of the closed lists for each."""
    official = FLAGS if name == "flag" else set(read_choices()[name].values())
    table = words_of(written, where)
    check_known(table.values(), set(official), where)
    return table


def with_values(own: Words, values: object, where: str) -> Words:
    """Add other words for the closed lists and the flags."""
    table = table_of(values, {*own.choices, "flag"}, where)
    official = {name: official_words(name, written, f"{where}.{name}") for name, written in table.items()}
    flags = {plain(way): FLAGS[word] for way, word in official.get("flag", {}).items()}
    choices = {
        name: ways | {plain(way): word for way, word in official.get(name, {}).items()}
        for name, ways in own.choices.items()
    }
    return replace(own, choices=choices, flags=own.flags | flags)


def added_headings(value: object, where: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """Kind, field to the headings added."""
    table = table_of(value, set(LEDGERS), where)
    return {
        kind: {
            name: texts_of(headings, f"{where}.{kind}.{name}")
            for name, headings in table_of(fields, fields_of(kind), f"{where}.{kind}").items()
        }
        for kind, fields in table.items()
    }


def with_headings(own: Words, kind: str, added: dict[str, tuple[str, ...]]) -> Words:
    """Add headings to a kind; what they meant or could have meant before no longer counts."""
    claimed = {heading_key(heading) for headings in added.values() for heading in headings}
    before = {
        name: tuple(heading for heading in headings if heading_key(heading) not in claimed)
        for name, headings in own.headings[kind].items()
    }
    unclear = {
        heading: meant
        for heading, meant in own.ambiguous.get(kind, {}).items()
        if heading_key(heading) not in claimed
    }
    after = {name: (*headings, *added.get(name, ())) for name, headings in before.items()}
    return replace(own, headings={**own.headings, kind: after}, ambiguous={**own.ambiguous, kind: unclear})


def fields_of(kind: str) -> set[str]:
    """The names of a kind's fields."""
    return {of.name for of in LEDGERS[kind].fields}
