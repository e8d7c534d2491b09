"""Loads made quick where only tables and reports are looked at: no child process, no audits."""

from collections.abc import Callable, Iterator
from collections.abc import Mapping as Named
from importlib import import_module
from pathlib import Path

import pytest

from etl.blocks import Block, Unread, read_blocks
from etl.mapping import Mapping


def load_quickly(patched: pytest.MonkeyPatch) -> None:
    """Read files in this process, and leave out the audits."""
    patched.setattr(import_module("etl.load"), "read_files", _read_here)
    patched.setattr("etl.publish.violated_audits", lambda con, as_of: [])


def _read_here(
    files: Named[str, Path], mapping: Mapping, progress: Callable[[str], None]
) -> Iterator[Block | Unread]:
    for label, path in files.items():
        progress(label)
        yield from read_blocks(path, label, mapping)
