"""A mapping file: how ledgers in other words than ours are read, without touching code.

[[ledgers]] names a file, its kind, its columns, constants and values; [headings.<kind>] and [values.<list>]
add words for all files; townships replaces the county's own list.
"""

import tomllib
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from etl.ledgers import LEDGERS
from etl.words import Words, heading_key, plain, read_choices, words

FLAGS = {"是": True, "否": False}


class MappingError(Exception):
    """The mapping file cannot be used; the message, in Chinese, names the file and the key."""


@dataclass(frozen=True)
class Rule:
    """How one file is read: its kind, field to heading or headings, field to constant, field to values."""

    file: str
    kind: str
    sheet: str = "*"
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)

    def fits(self, file: str, sheet: str | None) -> bool:
        return fnmatchcase(file, self.file) and fnmatchcase(sheet or "", self.sheet)


@dataclass(frozen=True)
class Mapping:
    """Every mapping file together. townships: None where the county's own list holds."""

    rules: tuple[Rule, ...]
    townships: tuple[str, ...] | None
    words: Words

    def rule(self, file: str, sheet: str | None) -> Rule | None:
        """Find the first rule for a file's name and a sheet."""
        return next((rule for rule in self.rules if rule.fits(file, sheet)), None)


def read_mapping(paths: list[Path]) -> Mapping:
    """Read and check mapping files; a later one adds to the earlier. MappingError names what is wrong."""
    mapping = Mapping((), None, words())
    for path in paths:
        mapping = _extended(mapping, _table(path), path.name)
    return mapping


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise MappingError(f"映射文件 {path} 打不开：{error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise MappingError(f"映射文件 {path.name} 不是合法的 TOML（UTF-8）：{error}") from error


def _extended(mapping: Mapping, table: dict[str, Any], file: str) -> Mapping:
    _known(table, {"townships", "ledgers", "headings", "values"}, file)
    rules = tuple(
        _rule(entry, f"{file} ledgers[{place}]") for place, entry in enumerate(table.get("ledgers", ()))
    )
    towns = _strings(table["townships"], f"{file} townships") if "townships" in table else mapping.townships
    return Mapping(mapping.rules + rules, towns, _extended_words(mapping.words, table, file))


def _rule(entry: dict[str, Any], where: str) -> Rule:
    _known(entry, {"file", "sheet", "kind", "columns", "constants", "values"}, where)
    for key in ("file", "kind"):
        if key not in entry:
            raise MappingError(f"映射文件 {where}：缺少 {key}")
    kind = entry["kind"]
    _known({kind: None}, set(LEDGERS), where)
    for part in ("columns", "constants", "values"):
        _known(entry.get(part, {}), _fields(kind), f"{where}.{part}")
    return Rule(
        file=entry["file"],
        kind=kind,
        sheet=entry.get("sheet", "*"),
        columns={
            name: _strings(text, f"{where}.columns.{name}") for name, text in entry.get("columns", {}).items()
        },
        constants={name: str(value) for name, value in entry.get("constants", {}).items()},
        values={
            name: _field_values(kind, name, table, where) for name, table in entry.get("values", {}).items()
        },
    )


def _field_values(kind: str, name: str, table: dict[str, str], where: str) -> dict[str, str]:
    of = LEDGERS[kind].field(name)
    if of.type in ("flag", "choice", "choices"):
        _official("flag" if of.type == "flag" else of.word_list, table, f"{where}.values.{name}")
    return dict(table)


def _official(name: str, written: dict[str, str], where: str) -> None:
    official = FLAGS if name == "flag" else set(read_choices()[name].values())
    _known(dict.fromkeys(written.values()), set(official), where)


def _extended_words(own: Words, table: dict[str, Any], file: str) -> Words:
    headings, values = table.get("headings", {}), table.get("values", {})
    _known(headings, set(LEDGERS), f"{file} headings")
    _known(values, {*own.choices, "flag"}, f"{file} values")
    for name, written in values.items():
        _official(name, written, f"{file} values.{name}")
    for kind, fields in headings.items():
        own = _with_headings(own, kind, fields, f"{file} headings.{kind}")
    flags = {plain(way): FLAGS[word] for way, word in values.get("flag", {}).items()}
    choices = {name: ways | _plain(values.get(name, {})) for name, ways in own.choices.items()}
    return replace(own, choices=choices, flags=own.flags | flags)


def _plain(written: dict[str, str]) -> dict[str, str]:
    return {plain(way): word for way, word in written.items()}


def _with_headings(own: Words, kind: str, fields: dict[str, Any], where: str) -> Words:
    """Add headings to a kind; what they meant or could have meant before no longer counts."""
    _known(fields, _fields(kind), where)
    added = {name: _strings(headings, f"{where}.{name}") for name, headings in fields.items()}
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


def _fields(kind: str) -> set[str]:
    return {of.name for of in LEDGERS[kind].fields}


def _strings(value: object, where: str) -> tuple[str, ...]:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise MappingError(f"映射文件 {where}：应是文字或文字的列表")
    return tuple(items)


def _known(table: dict[str, Any], known: set[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise MappingError(f"映射文件 {where}：不认识 {key}；可用的有 {'、'.join(sorted(known))}")
