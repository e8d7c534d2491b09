"""Files dropped on the page, kept aside for this visitor until they are published or dropped."""

import hashlib
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import streamlit as st

import etl

FOLDER = "intake_folder"
NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff<>:"|?*]')
LONGEST = 60
NAMELESS = "未命名"


class Upload(Protocol):
    """What Streamlit hands over for a dropped file."""

    name: str

    def getvalue(self) -> bytes: ...


@dataclass(frozen=True)
class Staged:
    """The files as they lie on the disk, and a key that changes with any of them."""

    key: str
    folder: Path
    files: tuple[Path, ...]

    @property
    def scratch(self) -> Path:
        """A warehouse of their own, in which they are looked at."""
        return self.folder / "warehouse"


@etl.told()
def stage(uploads: Sequence[Upload]) -> Staged:
    """Write the dropped files to a folder of this visitor's own; the same files give the same key.

    Raises LoadError where the disk has no room for them.
    """
    contents = _named([(Path(safe(upload.name)), upload.getvalue()) for upload in uploads])
    key = _key(contents)
    folder = _own_folder() / key
    for name, content in contents:
        target = folder / "files" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return Staged(key, folder, tuple(folder / "files" / name for name, _ in contents))


def safe(name: str) -> str:
    """A file's name as every system takes it, and without a folder; mostly as it is."""
    stem, dot, ending = NOT_IN_NAMES.sub("_", re.split(r"[/\\]", name)[-1]).strip(" .").rpartition(".")
    kept = f"{stem[:LONGEST]}{dot}{ending[:LONGEST]}"
    return kept if kept.strip("._ ") else NAMELESS


def _named(contents: Sequence[tuple[Path, bytes]]) -> list[tuple[str, bytes]]:
    """Each file under a name of its own: a second one of the same name is numbered."""
    named: dict[str, bytes] = {}
    for path, content in contents:
        names = (
            path.name,
            *(f"{path.stem}（{number}）{path.suffix}" for number in range(2, len(contents) + 2)),
        )
        named[next(name for name in names if name not in named)] = content
    return list(named.items())


def _key(contents: Sequence[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256()
    for name, content in sorted(contents):
        digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return digest.hexdigest()[:16]


def _own_folder() -> Path:
    """A folder that goes away with the visitor's session."""
    if FOLDER not in st.session_state:
        st.session_state[FOLDER] = tempfile.TemporaryDirectory(prefix="zhiben-")
    return Path(st.session_state[FOLDER].name)
