"""A TOML table taken into a dataclass: unknown keys, missing keys and wrong types are refused by name."""

from dataclasses import MISSING, Field, dataclass, fields
from datetime import date
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

Record = TypeVar("Record")

WORDS = {
    str: "文字",
    int: "整数",
    float: "数字",
    bool: "true 或 false",
    date: "日期（如 2024-01-01）",
    dict: "一个表",
    list: "一组表",
}


class DefinitionError(ValueError):
    """A definition (the campaign's file, a metric's header) that cannot be used; the message is Chinese."""


@dataclass(frozen=True)
class Key:
    """In a field's annotation: the file calls it by another name."""

    name: str


def take(record: type[Record], table: object, place: str) -> Record:
    """Make a record of one TOML table.

    `place` says where the table stands, for the message of the DefinitionError.
    """
    if not isinstance(table, dict):
        raise DefinitionError(f"{place}：应为一个表")
    hints = get_type_hints(record, include_extras=True)
    columns = {_key(hints[each.name], each.name): each for each in fields(record)}  # type: ignore[arg-type]
    _refuse_unknown(table, columns, place)
    _refuse_missing(table, columns, place)
    taken = {
        columns[name].name: _value(value, hints[columns[name].name], f"{place} 的 {name}")
        for name, value in table.items()
    }
    return record(**taken)


def take_all(record: type[Record], tables: list[Any], place: str) -> tuple[Record, ...]:
    """Make a record of each table of a TOML array of tables, in the file's order."""
    return tuple(take(record, table, f"{place} 第 {number} 项") for number, table in enumerate(tables, 1))


def _key(hint: Any, name: str) -> str:
    return next((each.name for each in get_args(hint) if isinstance(each, Key)), name)


def _refuse_unknown(table: dict[str, object], columns: dict[str, "Field[Any]"], place: str) -> None:
    unknown = [name for name in table if name not in columns]
    if unknown:
        known = "、".join(columns)
        raise DefinitionError(f"{place}：不认识的键 {'、'.join(unknown)}；可用的键：{known}")


def _refuse_missing(table: dict[str, object], columns: dict[str, "Field[Any]"], place: str) -> None:
    missing = [
        name
        for name, column in columns.items()
        if name not in table and column.default is MISSING and column.default_factory is MISSING
    ]
    if missing:
        raise DefinitionError(f"{place}：缺少键 {'、'.join(missing)}")


def _value(value: object, hint: Any, place: str) -> object:
    wanted = _bare(hint)
    if get_origin(wanted) is Literal:
        return _one_of(value, get_args(wanted), place)
    if wanted is float and type(value) is int:
        return float(value)
    # type(), as True is an int and a datetime is a date
    if type(value) is not wanted:
        raise DefinitionError(f"{place}：应为{WORDS[wanted]}，实为 {value!r}")
    return value


def _one_of(value: object, allowed: tuple[object, ...], place: str) -> object:
    if value not in allowed:
        raise DefinitionError(f"{place}：不认识 {value!r}；可用：{'、'.join(map(str, allowed))}")
    return value


def _bare(hint: Any) -> Any:
    """Strip a hint of its Annotated, its "or None" and its brackets."""
    if get_origin(hint) is Annotated:
        return _bare(get_args(hint)[0])
    if get_origin(hint) in (Union, UnionType):
        return next(part for part in get_args(hint) if part is not NoneType)
    return hint if get_origin(hint) is Literal else get_origin(hint) or hint
