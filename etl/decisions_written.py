"""Decisions added to their files from the page: nothing is lost, the file is whole or not there."""

import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from filelock import FileLock

from etl.decisions import ALIASES, DUPLICATES, HazardKey, entries_of, read_alias, read_pair
from etl.disk import LoadError, told, write_text
from etl.toml_text import quoted
from queries.checked import DefinitionError

LOCK = ".decisions.lock"
LOCK_SECONDS = 30

Values = Mapping[str, str | date | bool | None]


def add_alias(
    root: Path, written: str, means: str, decided_by: str, decided_on: date, reason: str = ""
) -> None:
    """Add to aliases.toml of a folder (decisions_folder) who is meant by a name.

    Raises LoadError where the name, or who is meant, is blank, or the file there cannot be read.
    """
    values: Values = {"written": written, "means": means, "decided_by": decided_by, "decided_on": decided_on}
    _append(root / ALIASES, "aliases", [("[[aliases]]", {**values, "reason": reason})], read_alias)


def add_decision(
    root: Path,
    kind: str,
    one: HazardKey,
    other: HazardKey,
    same: bool,
    decided_by: str,
    decided_on: date,
    reason: str = "",
) -> None:
    """Add to duplicates.toml of a folder (decisions_folder) whether two possible duplicates are one.

    Raises LoadError where the kind is not one that is compared (hazards), or the file there cannot be read.
    """
    values: Values = {
        "kind": kind,
        "same": same,
        "decided_by": decided_by,
        "decided_on": decided_on,
        "reason": reason,
    }
    tables = [("[[pairs]]", values), ("[pairs.one]", vars(one)), ("[pairs.other]", vars(other))]
    _append(root / DUPLICATES, "pairs", tables, read_pair)


@told()
def _append(
    path: Path, name: str, tables: Sequence[tuple[str, Values]], read: Callable[[object, str], object]
) -> None:
    """Add one entry at a file's end; what cannot be read back is not written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    added = "\n".join(_table(heading, values) for heading, values in tables)
    with FileLock(path.parent / LOCK, timeout=LOCK_SECONDS):
        before = path.read_text("utf-8-sig") if path.exists() else ""
        text = f"{before.rstrip()}\n\n{added}" if before.strip() else added
        try:
            entries_of(tomllib.loads(text), name, path.name, read)
        except (DefinitionError, tomllib.TOMLDecodeError) as error:
            raise LoadError(f"没有写入：{error}") from error
        write_text(path, text)


def _table(heading: str, values: Values) -> str:
    lines = [f"{name} = {_written(value)}" for name, value in values.items() if value not in (None, "")]
    return "\n".join([heading, *lines, ""])


def _written(value: str | date | bool | None) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return quoted(value) if isinstance(value, str) else json.dumps(value)
