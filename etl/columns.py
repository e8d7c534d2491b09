"""Which columns of a heading are which fields of which kind, by words; what is unclear stays open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from etl.ledgers import LEDGERS, Ledger
from etl.mapping import Rule
from etl.words import REMEMBERED, Words, bare_heading_key, heading_key

Levels = tuple[str, ...]
"""The levels of one column's heading, outermost first."""

STAND_INS = {"institution": "credit_code", "unit": "credit_code"}
HINT = 4
REQUIRED = 3


@dataclass(frozen=True)
class Source:
    """The columns a field is taken from. separator: what joins several; None: one fills another's blanks."""

    columns: tuple[int, ...]
    separator: str | None = None


@dataclass(frozen=True)
class Columns:
    """A heading understood: its kind, field to source, and the columns whose meaning stays open."""

    kind: str
    fields: dict[str, Source]
    unclear: tuple[int, ...]
    score: int


@dataclass(frozen=True)
class Claim:
    """A column that could be a field. rank: 0 for the official heading; group: by the upper heading alone."""

    column: int
    field: str
    rank: int
    is_group: bool


def understand(
    paths: dict[int, Levels], words: Words, hints: Sequence[str], rule: Rule | None
) -> list[Columns]:
    """Find the kinds a heading (column to levels) is best taken as: one, [] where none fits, or equals.

    A hint helps no kind whose required columns are not all there where those of another kind are.
    """
    ledgers = [LEDGERS[rule.kind]] if rule else list(LEDGERS.values())
    tried = [_understood(ledger, paths, words, rule) for ledger in ledgers]
    enough = [columns for columns in tried if columns and _is_enough(columns, rule)]
    helped = {columns.kind for columns in filter(_is_whole, enough)} or {columns.kind for columns in enough}
    helped &= hinted_kinds(words, hints)
    fitting = [replace(columns, score=columns.score + HINT * (columns.kind in helped)) for columns in enough]
    best = max((columns.score for columns in fitting), default=0)
    return [columns for columns in fitting if columns.score == best]


def missing_headings(paths: dict[int, Levels], rule: Rule) -> list[str]:
    """List the headings a mapping rule names that a heading row lacks."""
    present = {key for path in paths.values() for key in path_keys(path)}
    return [name for named in rule.columns.values() for name in named if heading_key(name) not in present]


def _understood(ledger: Ledger, paths: dict[int, Levels], words: Words, rule: Rule | None) -> Columns | None:
    if rule and missing_headings(paths, rule):
        return None
    mapped = _mapped(paths, rule) if rule else {}
    taken = {column for source in mapped.values() for column in source.columns}
    left = {column: path for column, path in paths.items() if column not in taken}
    claims = [claim for column, path in left.items() for claim in _claims(column, path, ledger.kind, words)]
    unclear = [column for column, path in left.items() if _is_unclear(path, ledger.kind, words)]
    chosen: dict[str, Source] = {}
    for field in ledger.fields:
        if field.name not in mapped:
            source, beaten = _chosen(field.name, ledger.kind, claims, words)
            unclear += beaten
            chosen |= {field.name: source} if source else {}
    fields = mapped | chosen
    return Columns(ledger.kind, fields, tuple(sorted(unclear)), _score(ledger, fields, unclear))


def _mapped(paths: dict[int, Levels], rule: Rule) -> dict[str, Source]:
    place = {key: column for column, path in reversed(paths.items()) for key in path_keys(path)}
    return {
        field: Source(tuple(place[heading_key(name)] for name in named), " ")
        for field, named in rule.columns.items()
    }


@lru_cache(REMEMBERED)
def path_keys(path: Levels) -> tuple[str, ...]:
    """Give a column's names, the fullest first: its levels joined either way round, then its lowest alone."""
    lower = (path[start:] for start in range(len(path)))
    joined = ("".join(ordered) for levels in lower for ordered in (levels, levels[::-1]))
    return tuple(key(name) for name in joined for key in (heading_key, bare_heading_key))


def _claims(column: int, path: Levels, kind: str, words: Words) -> Iterator[Claim]:
    known, key = words.claims[kind], _first_key(path, kind, words)
    if key in words.unclear.get(kind, {}):
        return
    group = heading_key("".join(path[:-1]))
    if key in known:
        yield Claim(column, *known[key], is_group=False)
    elif not key and group in known and LEDGERS[kind].field(known[group][0]).type == "text":
        yield Claim(column, *known[group], is_group=True)


def _is_unclear(path: Levels, kind: str, words: Words) -> bool:
    return _first_key(path, kind, words) in words.unclear.get(kind, {})


def _first_key(path: Levels, kind: str, words: Words) -> str:
    """Find a column's fullest name that the words of a kind know, as clear or unclear; '' for none."""
    known, unclear = words.claims[kind], words.unclear.get(kind, {})
    return next((key for key in path_keys(path) if key in known or key in unclear), "")


def _chosen(field: str, kind: str, claims: list[Claim], words: Words) -> tuple[Source | None, list[int]]:
    """Choose a field's columns; also give the columns beaten by no more than the order of other words."""
    own = sorted(
        (claim for claim in claims if claim.field == field), key=lambda claim: (claim.is_group, claim.rank)
    )
    if not own:
        return None, []
    first = own[0]
    if field in words.either.get(kind, ()):
        return Source(tuple(claim.column for claim in own)), []
    if first.is_group:
        return Source(tuple(claim.column for claim in own if claim.is_group), "、"), []
    rivals = [claim for claim in own[1:] if not claim.is_group]
    beaten = [claim.column for claim in rivals if first.rank or claim.rank == first.rank]
    return Source((first.column,)), beaten


def _score(ledger: Ledger, fields: dict[str, Source], unclear: list[int]) -> int:
    required = sum(REQUIRED - 1 for field in ledger.fields if field.required and _stands(field.name, fields))
    return len(fields) + len(unclear) + required


def hinted_kinds(words: Words, hints: Sequence[str]) -> set[str]:
    """Give the kinds the first of the hints that speaks of any kind speaks of."""
    kinds = (
        {kind for kind, said in words.kinds.items() if any(word in hint for word in said)} for hint in hints
    )
    return next(filter(None, kinds), set())


def _stands(field: str, fields: dict[str, Source]) -> bool:
    return field in fields or STAND_INS.get(field) in fields


def _is_whole(columns: Columns) -> bool:
    """Tell whether no required column lacks, but for as many as have a meaning that stays open."""
    required = [field.name for field in LEDGERS[columns.kind].fields if field.required]
    return sum(not _stands(name, columns.fields) for name in required) <= len(columns.unclear)


def _is_enough(columns: Columns, rule: Rule | None) -> bool:
    """Tell whether a row is a heading of this kind: all required fields, or half of them and three in all."""
    if rule:
        return True
    required = [field.name for field in LEDGERS[columns.kind].fields if field.required]
    found = sum(_stands(name, columns.fields) for name in required)
    return found == len(required) or (found * 2 >= len(required) and len(columns.fields) >= 3)
