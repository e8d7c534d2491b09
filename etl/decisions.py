"""What people decided, kept as data: read here, checked, and refused by name where it is wrong.

The files stand beside campaign.toml; those of the example in its own folder. A file that is not there decides
nothing. Of two entries on one name or pair the later holds, so a file is a log of decisions.

aliases.toml: who is meant by a name nobody could match; matched without a warning.
    [[aliases]]
    written = "老年公寓"              # as in the ledgers; blanks, brackets and the county do not count
    means = "巴公镇中心敬老院"        # on the register, by name or credit code; a township; the county bureau
    decided_by = "张三"
    decided_on = 2026-11-20
    reason = "镇民政办电话核实"       # may be left out

duplicates.toml: whether two hazards listed as possible duplicates are one.
    [[pairs]]
    kind = "hazards"
    same = true                       # true: merged from now on; false: no longer listed
    decided_by = "张三"
    decided_on = 2026-11-20
    [pairs.one]
    institution = "巴公镇中心敬老院"
    found_on = 2024-03-05
    description = "二层灭火器过期"
    hazard_number = "H1"              # may be left out where there is none
    [pairs.other]
    institution = "巴公镇中心敬老院"
    found_on = 2024-03-06
    description = "灭火器过期"

corrections.toml: see etl.corrections.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar

from etl.corrections import Correction, read_correction
from etl.disk import LoadError
from etl.names import key
from queries.checked import DefinitionError, take

ALIASES, DUPLICATES, CORRECTIONS = "aliases.toml", "duplicates.toml", "corrections.toml"
FILES = (ALIASES, DUPLICATES, CORRECTIONS)

Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Alias:
    """A name as written, and who is meant by it."""

    written: str
    means: str
    decided_by: str
    decided_on: date
    reason: str = ""


@dataclass(frozen=True)
class HazardKey:
    """A hazard by what it says, for its number in the warehouse changes from build to build."""

    institution: str
    found_on: date
    description: str
    hazard_number: str | None = None


@dataclass(frozen=True)
class Pair:
    """Two hazards, and whether they are one."""

    kind: Literal["hazards"]
    one: HazardKey
    other: HazardKey
    same: bool
    decided_by: str
    decided_on: date
    reason: str = ""


@dataclass(frozen=True)
class Decisions:
    """All that is decided, each file's entries in its order."""

    aliases: tuple[Alias, ...] = ()
    pairs: tuple[Pair, ...] = ()
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True)
class RawPair:
    """A pair as its file has it."""

    kind: Literal["hazards"]
    one: dict[str, Any]
    other: dict[str, Any]
    same: bool
    decided_by: str
    decided_on: date
    reason: str = ""


def decisions_folder(root: Path, is_example: bool) -> Path:
    """The folder the decisions stand in: the example's are its own, so no real one ever meets it."""
    return root / "example" if is_example else root


def read_decisions(folder: Path) -> Decisions:
    """Read the three files of a folder; LoadError, in Chinese, names the file, the entry and the key."""
    return Decisions(
        _entries(folder / ALIASES, "aliases", read_alias),
        _entries(folder / DUPLICATES, "pairs", read_pair),
        _named_once(_entries(folder / CORRECTIONS, "corrections", read_correction)),
    )


def read_alias(table: object, place: str) -> Alias:
    """One alias out of a TOML table; DefinitionError where it cannot be used."""
    alias = take(Alias, table, place)
    if not key(alias.written) or not key(alias.means):
        raise DefinitionError(f"{place}：written 与 means 都不能为空")
    return alias


def read_pair(table: object, place: str) -> Pair:
    """One pair out of a TOML table; DefinitionError where it cannot be used."""
    raw = take(RawPair, table, place)
    one, other = (
        take(HazardKey, side, f"{place} 的 {name}") for name, side in (("one", raw.one), ("other", raw.other))
    )
    return Pair(raw.kind, one, other, raw.same, raw.decided_by, raw.decided_on, raw.reason)


def _entries(path: Path, name: str, read: Callable[[object, str], Entry]) -> tuple[Entry, ...]:
    """Every entry of a file; none where it is not there."""
    try:
        table = tomllib.loads(path.read_text("utf-8-sig"))
        return entries_of(table, name, path.name, read)
    except FileNotFoundError:
        return ()
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LoadError(f"{path.name} 不是合法的 TOML（UTF-8）：{error}") from error
    except (OSError, DefinitionError) as error:
        raise LoadError(str(error)) from error


def entries_of(
    table: dict[str, Any], name: str, file: str, read: Callable[[object, str], Entry]
) -> tuple[Entry, ...]:
    """The entries of a file's table, which holds nothing else; DefinitionError names what it does hold."""
    unknown = [other for other in table if other != name]
    if unknown:
        raise DefinitionError(f"{file}：不认识的键 {'、'.join(unknown)}；可用的键：{name}")
    entries = table.get(name, [])
    if not isinstance(entries, list):
        raise DefinitionError(f"{file} 的 {name}：应为一组表（[[{name}]]）")
    return tuple(read(entry, f"{file} 第 {number} 项") for number, entry in enumerate(entries, 1))


def _named_once(corrections: tuple[Correction, ...]) -> tuple[Correction, ...]:
    names = [correction.name for correction in corrections]
    for name in names:
        if names.count(name) > 1:
            raise LoadError(f"{CORRECTIONS}：有两条更正都叫“{name}”，请各取一个名字。")
    return corrections
