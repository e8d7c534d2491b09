"""What a mapping file holds, checked piece by piece; what is wrong is named in Chinese."""

from collections.abc import Iterable
from datetime import date
from typing import Any

SINGLE = (str, int, float, bool, date)


class MappingError(Exception):
    """The mapping file cannot be used; the message, in Chinese, names the file and the key."""


def check_known(keys: Iterable[str], known: set[str], where: str) -> None:
    """Refuse the first key that is none of the known ones."""
    for key in keys:
        if key not in known:
            raise MappingError(f"映射文件 {where}：不认识 {key}；可用的有 {'、'.join(sorted(known))}")


def table_of(value: object, known: set[str] | None, where: str) -> dict[str, Any]:
    """A TOML table, all of whose keys are known; with None, keys are free."""
    if not isinstance(value, dict):
        raise MappingError(f"映射文件 {where}：应是一个表")
    check_known(value, set(value) if known is None else known, where)
    return value


def tables_of(value: object, where: str) -> list[object]:
    """A TOML array, of tables."""
    if not isinstance(value, list):
        raise MappingError(f"映射文件 {where}：应是一组表（[[ledgers]]）")
    return value


def text_of(table: dict[str, Any], key: str, where: str, default: str | None = None) -> str:
    """A text of a table, which must be there unless it has a default."""
    if key not in table and default is None:
        raise MappingError(f"映射文件 {where}：缺少 {key}")
    value = table.get(key, default)
    if not isinstance(value, str):
        raise MappingError(f"映射文件 {where}：{key} 应是文字")
    return value


def texts_of(value: object, where: str) -> tuple[str, ...]:
    """A text, or a list of texts."""
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise MappingError(f"映射文件 {where}：应是文字或文字的列表")
    return tuple(items)


def words_of(value: object, where: str) -> dict[str, str]:
    """A table of texts: what is written, and the word meant."""
    table = table_of(value, None, where)
    for written, word in table.items():
        if not isinstance(word, str):
            raise MappingError(f"映射文件 {where}.{written}：应是文字")
    return table


def constants_of(value: object, known: set[str], where: str) -> dict[str, str]:
    """A table of single values, as text."""
    table = table_of(value, known, where)
    for name, constant in table.items():
        if not isinstance(constant, SINGLE):
            raise MappingError(f"映射文件 {where}.{name}：应是一个值")
    return {name: str(constant) for name, constant in table.items()}
