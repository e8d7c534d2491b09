"""Which files a load reads, what each is called in the report, and what a build is made of."""

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path

from etl.disk import LoadError
from queries.warehouse import digest

PASSED_OVER = ("~$", ".")
SYSTEM = {"thumbs.db", "desktop.ini"}
PROJECT = Path(__file__).parent.parent
SOURCES = ("etl", "queries")
SOURCE_SUFFIXES = {".py", ".sql", ".toml"}
BUILD_LENGTH = 12


def ledger_files(paths: Sequence[Path]) -> dict[str, Path]:
    """The files under the paths, by the name they are reported under, in that name's order.

    A folder's files are called by their path in it, those of other sorts and broken links too, so that each
    is accounted for; Excel's lock files (~$…), hidden ones and the system's own are passed over.
    Raises LoadError where a path does not exist.
    """
    files: dict[Path, str] = {}
    for path in paths:
        if not path.exists():
            raise LoadError(f"找不到 {path}。")
        for name, file in _files(path):
            files[file.resolve()] = min(name, files.get(file.resolve(), name))
    return dict(sorted((_distinct(name, file, files), file) for file, name in files.items()))


def _files(path: Path) -> list[tuple[str, Path]]:
    if path.is_file():
        return [(_readable(path.name), path)]
    inside = (file for file in sorted(path.rglob("*")) if not file.is_dir())
    return [(_readable(file.relative_to(path).as_posix()), file) for file in inside if is_ledger(file)]


def _readable(name: str) -> str:
    """A name as people read it, where an archive of Windows has left its bytes in GBK."""
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return os.fsencode(name).decode(encoding)
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def is_ledger(file: Path) -> bool:
    """Whether a file in a folder is one to read, or to say of why it is not read."""
    return not file.name.startswith(PASSED_OVER) and file.name.lower() not in SYSTEM


def _distinct(name: str, file: Path, files: Mapping[Path, str]) -> str:
    """The name, or a longer one where a file of another folder has it too."""
    namesakes = [other for other, taken in files.items() if taken == name]
    longer = [_readable(f"{other.parent.name}/{name}") for other in namesakes]
    if len(namesakes) == 1:
        return name
    is_enough = len(set(longer)) == len(longer)
    return _readable(f"{file.parent.name}/{name}") if is_enough else _readable(file.as_posix())


def build_id(files: Mapping[str, Path], others: Iterable[Path], as_of: date) -> str:
    """A hash of all that decides a build: the ledgers, the other inputs in their order, the day, the code."""
    content = hashlib.sha256(as_of.isoformat().encode())
    for name, file in files.items():
        content.update(f"\n{name} {_digest(file)}".encode())
    for file in others:
        content.update(f"\n{digest(file)}".encode())
    content.update(program_id().encode())
    return content.hexdigest()[:BUILD_LENGTH]


@cache
def program_id() -> str:
    """A hash of the program's own sources: a build made by other sources may lack what pages ask for.

    Taken once: sources changed under a running program are not yet the program.
    """
    content = hashlib.sha256()
    for source in _sources():
        content.update(f"\n{source.relative_to(PROJECT).as_posix()} {digest(source)}".encode())
    return content.hexdigest()[:BUILD_LENGTH]


def _digest(file: Path) -> str:
    """The hash of a ledger; that of one that cannot be opened is empty: it is reported, not read."""
    with suppress(OSError):
        return digest(file)
    return ""


def _sources() -> list[Path]:
    files = (file for folder in SOURCES for file in (PROJECT / folder).rglob("*"))
    return sorted(
        (file for file in files if file.suffix in SOURCE_SUFFIXES and "example" not in file.parts),
        key=os.fspath,
    )
