"""Text to what a ledger's columns hold: numbers, yes/no, words of the closed lists, days.

Every reading is done once per distinct text and joined back.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import polars as pl

from etl.codes import word_of
from etl.days import resolve_dates
from etl.issues import Judged, issues_of, no_issues
from etl.ledgers import Field, Ledger
from etl.misplaced import NOT_A_NAME
from etl.numbers import read_count, read_minutes
from etl.words import Words, plain

SEPARATORS = re.compile(r"[、，,;；/\s]+")
NAMES_OF_PEOPLE = {"responsible_unit", "responsible_person", "tracker", "principal", "inspectors"}
KEYS = {"institution", "unit"}
"""Required, unless a credit code stands instead: matching judges these."""

FULL_WIDTH = 0xFEE0
"""How far a full-width sign stands from its plain one."""

LARGEST_CROWD = 100_000
TYPES: dict[str, pl.DataType] = {
    "count": pl.Int32(),
    "minutes": pl.Float64(),
    "flag": pl.Boolean(),
    "choice": pl.String(),
    "choices": pl.List(pl.String()),
    "names": pl.List(pl.String()),
}


@dataclass(frozen=True)
class Meaning:
    """What one text means in one column: a value, and the rule it breaks, if any."""

    value: object
    problem: str | None = None


Reader = Callable[[str], Meaning]


def clean(
    rows: pl.DataFrame, ledger: Ledger, words: Words, as_of: date, counted: pl.DataFrame | None = None
) -> Judged:
    """Give every column of a ledger its type.

    `rows` has the columns of PLACE and one String column per field of the ledger; the answer has the
    same columns, typed. counted: as resolve_dates has it. Raises nothing: what cannot be
    read is an issue (contract.md, refused and set aside).
    """
    judged = Judged(_without_placeholders(rows, ledger, words), no_issues())
    judged = _tidy(judged, [field.name for field in ledger.fields if field.type == "text"])
    for field in ledger.fields:
        if field.type in TYPES:
            judged = _read(judged, field, _reader(field, words))
    return _require(resolve_dates(judged, ledger, as_of, counted), rows, ledger)


def _without_placeholders(rows: pl.DataFrame, ledger: Ledger, words: Words) -> pl.DataFrame:
    fields = [field.name for field in ledger.fields if field.type != "flag"]
    empty = ["", *sorted(_written(words.placeholders))]
    return rows.with_columns(pl.col(fields).str.strip_chars().replace(empty, None))


def _written(placeholders: frozenset[str]) -> set[str]:
    """Placeholders as they may stand in a cell: small, capital or full-width."""
    wide = (text.translate({sign: sign + FULL_WIDTH for sign in range(33, 127)}) for text in placeholders)
    return {*placeholders, *wide, *(text.upper() for text in placeholders)}


def _tidy(judged: Judged, fields: Sequence[str]) -> Judged:
    """Join the lines of texts; a lone number or day where a name belongs is set aside."""
    broken = judged.rows.select(pl.col(fields).str.contains(r"[\r\n]").any()).row(0, named=True)
    lines = pl.col(name for name, has_lines in broken.items() if has_lines)
    rows = judged.rows.with_columns(lines.str.replace_all(r"\s*[\r\n]+\s*", " "))
    names = [field for field in fields if field in NAMES_OF_PEOPLE]
    if not names:
        return judged.with_rows(rows)
    misplaced = rows.select("row_id", pl.col(names).str.contains(NOT_A_NAME))
    found = [issues_of(misplaced.filter(name), name, "not_a_name", "set_aside") for name in names]
    kept = (pl.when(~misplaced[name]).then(name).alias(name) for name in names)
    return judged.with_rows(rows.with_columns(kept)).adding(*found)


def _read(judged: Judged, field: Field, reader: Reader) -> Judged:
    texts = judged.rows[field.name].drop_nulls().unique().sort()
    meanings = [reader(text) for text in texts]
    table = pl.DataFrame(
        {
            "text": texts,
            "value": [meaning.value for meaning in meanings],
            "problem": [m.problem for m in meanings],
        },
        schema={"text": pl.String, "value": TYPES[field.type], "problem": pl.String},
    )
    told = judged.rows.select("row_id", text=field.name).join(
        table, on="text", how="left", maintain_order="left"
    )
    lost = "refuse" if field.required else "set_aside"
    effect = pl.when(pl.col("value").is_null()).then(pl.lit(lost)).otherwise(pl.lit("warn"))
    found = issues_of(told.filter(pl.col("problem").is_not_null()), field.name, pl.col("problem"), effect)
    return judged.with_rows(judged.rows.with_columns(told["value"].alias(field.name))).adding(found)


def _reader(field: Field, words: Words) -> Reader:
    largest = LARGEST_CROWD if field.name == "participants" else None
    known = words.choices.get(field.word_list, {})
    readers: dict[str, Reader] = {
        "count": partial(_count, largest=largest),
        "minutes": _minutes,
        "flag": partial(_flag, words=words),
        "choice": partial(_choice, field=field, words=words),
        "choices": partial(_choices, known=known),
        "names": lambda text: Meaning(split(text)),
    }
    return readers[field.type]


def split(text: str) -> list[str]:
    """The items of a list written in one cell, each once, in the order written."""
    return list(dict.fromkeys(item for item in SEPARATORS.split(text) if item))


def _count(text: str, largest: int | None) -> Meaning:
    reading = read_count(text) if largest is None else read_count(text, largest)
    return Meaning(None if reading.value is None else int(reading.value), reading.problem)


def _minutes(text: str) -> Meaning:
    reading = read_minutes(text)
    return Meaning(reading.value, reading.problem)


def _flag(text: str, words: Words) -> Meaning:
    written = plain(text)
    if written in words.flags:
        return Meaning(words.flags[written])
    return Meaning(None, None if written in words.placeholders else "unreadable_flag")


def _choice(text: str, field: Field, words: Words) -> Meaning:
    known, written = words.choices[field.word_list], plain(text)
    if written in words.doubtful.get(field.word_list, ()):
        return Meaning(known[written], "converted_word")
    if written in known:
        return Meaning(known[written])
    if field.name == "status" and _is_sent_back(written, known):
        return Meaning(word_of("status", "returned"), "returned_within")
    if field.name == "severity":
        return Meaning(None)  # judged with the blank ones, and made 一般 when rows are merged
    return Meaning(None if field.required else text, "unknown_word")


def _is_sent_back(text: str, known: Mapping[str, str]) -> bool:
    """Whether a longer text ends up sent back: 复查不合格，打回重改, but not 打回重改后已整改.

    known: words of status as written to those of the list.
    """
    last = {
        code: max(text.rfind(word) for word, meant in known.items() if meant == word_of("status", code))
        for code in ("returned", "closed")
    }
    return last["returned"] > last["closed"] and "未打回" not in text


def _choices(text: str, known: dict[str, str]) -> Meaning:
    items = [known.get(plain(item), item) for item in split(text)]
    is_known = all(plain(item) in known for item in split(text))
    return Meaning(list(dict.fromkeys(items)), None if is_known else "unknown_word")


def _require(judged: Judged, written: pl.DataFrame, ledger: Ledger) -> Judged:
    """Refuse rows whose required cell was blank; one that could not be read is refused already."""
    rows = judged.rows
    matched = KEYS if ledger.event else set()
    required = [field.name for field in ledger.fields if field.required and field.name not in matched]
    blanks = [_blank(rows, judged, name) for name in required]
    return judged.adding(
        *(issues_of(blank, name, "missing", "refuse") for name, blank in zip(required, blanks, strict=True))
    )


def _blank(rows: pl.DataFrame, judged: Judged, name: str) -> pl.DataFrame:
    told = judged.issues.filter(field=name, effect="refuse").select("row_id")
    return rows.filter(pl.col(name).is_null()).join(told, on="row_id", how="anti", maintain_order="left")
