"""What a mapping names must be among what was read: a slip in a name never passes in silence."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from etl.blocks import Block, Unread
from etl.columns import path_keys
from etl.mapping import Mapping, Rule
from etl.mapping_checks import MappingError
from etl.words import heading_key


def check_used(mapping: Mapping, found: Sequence[Block | Unread]) -> None:
    """Raise MappingError, naming it, for a file, sheet or heading of the mapping that nothing read has.

    Where a file could not be opened nobody knows what it holds: what may be meant for it is let pass.
    """
    for rule in mapping.rules:
        if not any(_is_shut(block) and rule.fits(_file(block), rule.sheet) for block in found):
            _check_rule(rule, [block for block in found if mapping.rule(_file(block), block.sheet) is rule])
    if not any(map(_is_shut, found)):
        _check_headings(mapping, found)


def _check_rule(rule: Rule, sheets: Sequence[Block | Unread]) -> None:
    if not sheets:
        sheet = "" if rule.sheet == "*" else f"、sheet = “{rule.sheet}”"
        raise MappingError(f"映射文件 {rule.where}：没有哪张表由 file = “{rule.file}”{sheet} 读入")
    present = {heading for sheet in sheets for heading in _headings(sheet)}
    named = (name for names in rule.columns.values() for name in names)
    missing = [name for name in named if heading_key(name) not in present]
    if missing:
        raise MappingError(f"映射文件 {rule.where}.columns：表里没有这些列：{'、'.join(missing)}")


def _check_headings(mapping: Mapping, found: Sequence[Block | Unread]) -> None:
    present = {heading for sheet in found for heading in _headings(sheet)}
    for heading, where in mapping.headings.items():
        if heading_key(heading) not in present:
            raise MappingError(f"映射文件 {where}：哪张表里都没有“{heading}”这一列")


def _headings(block: Block | Unread) -> set[str]:
    """Every way to name a column of a sheet."""
    if isinstance(block, Unread):
        return set(block.headings)
    names = block.sheet_cells.drop("row").columns
    return {key for name in names for key in path_keys(tuple(name.split(" › ")))}


def _is_shut(block: Block | Unread) -> bool:
    return isinstance(block, Unread) and block.sheet is None and not block.headings


def _file(block: Block | Unread) -> str:
    return PurePosixPath(block.path).name
